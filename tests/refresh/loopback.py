"""A server on this machine that speaks as publishers do, faults included, and answers made for it.

Values of the answers are those of the committed extracts, with a period of our own after the last.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import openpyxl
import pandas as pd

from refresh import extract, numbers, routes

Reply = Callable[["Handler", bytes, int], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the server holds for a path, through the fault that is set."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        path = urlsplit(self.path).path
        body = self.server.answers.get(path)  # type: ignore[attr-defined]
        count = self.server.counts[path] = self.server.counts.get(path, 0) + 1  # type: ignore[attr-defined]
        if body is None:
            return send(self, b"no such path", 404)
        fault = self.server.faults.get(path)  # type: ignore[attr-defined]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            (fault or whole)(self, body, count)

    def log_message(self, *_: object) -> None:
        pass


def send(handler: Handler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    length = headers.pop("Content_Length", str(len(body)))
    if length:
        handler.send_header("Content-Length", length)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = True


def whole(handler: Handler, body: bytes, count: int) -> None:
    send(handler, body, ETag='"made"')


@contextlib.contextmanager
def serving() -> Iterator[ThreadingHTTPServer]:
    """A server on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.answers, server.faults, server.counts, server.asked = {}, {}, {}, []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# -- made answers ---------------------------------------------------------------------------------


def csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()


def workbook(sheet: str, rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def after(month: str) -> str:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:7]), 12)
    return f"{year}-{number + 1:02}"


@cache
def good(name: str) -> dict[str, bytes]:
    """Answers of a route, by question: what the extract holds, and one period more. Not to be changed in place."""
    return MADE[name](extract.load(routes.ROUTES[name].source))


def _brent(held: pd.DataFrame) -> dict[str, bytes]:
    month = held[held["File"] == "month"][["Date", "Price"]]
    row = pd.DataFrame({"Date": [after(month["Date"].iloc[-1]) + "-15"], "Price": ["77.07"]})
    return {"year": csv(held[held["File"] == "year"][["Date", "Price"]]), "month": csv(pd.concat([month, row]))}


def _fed(held: pd.DataFrame) -> dict[str, bytes]:
    rows = held[["Date", "Exchange rate"]].set_axis(["observation_date", "EXCHUS"], axis=1)
    row = pd.DataFrame({"observation_date": [after(rows.iloc[-1, 0]) + "-01"], "EXCHUS": ["6.7"]})
    return {"series": csv(pd.concat([rows, row]))}


def _hmrc(held: pd.DataFrame) -> dict[str, bytes]:
    entries = "".join(
        f"<exchangeRate><countryName>{name}</countryName><countryCode>{code[:2]}</countryCode>"
        f"<currencyName>{unit}</currencyName><currencyCode>{code}</currencyCode><rateNew>{rate}</rateNew></exchangeRate>"
        for name, code, unit, rate in (
            ("United States", "USD", "Dollar", "1.3111"),
            ("Ecuador", "USD", "Dollar", "1.3111"),
            ("China", "CNY", "Yuan", "8.8222"),
            ("Russia", "RUB", "Rouble", "107.3333"),
        )
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><exchangeRateMonthList Period="01/Dec/2026 to 31/Dec/2026">'
    return {"month": (head + entries + "</exchangeRateMonthList>").encode()}


def _gdp(held: pd.DataFrame) -> dict[str, bytes]:
    return _bank(held, "NY.GDP.MKTP.CD", "GDP (current US$)")


def _rates(held: pd.DataFrame) -> dict[str, bytes]:
    return _bank(held, routes.FCRF, "Official exchange rate (LCU per US$, period average)")


def _bank(held: pd.DataFrame, indicator: str, title: str) -> dict[str, bytes]:
    wide = held.pivot(index="Country Code", columns="Year", values="Value").fillna("")
    wide["2024"] = [numbers.times(cell, "1.01") if cell else "" for cell in wide["2023"]]
    lines = ['"Data Source","World Development Indicators",', "", '"Last Updated Date","2026-11-20",', ""]
    names = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", *wide.columns, ""]
    lines.append(",".join(f'"{name}"' if name else "" for name in names))
    for code, row in wide.iterrows():
        cells = [f"State {code}", code, title, indicator, *row]
        lines.append(",".join(f'"{cell}"' for cell in cells) + ",")
    return {"file": zipped({f"API_{indicator}_DS2_en_csv_v2_1.csv": ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()})}


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 0, 0, 0)), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _positions(held: pd.DataFrame) -> dict[str, bytes]:
    last = held[held["year"] == held["year"].max()]
    moved = last.assign(year=str(int(last["year"].iloc[0]) + 1))
    table = pd.concat([held, moved]).assign(ccode=lambda rows: rows["iso3c"])
    raw = table.to_csv(index=False, sep="\t", lineterminator="\n").encode()
    data_file = {"id": 7, "filename": "Ideal.tab", "originalFileName": "IdealpointestimatesAll_made.tab"}
    data_file |= {"filesize": len(raw), "originalFileSize": len(raw), "md5": hashlib.md5(raw).hexdigest()}
    version = {
        "versionNumber": 39,
        "versionMinorNumber": 0,
        "versionState": "RELEASED",
        "releaseTime": "2026-11-20T00:00:00Z",
    }
    head = {
        "status": "OK",
        "data": {"latestVersion": version | {"files": [{"label": "Ideal.tab", "dataFile": data_file}]}},
    }
    return {"dataset": json.dumps(head).encode(), "positions": raw}


def _months(held: pd.DataFrame) -> dict[str, bytes]:
    month = after(f"{held['period'].max()[:4]}-{held['period'].max()[4:]}").replace("-", "")
    record = {
        **{"freqCode": "M", "period": month, "reporterCode": 156, "reporterISO": "CHN", "flowCode": "M"},
        **{"partnerCode": 643, "partnerISO": "RUS", "partner2Code": 0, "cmdCode": "TOTAL", "customsCode": "C00"},
        **{"motCode": 0, "netWgt": 0, "cifvalue": 10111222333, "fobvalue": None, "primaryValue": 10111222333},
    }
    return {"month": json.dumps({"elapsedTime": "0.1 secs", "count": 1, "data": [record], "error": ""}).encode()}


def _panel(held: pd.DataFrame) -> dict[str, bytes]:
    last = held[held["yrmon"] == held["yrmon"].max()]
    month = after(last["yrmon"].iloc[0])
    fresh = last.assign(yrmon=month, additions="1", removals="0")
    fresh["levels"] = (fresh["levels"].astype(int) + 1).astype(str)
    return {"panel": csv(pd.concat([held, fresh]))}


MONTH = "2026-12"
"""The month of the tests, by which lists are named that state no day."""
SERIES = ["STRUCTURE[;]", "STRUCTURE_ID", "ACTION"]


def _outlook(held: pd.DataFrame) -> dict[str, bytes]:
    """The whole world a per cent larger, a country more, and a group that is none of the book's."""
    back = {ours: theirs for theirs, ours in routes.OUTLOOK.items()}
    rows = [("CUB", "107000000000"), ("G163", "9"), ("GX123", "8")]
    rows += [(back.get(code, code), numbers.times(cell, "1.01e9")) for code, cell in held.itertuples(index=False)]
    table = pd.DataFrame(
        [["dataflow", "IMF.RES:WEO(10.0.0)", "R", code, "NGDPD", "A", "2025", cell, "9", "USD"] for code, cell in rows],
        columns=[*SERIES, "COUNTRY", "INDICATOR", "FREQUENCY", "TIME_PERIOD", "OBS_VALUE", "SCALE", "UNIT"],
    )
    more = table.assign(TIME_PERIOD="2026")
    return {MONTH: csv(pd.concat([table, more]))}


def _partners(held: pd.DataFrame) -> dict[str, bytes]:
    last = held[held["TIME_PERIOD"] == held["TIME_PERIOD"].max()]
    rows = [
        ["dataflow", "IMF.STA:IMTS(1.0.0)", "R", "RUS", flow, code, "A", year, numbers.times(cell, "1e6"), "6", "e"]
        for year, rate in ((last["TIME_PERIOD"].iloc[0], "1.5"), (str(int(last["TIME_PERIOD"].iloc[0]) + 1), "1.02"))
        for flow, code, cell in zip(
            last["INDICATOR.ID"],
            last["COUNTERPART_COUNTRY.ID"],
            [numbers.times(cell, rate) for cell in last["OBS_VALUE"]],
            strict=True,
        )
    ]
    names = ["COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "TIME_PERIOD", "OBS_VALUE", "SCALE", "STATUS"]
    return {"years": csv(pd.DataFrame(rows, columns=[*SERIES, *names]))}


def _totals(held: pd.DataFrame) -> dict[str, bytes]:
    common = {
        **{"freqCode": "A", "period": "2025", "reporterCode": 156, "reporterISO": "CHN", "partnerCode": 0},
        **{"partnerISO": "W00", "partner2Code": 0, "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0},
        **{"netWgt": 0, "cifvalue": None, "fobvalue": None},
    }
    sides = (("M", 2581111222333), ("X", 3771111222333))
    records = [common | {"flowCode": flow, "primaryValue": value} for flow, value in sides]
    return {"year": json.dumps({"elapsedTime": "0.1 secs", "count": 2, "data": records, "error": ""}).encode()}


def _uzbekistan(held: pd.DataFrame) -> dict[str, bytes]:
    last = max(name for name in held if name.isdigit())
    made = held.assign(**{str(int(last) + 1): held[last]})
    columns = ["Code", "Klassifikator_en", *(name for name in made if name.isdigit())]
    return {flow: csv(made.loc[made["Flow"] == flow, columns]) for flow in ("exports", "imports")}


def _british(held: pd.DataFrame) -> dict[str, bytes]:
    head = ["Last Updated", "Unique ID", "Name 6", "Name type", "Regime Name", "Designation Type", "Date Designated"]
    regime = "The Russia (Sanctions) (EU Exit) Regulations 2019"
    rows = [
        ["01/12/2026", number, "EXAMPLE", "Primary Name", regime, kind, "/".join(reversed(day.split("-")))]
        for number, kind, day in [*held.itertuples(index=False), ("RUS9901", "Ship", "2026-11-17")]
    ]
    rows.append(["01/12/2026", "DPR0001", "EXAMPLE", "Primary Name", "Another regime", "Entity", "01/02/2003"])
    return {"list": b"Report Date: 01-Dec-2026\n" + csv(pd.DataFrame(rows, columns=head))}


def _australian(held: pd.DataFrame) -> dict[str, bytes]:
    head = ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees", "Control Date"]
    rows, spelt = [head], ("Primary Name", "Primary name", "primary Name")
    for regime in held.columns[2:4]:
        for day, count in zip(held["period"], held[regime], strict=True):
            for _ in range(int(count)):
                rows.append([str(len(rows)), "EXAMPLE", "Entity", spelt[len(rows) % 3], regime, f"{day}-02"])
    rows.append([f"{len(rows) - 1}a", "SAMPLE", "Entity", "aka", regime, f"{day}-02"])
    rows.append([str(len(rows)), "EXAMPLE", "Vessel", "Primary Name", regime, "2026-11-05"])
    return {MONTH: workbook("Sheet1", rows)}


MADE = {
    "gdp-outlook": _outlook,
    "rates-world-bank": _rates,
    "russia-partners": _partners,
    "china-totals": _totals,
    "uzbekistan": _uzbekistan,
    "uk-list": _british,
    "australian-list": _australian,
    "brent": _brent,
    "yuan-fed": _fed,
    "rates-hmrc": _hmrc,
    "gdp": _gdp,
    "un-positions": _positions,
    "china-months": _months,
    "ofac-panel": _panel,
}


# -- faults of the way ----------------------------------------------------------------------------


def status(code: int, body: bytes = b"", first: int = 99, **headers: str) -> Reply:
    """A status in place of the answer, for the first so many questions."""

    def reply(handler: Handler, made: bytes, count: int) -> None:
        if count > first:
            return whole(handler, made, count)
        send(handler, body, code, **headers)

    return reply


def instead(body: bytes, **headers: str) -> Reply:
    return lambda handler, made, count: send(handler, body, **headers)


def changed(edit: Callable[[bytes], bytes]) -> Reply:
    return lambda handler, made, count: send(handler, edit(made))


def closed(handler: Handler, made: bytes, count: int) -> None:
    handler.close_connection = True
    handler.connection.close()


def cut(handler: Handler, made: bytes, count: int) -> None:
    """A connection that breaks in the middle, each time."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(made)))
    handler.end_headers()
    handler.wfile.write(made[: len(made) // 2])
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.close()


def cut_once(handler: Handler, made: bytes, count: int) -> None:
    if count == 1:
        return cut(handler, made, count)
    whole(handler, made, count)


def resumed(handler: Handler, made: bytes, count: int, newer: bool = False) -> None:
    """Breaks in the middle, then gives the rest that is asked for; or, whatever is asked, that of a newer file."""
    asked = handler.headers.get("Range", "")
    half = len(made) // 2
    if asked and handler.headers.get("If-Range") == '"made"':
        at = int(asked.removeprefix("bytes=").rstrip("-"))
        rest, etag = (b"9" * len(made[at:]), '"newer"') if newer else (made[at:], '"made"')
        return send(handler, rest, 206, ETag=etag, Content_Range=f"bytes {at}-{len(made) - 1}/{len(made)}")
    if count > 1:
        return whole(handler, made, count)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(made)))
    handler.send_header("ETag", '"made"')
    handler.end_headers()
    handler.wfile.write(made[:half])
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.close()


def resumed_with_another(handler: Handler, made: bytes, count: int) -> None:
    """Breaks in the middle, then gives the rest of a newer file, then the whole."""
    resumed(handler, made, count, newer=True)


def chunked_cut(handler: Handler, made: bytes, count: int) -> None:
    """Pieces of unknown number, of which the last does not come."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    piece = made[: len(made) // 2]
    handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.close()


def drip(handler: Handler, made: bytes, count: int) -> None:
    """A byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(made)))
    handler.end_headers()
    for at in range(200):
        handler.wfile.write(made[at : at + 1])
        handler.wfile.flush()
        time.sleep(0.03)


def hang(handler: Handler, made: bytes, count: int) -> None:
    time.sleep(1.5)


def flood(handler: Handler, made: bytes, count: int) -> None:
    """Far more than is due, without a length."""
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(60):
            handler.wfile.write(b"1,2,3\n" * 20_000)
    handler.close_connection = True


def garbage(handler: Handler, made: bytes, count: int) -> None:
    handler.wfile.write(b"\x00\x01\x02 not HTTP at all\r\n\r\n")
    handler.close_connection = True


def packed(handler: Handler, made: bytes, count: int) -> None:
    """Packed although nobody asked; said in the header, so read as usual."""
    send(handler, gzip.compress(made), Content_Encoding="gzip")


def packed_cut(handler: Handler, made: bytes, count: int) -> None:
    raw = gzip.compress(made)
    send(handler, raw[: len(raw) // 2], Content_Encoding="gzip")
