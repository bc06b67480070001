"""Rules on sanctions, payments, arms and votes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from checks.rules import kit

# -- sanctions ------------------------------------------------------------------------------------


@kit.rule("additions less removals are the step of the stock on the United States' list", "sanctions-monthly")
def _stock_steps(counts: pd.DataFrame) -> Iterator[kit.Fault]:
    kind = {
        name: counts[(counts["jurisdiction"] == "USA") & (counts["measure"] == name)]
        for name in ("stock", "additions", "removals")
    }
    stock = kind["stock"]
    added, removed = (kit.held(stock, ["period", "target"], kind[name]) for name in ("additions", "removals"))
    step = stock.sort_values("period").groupby("target")["value"].diff().reindex(stock.index)
    wrong = (step - (added - removed)).abs() > 0
    yield from kit.at(
        stock,
        wrong,
        "value",
        "{value}: the stock steps by {step:.0f}, the flows by {flow:.0f}",
        step=step,
        flow=added - removed,
    )
    yield from kit.beside(stock, ["target"], 6, 6, 20)
    half = added.isna() != removed.isna()
    yield from kit.at(stock, half, "measure", "{target} has additions or removals in {period}, not both")
    parts = stock["value"].where(stock["target"] != "WLD", 0).groupby(stock["period"]).transform("sum")
    wrong = (stock["target"] == "WLD") & ~(parts / stock["value"]).between(0.975, 1)
    yield from kit.at(stock, wrong, "value", "{value} where the targets add to {parts}", parts=parts)
    flows = counts[(counts["jurisdiction"] == "USA") & (counts["measure"] != "stock")]
    for rows in (stock, flows):
        yield from kit.complete(rows, ["target", "measure"], "M")
        yield from kit.together(rows, ["target", "measure"])
        yield from kit.together(rows, ["target", "measure"], "min")


@kit.rule("kinds add to all, and months to the running sum, on the British list", "sanctions-monthly")
def _british_adds(counts: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = counts[counts["jurisdiction"] == "GBR"]
    yield from kit.adds(rows, ["period", "measure"], rows["type"] == "all", "type")
    running, new = (rows[rows["measure"] == name] for name in ("still-listed-cumulative", "still-listed"))
    step = running.sort_values("period").groupby("type")["value"].diff().reindex(running.index)
    month = kit.held(running, ["period", "type"], new).fillna(0)
    yield from kit.at(
        running,
        (step - month).abs() > 0,
        "value",
        "{value}: the sum steps by {step:.0f}, the month by {month:.0f}",
        step=step,
        month=month,
    )
    yield from kit.complete(running, ["type", "measure"], "M")
    yield from kit.together(running, ["type"])


@kit.rule("each list has its own measures and targets", "sanctions-monthly")
def _lists_apart(counts: pd.DataFrame) -> Iterator[kit.Fault]:
    measures = {
        "USA": ("stock", "additions", "removals"),
        "GBR": ("still-listed", "still-listed-cumulative"),
        "AUS": ("stock",),
    }
    yield from kit.fits(counts, "measure", "jurisdiction", measures)
    yield from kit.fits(counts, "target", "jurisdiction", {"GBR": ("RUS",)})
    yield from kit.fits(counts, "type", "jurisdiction", {"USA": ("all",)})
    start = {"USA": "ofac-panel-2026-03", "GBR": "uk-sanctions-list-2026-05", "AUS": "dfat-consolidated-list-2024-12"}
    yield from kit.fits(counts, "source_id", "jurisdiction", start)
    reported = (counts["status"] == "reported") != ((counts["jurisdiction"] == "USA") & (counts["target"] != "WLD"))
    yield from kit.at(
        counts,
        reported & (counts["jurisdiction"] != "AUS"),
        "status",
        "{status} does not fit {jurisdiction} and {target}",
    )


@kit.rule("Castellum's stock is its increment and a baseline; stocks do not fall", "sanctions-counts")
def _castellum_adds(counts: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = counts[(counts["counter"] == "Castellum.AI") & (counts["jurisdiction"] == "XAL")]
    total = rows[rows["type"] == "all"]
    start, later = total[total["period"] == "2022-02-21"], total[total["period"] > "2022-02-21"]
    base = sorted(set(start["value"]))
    added = later[later["measure"] == "increment"].drop_duplicates("period").set_index("period")["value"]
    for index, row in later[(later["measure"] == "stock") & later["period"].isin(added.index)].iterrows():
        wanted = [int(added[row["period"]]) + value for value in base]
        if row["value"] not in wanted:
            yield int(index), "value", f"{row['value']} is not {' or '.join(map(str, wanted))}, increment and baseline"
    alone = (later["measure"] == "increment") & ~later["period"].isin(later[later["measure"] == "stock"]["period"])
    yield from kit.at(later, alone, "measure", "an increment without its stock of {period} (row lost?)")
    # The dashboard prints what was added: a stock from there is computed from that.
    own = (later["measure"] == "stock") & later["source_id"].str.startswith("castellum-ai-")
    yield from kit.at(later, own & (later["status"] != "derived"), "status", "{status} does not fit {source_id}")
    bare = (later["status"] == "derived") & ~later["period"].isin(added.index)
    yield from kit.at(later, bare, "status", "{status}, but {period} has no increment (row lost?)")
    if added.get("2024-08-02") != 19535:
        yield int(counts.index[0]), "value", "the 19,535 that Castellum added by 2 August 2024 are missing"
    wrong = ~start["value"].isin([2695, 2754]) | (start["measure"] != "stock")
    yield from kit.at(
        start, wrong, "value", "{value} is none of the two baselines that Castellum printed, 2,695 and 2,754"
    )
    kinds = rows[rows["type"] != "all"]
    moved = kinds["period"] != "2024-01-10"
    yield from kit.at(kinds, moved, "period", "{period} is not the day on which the kinds were told apart")
    if kinds["value"].sum() != 16077:
        at = int(counts.index[0] if kinds.empty else kinds.index[0])
        yield at, "value", f"the kinds of 10 January 2024 add to {kinds['value'].sum()}, not 16,077"
    whole = counts[counts["type"] == "all"].sort_values("period", kind="stable")
    series = [whole[name] for name in ("counter", "jurisdiction", "measure")]
    last = whole["period"] != whole["period"].groupby(series).shift(-1)
    before = whole["value"].where(last).groupby(series).shift().groupby(series).cummax()
    fallen = whole["value"] < 0.98 * before
    yield from kit.at(whole, fallen, "value", "{value} is less than before, {before:.0f}", before=before)


@kit.rule("who counts says what is counted, and one jurisdiction has no more than all", "sanctions-counts")
def _counters_apart(counts: pd.DataFrame) -> Iterator[kit.Fault]:
    units = {
        "CORRECTIV": ("listings", "sanctions"), "Castellum.AI": ("designations",), "European Union": ("listings", "vessels"),
        "RIA Novosti": ("restrictions",), "Russian Finance Ministry": ("sanctions",), "Russian government": ("sanctions",),
    }  # fmt: skip
    yield from kit.fits(counts, "unit", "counter", units)
    ships = (counts["unit"] == "vessels") != ((counts["type"] == "ship") & (counts["counter"] == "European Union"))
    yield from kit.at(counts, ships, "unit", "{unit} does not fit {type}")
    many = counts["value"] > np.where(counts["jurisdiction"] == "XAL", 32_000, 8_000)
    yield from kit.at(counts, many, "value", "{value} is more than any counter has for {jurisdiction}")
    few = counts["value"] < np.where((counts["jurisdiction"] == "XAL") & (counts["type"] == "all"), 900, 40)
    yield from kit.at(counts, few, "value", "{value} is fewer than any counter has for {jurisdiction}")
    words = counts.groupby("counter")["what_counts"].transform("nunique")
    yield from kit.at(counts, (words > 4), "what_counts", "{counter} is said to count {words} things", words=words)


# -- payments -------------------------------------------------------------------------------------


@kit.rule(
    "roubles, friendly and unfriendly currencies add to 100, unless the row says the page's do not",
    "settlement-currency",
)
def _splits_add(shares: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = shares[shares["kind"] == "statistic"]
    by = ["period", "frequency", "flow", "partner", "source_id"]
    wide = rows.pivot_table(index=by, columns="currency", values="value", aggfunc="first")
    splits = (
        ["RUB", "friendly", "unfriendly"], ["RUB+friendly", "unfriendly"],
        ["USD+EUR", "RUB+CNY"], ["USD", "EUR", "national"],
    )  # fmt: skip
    many = wide.reindex(columns=splits[0]).notna().all(axis=1).sum()
    if many < 9:
        yield int(shares.index[0]), "currency", f"{many} pages have all three shares, where nine had (rows lost?)"
    summed: set[int] = set()
    for split in splits:
        first = rows[rows["currency"] == split[0]]
        total = wide.reindex(columns=split).sum(axis=1, skipna=False)
        own = pd.Series(total.reindex(pd.MultiIndex.from_frame(first[by])).to_numpy(), first.index)
        said = first["note"].str.extract(r"sums to (\d+)")[0].astype(float).fillna(100)
        wrong = (own - said).abs() > 0.15
        summed |= set(own.dropna().index)
        yield from kit.at(
            first, wrong, "value", " + ".join(split) + " add to {own:.1f}, not {said:g}", own=own, said=said
        )
    idle = rows["note"].str.contains(r"sums to \d", na=False) & ~rows.index.isin(summed)
    yield from kit.at(rows, idle, "note", "tells the sum of shares that do not all stand here")
    cell = ["period", "frequency", "flow", "partner"]
    for part, whole in (
        ("USD", "unfriendly"),
        ("EUR", "unfriendly"),
        ("USD+EUR", "unfriendly"),
        ("CNY", "friendly"),
        ("RUB", "RUB+friendly"),
    ):
        own = rows[rows["currency"] == part]
        held = kit.held(own, cell, rows[rows["currency"] == whole])
        wrong = own["value"] > held + 0.5
        yield from kit.at(own, wrong, "value", "{value:g} of {currency} is more than {held:g} of " + whole, held=held)
    yield from kit.agree(rows, [*cell, "currency"], 1, points=3.5)


@kit.rule("a share in payments is within 40 points of the months near it", "settlement-currency")
def _shares_move(shares: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = shares[(shares["kind"] == "statistic") & (shares["frequency"] == "M")]
    month = kit.mapped(rows["period"], lambda period: 12 * int(period[:4]) + int(period[5:]))
    rows = rows.assign(month=month).sort_values(["flow", "partner", "currency", "month"])
    group = rows.groupby(["flow", "partner", "currency"])
    steps = [
        (rows["value"] - group["value"].shift(step))
        .abs()
        .where((rows["month"] - group["month"].shift(step)).abs() <= 12)
        for step in (-1, 1)
    ]
    least = pd.concat(steps, axis=1).min(axis=1)
    yield from kit.at(rows, least > 40, "value", "{value:g} is {least:.0f} points from the nearest month", least=least)
    national = (shares["kind"] == "statement") == (
        shares["source_id"].isin(shares[shares["kind"] == "statistic"]["source_id"])
    )
    yield from kit.at(
        shares,
        national & (shares["partner"] == "CHN") & (shares["flow"] == "bilateral"),
        "kind",
        "{kind} on a page of statistics",
    )
    yield from kit.fits(shares, "partner", "flow", {"bilateral": ("CHN",)})
    both = (
        (shares["flow"] == "bilateral") & (shares["kind"] == "statistic") & ~shares["frequency"].isin(["A", "Q", "YTD"])
    )
    yield from kit.at(shares, both, "kind", "{kind} both ways of a month or a day")


# -- arms and votes -------------------------------------------------------------------------------


@kit.rule("shares of arms deliveries are deliveries over deliveries", "arms-transfers")
def _arms_shares(arms: pd.DataFrame) -> Iterator[kit.Fault]:
    years = arms[(arms["frequency"] == "A") & (arms["metric"] == "deliveries")]
    flows = years.assign(flow=years["exporter"] + years["importer"])
    wide = flows.pivot_table(index="period_end", columns="flow", values="value").reindex(
        columns=["RUSCHN", "RUSWLD", "WLDCHN"]
    )
    within = lambda first, last: wide[(wide.index >= first) & (wide.index <= last)]  # noqa: E731
    for index, row in arms[arms["metric"] != "deliveries"].iterrows():
        first, last = row["period_start"], row["period_end"]
        now, then = within(first, last), within(first - 5, first - 1)
        if len(now) < last - first + 1 or (row["metric"] == "change" and (len(then) < 5 or row["exporter"] == "WLD")):
            continue
        if not now["RUSWLD"].sum() or not now["WLDCHN"].sum():
            continue
        if row["metric"] == "change":
            found, slack = 100 * (now["RUSWLD"].sum() / then["RUSWLD"].sum() - 1), 1.0
        else:
            whole = "RUSWLD" if row["metric"] == "share-of-exports" else "WLDCHN"
            found, slack = 100 * now["RUSCHN"].sum() / now[whole].sum(), 0.06 if row["status"] == "derived" else 2.5
        if not abs(found - row["value"]) <= slack:
            yield int(index), "value", f"{row['value']:g} per cent where the deliveries give {found:.1f}"
    wrong = (arms["period_end"] - arms["period_start"] != arms["frequency"].map({"A": 0, "5Y": 4})) | (
        arms["period"] != arms["period_end"].astype(str)
    )
    yield from kit.at(arms, wrong, "period_start", "{period_start} to {period_end} does not fit {frequency} {period}")
    per_cent = dict.fromkeys(("share-of-exports", "share-of-imports", "change"), "per cent")
    yield from kit.fits(arms, "unit", "metric", {"deliveries": "TIV million", **per_cent})
    pair = years[(years["exporter"] == "RUS") & (years["importer"] == "CHN")]
    for whole in ("RUSWLD", "WLDCHN"):
        most = pair["period_end"].map(wide[whole])
        words = "{value:g} from Russia to China is not within all of {whole}, {most:g}"
        yield from kit.at(pair, ~(pair["value"] <= most), "value", words, most=most, whole=whole)
    yearly, keys = arms[arms["frequency"] == "A"], ["metric", "exporter", "importer"]
    yield from kit.complete(yearly, keys, "Y")
    yield from kit.together(yearly, keys)
    yield from kit.together(yearly, keys, "min")
    yield from kit.at(arms, (arms["metric"] != "change") & (arms["value"] < 0), "value", "{value:g} is negative")


@kit.rule("two states agree as often either way; a score is votes over votes", "un-agreement", "un-votes")
def _agreement_symmetric(votes: pd.DataFrame, points: pd.DataFrame) -> Iterator[kit.Fault]:
    keys = ["period", "country", "other"]
    back = kit.held(votes, keys, votes.rename(columns={"country": "other", "other": "country"}))
    yield from kit.at(
        votes,
        (votes["value"] - back).abs() > 0,
        "value",
        "{value:g} is not the score the other way, {back:g}",
        back=back,
    )
    five = set(votes["other"])
    yield from kit.at(votes, votes["country"].isin(five) & back.isna(), "other", "the score the other way is missing")
    yield from kit.at(votes, votes["country"] == votes["other"], "other", "{other} would agree with itself")
    many = votes.groupby(keys[:2])["other"].transform("size") + votes["country"].isin(five)
    words = "{country} has scores with {many} of {all} states in {period}"
    yield from kit.at(
        votes, ~votes.duplicated(keys[:2]) & (many != len(five)), "other", words, many=many, all=len(five)
    )
    cast = kit.held(votes, keys[:2], points, "votes").to_numpy()
    value = votes["value"].to_numpy()
    whole = np.zeros(len(votes), dtype=bool)
    for total in range(1, int(np.nanmax(cast)) + 1):
        whole |= (np.abs(value * total - np.round(value * total)) <= 6e-8 * total + 1e-9) & ~(cast < total)
    yield from kit.at(votes, pd.Series(~whole, votes.index), "value", "{value:g} is no number of votes over votes")
    yield from kit.at(votes, pd.Series(np.isnan(cast), votes.index), "country", "{country} has no votes in {period}")


@kit.rule("ideal points lie in their interval and in the published range, -3.146 to 3.223", "un-votes")
def _points_in_range(points: pd.DataFrame) -> Iterator[kit.Fault]:
    value = points["ideal_point"]
    outside = ~value.between(points["q05"], points["q95"])
    yield from kit.at(points, outside, "ideal_point", "{ideal_point:g} is outside its interval, {q05:g} to {q95:g}")
    yield from kit.at(
        points, ~value.between(-3.146, 3.223), "ideal_point", "{ideal_point:g} is outside the published range"
    )
    wide = points["q95"] - points["q05"]
    off = (value - (points["q05"] + points["q95"]) / 2).abs() > 0.06 * wide
    yield from kit.at(
        points, off, "ideal_point", "{ideal_point:g} is not near the middle of its interval, {q05:g} to {q95:g}"
    )
    yield from kit.at(points, wide > 1.7, "q95", "{q95:g} makes an interval of {wide:.1f}", wide=wide)
    rows = points.sort_values(["country", "period"])
    near = pd.concat([rows.groupby("country")["ideal_point"].shift(step) for step in (-1, 1)], axis=1)
    least = near.sub(rows["ideal_point"], axis=0).abs().min(axis=1)
    # Mongolia's point of 1993 rests on 37 votes.
    yield from kit.at(
        rows, (least > 1) & (rows["votes"] > 40), "ideal_point", "{ideal_point:g} is far from the sessions beside it"
    )


@kit.rule("the states of the votes have scores of agreement, and a session is whole", "un-votes", "un-agreement")
def _sessions_whole(points: pd.DataFrame, votes: pd.DataFrame) -> Iterator[kit.Fault]:
    scored = set(map(tuple, votes[["period", "country"]].to_numpy()))
    alone = pd.Series([tuple(row) not in scored for row in points[["period", "country"]].to_numpy()], points.index)
    yield from kit.at(points, alone, "country", "{country} has no score of agreement in {period}")
    absent = scored - set(map(tuple, points[["period", "country"]].to_numpy()))
    if absent:
        yield len(points) - 1, "country", "{1} has scores of agreement in {0} and no ideal point".format(*min(absent))


@kit.rule("positions lie in their interval; a year has many states; few votes are marked", "un-positions")
def _positions_in_range(points: pd.DataFrame) -> Iterator[kit.Fault]:
    outside = ~points["ideal_point"].between(points["q05"], points["q95"])
    words = "{ideal_point:g} is outside its interval, {q05:g} to {q95:g}"
    yield from kit.at(points, outside, "ideal_point", words)
    few = (points["votes"] < 20) != (points["note"] == "few votes")
    yield from kit.at(points, few, "note", "does not fit {votes} votes")
    many = points.groupby("period")["country"].transform("size")
    short = many < np.where(points["period"] >= "1992", 174, 20)
    yield from kit.at(points, short & ~points["period"].duplicated(), "period", "{period} has {many} states", many=many)


@kit.rule("a narrower place has no more on a list than a wider one; kinds fit the list", "listings-by-date")
def _places_nest(counts: pd.DataFrame) -> Iterator[kit.Fault]:
    cell = ["period", "jurisdiction", "list", "type"]
    for narrow, wide in (("Hong Kong", "China or Hong Kong"), ("China or Hong Kong", "any")):
        rows = counts[counts["place"] == narrow]
        whole = kit.held(rows, cell, counts[counts["place"] == wide])
        wrong = (rows["value"] > whole) | whole.isna()
        yield from kit.at(rows, wrong, "value", "{value} where " + wide + " has {whole}", whole=whole)
    british = counts["jurisdiction"] == "GBR"
    yield from kit.at(counts, british != (counts["list"] == "Russia regime"), "list", "{list} is not of {jurisdiction}")
    yield from kit.at(counts, british & (counts["place"] != "any"), "place", "{place} is not told by the British list")


@kit.rule("a resolution is of the session in which it was voted on", "un-roll-calls")
def _votes_in_session(votes: pd.DataFrame) -> Iterator[kit.Fault]:
    session = votes["resolution"].str.extract(r"/(\d+)/")[0].astype(float)
    expected = np.where(votes["period"] < "2025-09-09", 79, 80)
    words = "{resolution} is not of the session that sat on {period}"
    yield from kit.at(votes, session.notna() & (session != expected), "resolution", words)
    yield from kit.at(
        votes, votes["title"].duplicated() & votes["title"].str.len().lt(40), "title", '"{title}" occurs twice'
    )
