"""Charts: the book's look, what is written on a chart, and the figure that a notebook stores.

Marks are drawn with Altair; what is written on them adds up with ``+``; :func:`figure` makes the notebook output: a Vega-Lite spec
with title, text alternative and sources inside, nothing random, so that a stored chart can be compared to the letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias, cast

import altair as alt
import numpy as np
import pandas as pd

from partnership import data, describe, marks, palette, picture, prose
from partnership.measures import TERMS
from partnership.statements import Statement

# JupyterLab draws up to this type; nbformat refuses Altair's own, which does not end in +json.
MIME = "application/vnd.vegalite.v5+json"

# Plain colours here: JupyterLab's canvas knows no var(). The site replaces exactly these by CSS custom properties.
INK, MUTED, GRID, CHINA, RUSSIA, GREEN, PURPLE, OCHRE, INDIGO, BROWN, ROSE, MINT, TAN, SILVER = palette.LIGHT.values()
EXPORTER = {"CHN": CHINA, "RUS": RUSSIA}
"""A flow has the colour of its exporter, a share or a market that of its country, in every figure."""
FLOWS = {"China to Russia": CHINA, "Russia to China": RUSSIA}
CLAIM = PURPLE
"""The colour of what the article states."""
CATEGORY = [RUSSIA, CHINA, GREEN, PURPLE, OCHRE, INDIGO]
# Greens hold, the browns are right in part, the greys do not decide; neither a country's colour nor the article's.
VERDICTS = {
    "confirmed": GREEN,
    "about right": MINT,
    "right in part": OCHRE,
    "sources differ": BROWN,
    "right for another thing": TAN,
    "did not come true": ROSE,
    "wrong": INK,
    "not yet known": SILVER,
    "not in our tables": GRID,
}
WIDTH = 660  # px of a drawing
NARROW = 340  # px of a drawing on a phone
ROOM = 18  # between a legend and a plot without a title over its value axis

INSIDE = picture.INSIDE

FONT = picture.FONT
SIZE = 12


@alt.theme.register("partnership", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    text: dict[str, Any] = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
    }
    quiet = {"domainColor": GRID, "tickColor": GRID, "gridColor": GRID}
    look: Any = {
        "config": {
            "background": "transparent",
            "font": FONT,
            "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": 300},
            "axis": {**text, **quiet, "titleAnchor": "start", "labelPadding": 4, "labelLimit": 220},
            "axisX": {"grid": False, "tickSize": 4, "labelFlush": False, "labelSeparation": 8},
            "axisY": {"ticks": False, "domain": False, "titleAngle": 0, "titleAlign": "left", "titleY": -10},
            "legend": {
                **text,
                "orient": "top",
                "title": None,
                "offset": 32,
                "symbolType": "stroke",
                "labelLimit": 260,
            },
            "header": {**text, "title": None, "labelAnchor": "start", "labelFontWeight": "bold"},
            "title": {"color": INK, "anchor": "start", "fontSize": 14, "subtitleColor": INK, "offset": 12},
            "range": {"category": CATEGORY},
            "line": {"strokeWidth": 2.2, "color": RUSSIA},
            "bar": {"color": RUSSIA},
            "point": {"filled": True, "size": 50, "color": RUSSIA},
            "text": {"color": INK, "fontSize": SIZE},
            "rule": {"color": INK},
            "concat": {"spacing": 28},
            "facet": {"spacing": 24},
        }
    }
    return cast(alt.theme.ThemeConfig, look)


# -- the stored figure ----------------------------------------------------------------------------


class Figure:
    """A chart as a notebook output: spec, text alternative, and what the page needs to cite it."""

    def __init__(self, spec: dict[str, Any], name: str, title: str, alt_text: str):
        self.spec, self.name, self.title, self.alt_text = spec, name, title, alt_text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = {MIME: self.spec, "text/plain": f"Figure: {self.title}\n{self.alt_text}"}
        drawn = picture.alone(self.spec)
        return {**bundle, picture.MIME: drawn} if drawn else bundle


def show_as_html() -> None:
    """Let the notebook show figures as HTML, for places such as Colab that do not know the type under which chapters store them."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(Figure, html)


def html(figure: Figure) -> str:
    """A figure as HTML that fetches the chart script from the net."""
    from altair.utils.html import spec_to_html

    return spec_to_html(
        figure.spec,
        mode="vega-lite",
        vega_version=alt.VEGA_VERSION,
        vegalite_version=alt.VEGALITE_VERSION,
        vegaembed_version=alt.VEGAEMBED_VERSION,
        fullhtml=False,
        output_div=f"chart-{figure.name}",
    )


Align: TypeAlias = Literal["left", "center", "right"]
Tidy: TypeAlias = pd.DataFrame | Mapping[str, pd.DataFrame] | Sequence[pd.DataFrame]


# As JSON writes them: what XML does not allow, behind an even number of backslashes.
_NO_DRAWING = re.compile(r"(?<!\\)(?:\\\\)*\\(?:b|f|u00(?:0[0-8be]|1[0-9a-f])|uff(?:fe|ff))")


def figure(
    chart: alt.TopLevelMixin,
    *,
    name: str,
    title: str,
    rows: pd.DataFrame | Iterable[pd.DataFrame],
    table: Tidy | None = None,
    columns: Mapping[str, str] | None = None,
    alt_text: str = "",
    holds: Iterable[Statement] = (),
    unit: str = "",
    note: str = "",
    more: str = "",
    height: int = 300,
    narrow: Mapping[str, Any] | None = None,
    measures: Iterable[str] = (),
) -> Figure:
    """Make a chart the figure that the notebook stores and the page shows.

    Parameters
    ----------
    chart : altair chart
        Any chart: Altair's own or what the builders return.
    name : str
        Lowercase with hyphens; the address of the figure on its page (``#fig-<name>``).
    title : str
        The finding, as a sentence.
    rows : pandas.DataFrame or several
        The loaded rows the chart rests on; their ``source_id`` make the source line.
    table : pandas.DataFrame, a mapping of names to frames, or a sequence of frames, optional
        The figure's data for readers, tidy: what the downloads and the table below the chart hold. By default every
        number that a mark draws, each once, panels together in one table with a column ``panel``. Frames of a mapping
        with the same columns become one table, its first column ``panel`` the name.
    columns : mapping, optional
        Column to ``"name, unit"`` for readers: ``{"billions": "Trade, billion US dollars"}``. Where it is given, the
        table holds these columns, in this order; tooltips use the same names. Columns whose name begins with ``_`` only
        place marks and are never published.
    alt_text : str
        In place of the text alternative that :mod:`partnership.describe` writes.
    holds : statements
        What the title says, as statements (:mod:`partnership.vocabulary`) that were tested.
    unit : str
        What is measured, in which unit: the line below the title.
    note : str
        What a reader must know to read the chart: at most two lines of the page.
    more : str
        What a reader of the rows must know besides: in a fold below the chart and in every file of the figure.
    height : int
        Height of the plot in pixels, for charts of one panel.
    narrow : mapping, optional
        Changes to the spec for narrow screens, merged into it, on top of the default and of what the chart itself
        brings (:func:`on_phones`).
    measures : strings
        Functions of :mod:`partnership.measures` that the drawn values result from; the page links to their formulas.

    Raises
    ------
    ValueError
        If the title is missing, the name is not an address, rows have no source, a measure is none, ``columns`` names a
        column that no table has, or ``table`` lacks a number that the chart draws.
    StatementError
        If a statement does not hold.
    """
    if not title.strip():
        raise ValueError(f'figure "{name}" needs a title')
    if not name or set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-"):
        raise ValueError(f'figure name "{name}": use lowercase letters, digits and hyphens')
    frames = [rows] if isinstance(rows, pd.DataFrame) else list(rows)
    sources = pd.concat([frame["source_id"] for frame in frames]).value_counts(sort=False)
    if not len(sources):
        raise ValueError(f'figure "{name}": no row has a source')
    drawn = list(measures)
    if unknown := [measure for measure in drawn if measure not in TERMS]:
        raise ValueError(f'figure "{name}": partnership.measures has no measure "{unknown[0]}"')
    several = isinstance(chart, (alt.ConcatChart, alt.HConcatChart, alt.VConcatChart, alt.FacetChart))
    if not several:
        chart = chart.properties(
            width=WIDTH, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
        )
    spec = chart.to_dict()
    brought = spec.get("usermeta", {}).get("narrow", {})
    statements = list(holds)
    prose.require(statements)
    spec["title"] = {"text": title, **({"subtitle": unit} if unit else {})}
    spec["usermeta"] = {
        "figure": {
            "name": name,
            "title": title,
            "unit": unit,
            "note": note,
            **({"more": more} if more else {}),
            "sources": {source: int(count) for source, count in sorted(sources.items())},
            "tables": sorted({name for frame in frames for name in data.names(frame)}),
            "narrow": merge(merge(_narrow(spec), brought), narrow or {}),
            **({"described": True} if not alt_text.strip() else {}),
            **({"measures": drawn} if drawn else {}),
            **({"holds": [each.record() for each in statements]} if statements else {}),
            **({"data": _published(table)} if table is not None else {}),
            **({"columns": [[column, words] for column, words in columns.items()]} if columns else {}),
        }
    }
    _check_tables(spec, name, columns or {})
    spec = {**_named_tips(spec), "usermeta": spec["usermeta"]}
    spec["description"] = alt_text.strip() or describe.describe(spec, title)
    text = json.dumps(spec, sort_keys=True)
    if unfit := _NO_DRAWING.search(text):
        # The drawing program ends the whole process at such a character.
        around = text[max(0, unfit.start() - 30) : unfit.end() + 10]
        raise ValueError(f'figure "{name}": a control character that no drawing can hold, in …{around}…')
    return Figure(json.loads(text), name, title, spec["description"])


def _published(table: Tidy) -> list[dict[str, Any]]:
    """The tables that a figure brings, as the spec stores them: name, columns, rows as lists."""
    if isinstance(table, pd.DataFrame):
        frames = {"": table}
    elif isinstance(table, Mapping):
        frames = dict(table)
    else:
        frames = {f"table {number}" if len(table) > 1 else "": frame for number, frame in enumerate(table, start=1)}
    if len(frames) > 1 and len({tuple(frame.columns) for frame in frames.values()}) == 1:
        joined = [frame.assign(**{marks.PANEL: name}) for name, frame in frames.items()]
        first = list(dict.fromkeys([marks.PANEL, *joined[0].columns]))
        frames = {"": pd.concat([part[first] for part in joined])}
    stored = []
    for name, frame in frames.items():
        shown = tidy(frame[[column for column in frame.columns if not str(column).startswith("_")]])
        values = json.loads(shown.to_json(orient="split", date_format="iso", index=False, double_precision=15))
        for place, column in enumerate(shown.columns):
            if pd.api.types.is_datetime64_any_dtype(shown[column]):
                for row in values["data"]:
                    row[place] = row[place] and row[place][:19]
        stored.append({"name": name, "columns": values["columns"], "rows": values["data"]})
    return stored


def _check_tables(spec: Mapping[str, Any], name: str, columns: Mapping[str, str]) -> None:
    held = marks.tables(spec)
    known = {column for table in marks.every(spec) for column in table.columns}
    if unknown := [column for column in columns if column not in known]:
        raise ValueError(
            f'figure "{name}": no table has a column "{unknown[0]}"; there are: {", ".join(sorted(known))}'
        )
    if lacking := marks.missing(spec, [table.rows for table in held]):
        raise ValueError(f'figure "{name}": its table lacks what the chart draws: {"; ".join(lacking[:3])}')


def _named_tips(part: Any, spec: Mapping[str, Any] | None = None) -> Any:
    """The spec with tooltips that name each column as the table does, and write points in time as words."""
    if spec is None:
        spec = part
    if isinstance(part, list):
        return [_named_tips(item, spec) for item in part]
    if not isinstance(part, dict):
        return part
    found = {
        key: value if key in ("datasets", "usermeta", "config") else _named_tips(value, spec)
        for key, value in part.items()
    }
    tips = found.get("tooltip")
    if isinstance(tips, (dict, list)):
        kept = [_tip(tip, spec) for tip in ([tips] if isinstance(tips, dict) else tips)]
        found["tooltip"] = kept if isinstance(tips, list) else kept[0]
    return found


def _tip(tip: dict[str, Any], spec: Mapping[str, Any]) -> dict[str, Any]:
    column = tip.get("field")
    if not isinstance(column, str):
        return tip
    raw = tip.get("title") in (None, column, column.replace("_", " "))
    named = marks.has_heading(spec, column)
    changed = {**tip, **({"title": marks.heading(spec, column)} if raw or named else {})}
    if tip.get("type") == "temporal" and tip.get("format", "%b %Y") == "%b %Y":
        changed["format"] = "%B %Y"
    return changed


def _narrow(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What a narrow screen changes: one column of panels, or the whole chart as wide as the screen."""
    inner = NARROW - 56
    if "concat" in spec:
        return {"columns": 1, "concat": [merge(part, {"width": inner}) for part in spec["concat"]]}
    if "facet" in spec:
        return {"columns": 1, "spec": {"width": inner}}
    return {"width": NARROW}


def on_phones(chart: alt.LayerChart, **change: Any) -> alt.LayerChart:
    """The chart with what a narrow screen changes in it; :func:`figure` hands it on."""
    return chart.properties(usermeta={"narrow": change})


def names_above(chart: alt.LayerChart, *, row: int = 34) -> alt.LayerChart:
    """A chart of rows which, on a narrow screen, writes each name above its row instead of beside it.

    ``row`` is the height that a row then has, in pixels.
    """
    spec = chart.to_dict()
    above = {
        "labelAlign": "left",
        "labelPadding": 0,
        "labelOffset": -15,
        "labelLimit": NARROW,
        "labelExpr": "replace(datum.label, '|', ' ')",
    }
    layers, field = [], ""
    for layer in spec["layer"]:
        y = layer["encoding"].get("y", {})  # an upright line has none
        layers.append(merge(layer, {"encoding": {"y": {"axis": above}}}) if y.get("axis") else layer)
        field = y.get("field", field)
    named = {entry[field] for entries in spec["datasets"].values() for entry in entries if field in entry}
    return on_phones(chart, layer=layers, height=row * len(named))


def merge(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Merge a change into a spec: dictionaries key by key, everything else replaced (RFC 7396 without deletion)."""
    merged = dict(base)
    for key, value in change.items():
        old = merged.get(key)
        merged[key] = merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


# -- encodings ------------------------------------------------------------------------------------


def x_axis(frame: pd.DataFrame, x: str, **options: Any) -> alt.X:
    """The level axis that suits a column: time, whole numbers such as years, numbers, or categories in their order."""
    values = frame[x]
    if pd.api.types.is_datetime64_any_dtype(values):
        return alt.X(x, type="temporal", title=None, **options)
    if pd.api.types.is_integer_dtype(values):
        axis = options.pop("axis", alt.Axis(format="d", tickMinStep=1))
        scale = options.pop("scale", alt.Scale(zero=False, nice=False))
        return alt.X(x, type="quantitative", title=None, axis=axis, scale=scale, **options)
    if pd.api.types.is_numeric_dtype(values):
        return alt.X(x, type="quantitative", title=None, **options)
    return alt.X(x, type="ordinal", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True), **options)


def tooltip(frame: pd.DataFrame) -> list[alt.Tooltip]:
    """What a mark tells: every column whose name does not begin with ``_``."""
    tips = []
    for column in frame.columns:
        if column.startswith("_"):
            continue
        label = str(column).replace("_", " ")
        if pd.api.types.is_datetime64_any_dtype(frame[column]):
            tips.append(alt.Tooltip(column, type="temporal", title=label, format="%b %Y"))
        elif pd.api.types.is_float_dtype(frame[column]):
            tips.append(alt.Tooltip(column, type="quantitative", title=label, format=",.2~f"))
        else:
            tips.append(alt.Tooltip(column, type="nominal", title=label))
    return tips


def tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """Floats to ten significant digits: a chart's data holds no float noise."""
    return frame.apply(
        lambda column: (
            column.map(lambda value: float(f"{value:.10g}")) if pd.api.types.is_float_dtype(column) else column
        )
    ).reset_index(drop=True)


def spread(values: Iterable[float], gap: float) -> list[float]:
    """Move label positions apart until neighbours are ``gap`` away, as little as possible and in the same order.

    Examples
    --------
    >>> spread([1.0, 1.1, 5.0], gap=1)
    [0.55, 1.55, 5.0]
    """
    wanted = np.asarray(list(values), dtype=float)
    order = np.argsort(wanted, kind="stable")
    groups: list[list[float]] = []  # [sum of wanted offsets, members]
    for position, index in enumerate(order):
        groups.append([wanted[index] - position * gap, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            last = groups.pop()
            groups[-1] = [groups[-1][0] + last[0], groups[-1][1] + last[1]]
    bases = [total / members for total, members in groups for _ in range(int(members))]
    placed = np.empty_like(wanted)
    for position, index in enumerate(order):
        placed[index] = round(bases[position] + position * gap, 6)
    return [float(value) for value in placed]


def hue(column: str, colours: Mapping[str, str], **options: Any) -> alt.Color:
    """The colour of each value of a column, without a legend: the marks are named beside themselves."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(column, type="nominal", scale=scale, legend=options.pop("legend", None), **options)


def ends(
    frame: pd.DataFrame,
    x: str,
    y: str,
    series: str,
    colours: Mapping[str, str],
    *,
    gap: float = 0.055,
    nudge: Mapping[str, float] | None = None,
    alone: Iterable[str] = (),
    values: str = "",
) -> alt.Chart:
    """The name of each line beside its last point, moved apart where they would meet.

    A last point that no line joins would look like the key of its name, so the name tells when it is: "China, 2025". Such
    is a point after a missing value, and one that the chart draws as a mark of its own: ``alone`` names their series.
    ``gap`` is the least distance of two names as a fraction of the values' span with zero; ``nudge`` moves single names,
    in units of ``y``; ``values`` is a format such as ``" {:.0f}"`` for the last value behind the name.
    """
    frame = frame.reset_index(drop=True)
    of_line = frame.groupby(series, sort=False)
    after_a_hole = of_line[y].shift().isna() & (of_line.cumcount() > 0)
    last = frame.dropna(subset=[y]).groupby(series, sort=False).tail(1)[[x, series, y]].copy()
    unjoined = after_a_hole[last.index] | last[series].isin(list(alone))
    span = max(frame[y].max(), 0) - min(frame[y].min(), 0)
    last["_at"] = spread(last[y] + last[series].map(nudge or {}).fillna(0), gap * span)
    text = series
    if values or unjoined.any():
        text = "_name"
        last[text] = last[series].where(~unjoined, last[series] + ", " + last[x].map(_when))
    if values:
        last[text] += last[y].map(values.format)
    drawn: alt.Chart = (
        alt.Chart(tidy(last.drop(columns=y)))
        .mark_text(align="left", dx=8, fontWeight="bold")
        .encode(
            x=x_axis(frame, x),
            y=alt.Y("_at", type="quantitative"),
            text=alt.Text(text, type="nominal"),
            color=hue(series, colours),
        )
    )
    return drawn


def _when(point: Any) -> str:
    return prose.month(f"{point:%Y-%m}") if isinstance(point, pd.Timestamp) else str(point)


def values(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    form: str = ".1f",
    colour: str = INK,
    align: Align = "center",
    dx: int = 0,
    dy: int = -10,
) -> alt.Chart:
    """The number of each point beside it, in the format ``form`` of d3: for the values that a title names."""
    drawn: alt.Chart = (
        alt.Chart(tidy(frame[[x, y]]))
        .mark_text(align=align, dx=dx, dy=dy, color=colour)
        .encode(x=x_axis(frame, x), y=alt.Y(y, type="quantitative"), text=alt.Text(y, type="quantitative", format=form))
    )
    return drawn


def layered(*layers: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Charts over each other; Altair's own annotation admits a facet, which only a facet among them gives."""
    return cast(alt.LayerChart, alt.layer(*layers))


# -- annotations ----------------------------------------------------------------------------------


def notes(
    frame: pd.DataFrame,
    x: str,
    y: str,
    text: str,
    *,
    colour: str = INK,
    align: Align = "left",
    dx: int = 0,
    dy: int = 0,
    size: int = 60,
    shape: str = "circle",
) -> alt.LayerChart:
    """Marked points with a word beside each; a ``|`` in the text breaks the line."""
    frame = tidy(frame)
    base = alt.Chart(frame).encode(x=x_axis(frame, x), y=alt.Y(y, type="quantitative"))
    layers = [
        base.mark_text(color=colour, align=align, dx=dx, dy=dy, lineBreak="|", lineHeight=14).encode(
            text=alt.Text(text, type="nominal")
        )
    ]
    if size:
        layers.insert(
            0, base.mark_point(color=colour, size=size, shape=shape, opacity=1).encode(tooltip=tooltip(frame))
        )
    return layered(*layers)


def ticks(frame: pd.DataFrame, x: str, y: str, text: str, *, colour: str = INK) -> alt.LayerChart:
    """Level marks over categories, such as a target over the bar of its year, each with a word above it."""
    frame = tidy(frame)
    base = alt.Chart(frame).encode(x=alt.X(x, type="ordinal", sort=None), y=alt.Y(y, type="quantitative"))
    return layered(
        base.mark_tick(color=colour, thickness=2.5, size=16).encode(tooltip=tooltip(frame)),
        base.mark_text(color=colour, dy=-9).encode(text=alt.Text(text, type="nominal")),
    )


def moment(x: Any, label: str, *, y: float, align: Align = "left", dx: int = 5, colour: str = MUTED) -> alt.LayerChart:
    """An upright line where something happened, named at height ``y``; a ``|`` in the label breaks the line."""
    return moments({x: (label, y)}, align=align, dx=dx, colour=colour)


def moments(
    told: Mapping[Any, tuple[str, float]], *, align: Align = "right", dx: int = -5, colour: str = MUTED
) -> alt.LayerChart:
    """Several :func:`moment` lines, each named at the height given; the words stand over all the lines."""
    frame = pd.DataFrame([{"_x": x, "_text": words, "_y": y} for x, (words, y) in told.items()])
    here = alt.Chart(frame).encode(x=x_axis(frame, "_x"))
    return layered(
        here.mark_rule(color=colour, strokeDash=[2, 3]),
        here.mark_text(color=colour, align=align, dx=dx, lineBreak="|", lineHeight=14).encode(
            y=alt.Y("_y", type="quantitative"), text=alt.Text("_text", type="nominal")
        ),
    )


def level(y: float, label: str, *, x: Any, colour: str = MUTED, align: Align = "left", dy: int = -9) -> alt.LayerChart:
    """A level line, named at ``x``."""
    frame = pd.DataFrame({"_x": [x], "_y": [y], "_text": [label]})
    here = alt.Chart(frame)
    return layered(
        here.mark_rule(color=colour, strokeDash=[4, 3]).encode(y=alt.Y("_y", type="quantitative")),
        here.mark_text(color=colour, align=align, dy=dy).encode(
            x=x_axis(frame, "_x"), y=alt.Y("_y", type="quantitative"), text=alt.Text("_text", type="nominal")
        ),
    )


def panels(
    parts: Mapping[str, alt.Chart | alt.LayerChart],
    *,
    columns: int = 2,
    height: int = 220,
    room: int = 38,
    narrow: int | None = None,
) -> alt.ConcatChart:
    """Several charts beside each other, each under its name; below each other on a narrow screen.

    For rows with long names ``room`` is what the words beside a plot take, and ``narrow`` the width of a plot on a narrow
    screen, both in pixels.
    """
    width = (WIDTH - 20 * (columns - 1)) // columns - room
    titled = [
        part.properties(width=width, height=height, title=alt.TitleParams(text=name, fontSize=13, anchor="start"))
        for name, part in parts.items()
    ]
    chart: alt.ConcatChart = alt.concat(*titled, columns=columns).resolve_scale(color="independent")
    if narrow is None:
        return chart
    slim = [merge(part, {"width": narrow}) for part in chart.to_dict()["concat"]]
    slimmed: alt.ConcatChart = chart.properties(usermeta={"narrow": {"concat": slim}})
    return slimmed


def country(code: str) -> str:
    """Name of a country for labels."""
    names = data.load("countries").set_index("code")["name"]
    return str(names.get(code, code))
