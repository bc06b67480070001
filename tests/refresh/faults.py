"""Faults, by name: what a server may do instead of answering, and what an answer may look like."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable

import loopback
from loopback import changed, instead, status

PAGE = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>We will be back soon.</p></body></html>"
SHELL = b'<html><head><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};</script></head><body></body></html>'
FIREWALL = b"<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>"
DENIED = b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>Reference #18.0</BODY></HTML>"
CAPTCHA = b"<html><head><title>Attention Required! | A shield</title></head><body>captcha</body></html>"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 196987553\n"
QUOTA = b"You have exceeded the number of requests allowed per hour. Please try again later."
EXPIRED = b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'

# Survived: the figures that come are the right ones all the same.
SURVIVED = {
    "429 once, then the answer": status(429, first=1, Retry_After="1"),
    "429 with a date, then the answer": status(429, first=1, Retry_After="Mon, 30 Nov 2026 02:00:00 GMT"),
    "500 once, then the answer": status(500, first=1),
    "503 twice, then the answer": status(503, first=2, Retry_After="2"),
    "the connection cut once": loopback.cut_once,
    "the connection cut, the rest asked for": loopback.resumed,
    "the connection cut, the rest of a newer file": loopback.resumed_with_another,
    "packed without being asked": loopback.packed,
}
# Refused: a clear message, and nothing written.
WAY = {
    "429 without end": status(429, b'{"statusCode":429,"message":"Rate limit is exceeded. Try again in 7 seconds."}'),
    "429 that asks for an hour": status(429, Retry_After="3600"),
    "500 without end": status(500, b"unexpected error"),
    "502 page": status(502, PAGE),
    "503 without end": status(503),
    "504": status(504),
    "408": status(408),
    "400": status(400, b"bad request"),
    "401 wrong key": status(401, b'{"statusCode":401,"message":"Access denied due to invalid subscription key."}'),
    "403 denied": status(403, DENIED),
    "403 quota of the day": status(
        403, b'{"message":"Out of call volume quota. Quota will be replenished in 1.02:03:04."}'
    ),
    "404": status(404, b"NoRecordsFound"),
    "410 retired": status(410),
    "412 firewall": status(412, SHELL),
    "413 too much": status(413),
    "451": status(451),
    "204 nothing": status(204, Content_Length=""),
    "206 unasked": status(206, b"a piece", Content_Range="bytes 10-16/99"),
    "an empty answer": instead(b""),
    "blanks and zeros": instead(b"\0 \n\0 \n"),
    "maintenance page with 200": instead(PAGE),
    "shell of a firewall with 200": instead(SHELL),
    "firewall page with 200": instead(FIREWALL),
    "captcha page with 200": instead(CAPTCHA),
    "denied page with 200": instead(DENIED),
    "pointer to a large file": instead(POINTER),
    "quota notice with 200": instead(QUOTA),
    "expired address with 200": instead(EXPIRED),
    "an error as JSON with 200": instead(b'[{"message":[{"id":"120","key":"Invalid value","value":"not valid"}]}]'),
    "another error as JSON with 200": instead(
        b'{"error":{"code":"API_KEY_MISSING","message":"No api_key was supplied"}}'
    ),
    "an entity bomb": instead(BOMB),
    "closed before a word": loopback.closed,
    "cut in the middle": loopback.cut,
    "pieces of which the last is missing": loopback.chunked_cut,
    "packed and cut": loopback.packed_cut,
    "not HTTP": loopback.garbage,
    "a length that is no number": instead(b"x", Content_Length="many"),
    "a length beyond the body": instead(b"x", Content_Length="1000"),
    "a slow drip": loopback.drip,
    "silence": loopback.hang,
    "far more than is due": loopback.flood,
    "far more announced": instead(b"x", Content_Length="5000000000"),
    "redirect to another host": status(302, Location="http://elsewhere.example/file"),
    "redirect in a circle": status(302, Location="?again"),
    "redirect to nowhere": status(302),
    "redirect to a file of this machine": status(302, Location="file:///etc/passwd"),
}


def _text(edit: Callable[[str], str]) -> Callable[[bytes], bytes]:
    return lambda made: edit(made.decode("utf-8-sig")).encode()


def _lines(edit: Callable[[list[str]], list[str]]) -> Callable[[bytes], bytes]:
    return _text(lambda text: "".join(edit(text.splitlines(keepends=True))))


def _last_number(text: str, new: Callable[[str], str]) -> str:
    """Edit the last number of the last line."""
    *before, last = text.splitlines(keepends=True)
    found = list(re.finditer(r"\d+(?:\.\d+)?", last))[-1]
    return "".join(before) + last[: found.start()] + new(found[0]) + last[found.end() :]


# Faults of CSV answers (tables one value a line).
LINES = {
    "header only": _lines(lambda lines: lines[:1]),
    "no header": _lines(lambda lines: lines[1:]),
    "a renamed column": _lines(lambda lines: [lines[0].replace(lines[0].strip().split(",")[-1], "Amount"), *lines[1:]]),
    "cut in a number": lambda made: made[:-3],
    "every row twice": _lines(lambda lines: [lines[0], *[line for line in lines[1:] for _ in (1, 2)]]),
    "the last row twice": _lines(lambda lines: [*lines, lines[-1]]),
    "the header once more": _lines(lambda lines: [*lines, lines[0]]),
    "a row with a cell more": _lines(lambda lines: [*lines[:-1], lines[-1].rstrip("\n") + ",1\n"]),
    "a row with a cell less": _lines(lambda lines: [*lines[:-1], lines[-1].rpartition(",")[0] + "\n"]),
    "a decimal comma": _text(lambda text: _last_number(text, lambda number: '"' + number.replace(".", "") + ',5"')),
    "thousands separators": _text(lambda text: _last_number(text, lambda number: '"1,234.5"')),
    "a word for a number": _text(lambda text: _last_number(text, lambda number: "n.a.")),
    "an error of a spreadsheet": _text(lambda text: _last_number(text, lambda number: "#REF!")),
    "infinity": _text(lambda text: _last_number(text, lambda number: "inf")),
    "a number without end": _text(lambda text: _last_number(text, lambda number: "1e999999999")),
    "UTF-16": lambda made: made.decode("utf-8-sig").encode("utf-16"),
    "packed and unsaid": gzip.compress,
    "the past cut off": _lines(lambda lines: [lines[0], *lines[len(lines) // 2 :]]),
    "the last years missing": _lines(lambda lines: lines[: len(lines) // 2]),
    "another unit": _text(
        lambda text: re.sub(r"(?m),(\d+(?:\.\d+)?)$", lambda found: f",{float(found[1]) * 1000:.4f}", text)
    ),
    "semicolons": _text(lambda text: text.replace(",", ";")),
    "an empty name": _lines(lambda lines: ["," + lines[0].partition(",")[2], *lines[1:]]),
    "a quoted line break": _lines(lambda lines: [*lines[:-1], '"' + lines[-1].rstrip("\n") + "\n"]),
    "days the other way round": _text(lambda text: re.sub(r"(?m)^(\d{4})-(\d{2})-(\d{2})", r"\3/\2/\1", text)),
    "a past value moved": _lines(
        lambda lines: [
            *lines[:20],
            re.sub(r"(\d+)(\.\d+)?$", lambda found: str(int(found[1]) * 3 + 7), lines[20].rstrip("\n")) + "\n",
            *lines[21:],
        ]
    ),
}
LINES_SURVIVED = {
    "a byte order mark": lambda made: b"\xef\xbb\xbf" + made,
    "line ends of another system": lambda made: made.replace(b"\n", b"\r\n"),
    "a column more": _lines(
        lambda lines: [line.rstrip("\n") + (",Flag\n" if not at else ",x\n") for at, line in enumerate(lines)]
    ),
    "rows in another order": _lines(lambda lines: [lines[0], *reversed(lines[1:])]),
    "an empty line at the end": lambda made: made + b"\n",
}


def _json(edit: Callable[[dict], object]) -> Callable[[bytes], bytes]:
    return lambda made: json.dumps(edit(json.loads(made))).encode()


JSON = {
    "JSON cut": lambda made: made[:-9],
    "no records": _json(lambda found: found | {"data": [], "count": 0}),
    "null for records": _json(lambda found: found | {"data": None}),
    "an error beside the records": _json(lambda found: found | {"error": "too much"}),
    "fewer records than announced": _json(lambda found: found | {"count": 7}),
    "a name missing": _json(
        lambda found: found | {"data": [{k: v for k, v in row.items() if k != "primaryValue"} for row in found["data"]]}
    ),
    "every record twice": _json(lambda found: found | {"data": found["data"] * 2, "count": 2}),
    "records cut at the cap": _json(lambda found: found | {"data": found["data"] * 500, "count": 500}),
    "rows by mode of transport": _json(
        lambda found: found | {"data": [row | {"motCode": 2100} for row in found["data"]]}
    ),
    "rows by second partner": _json(
        lambda found: found | {"data": [row | {"partner2Code": 156} for row in found["data"]]}
    ),
    "a word for a value": _json(
        lambda found: found | {"data": [row | {"primaryValue": "n/a"} for row in found["data"]]}
    ),
    "a thousandfold value": _json(
        lambda found: found | {"data": [row | {"primaryValue": 10**13} for row in found["data"]]}
    ),
    "another reporter": _json(lambda found: found | {"data": [row | {"reporterCode": 842} for row in found["data"]]}),
    "a name twice in one object": lambda made: made.replace(
        b'"primaryValue":', b'"primaryValue": 5, "primaryValue":', 1
    ),
    "a list for an object": _json(lambda found: found["data"]),
}
DATASET = {
    "a draft version": lambda made: made.replace(b"RELEASED", b"DRAFT"),
    "status ERROR": lambda made: made.replace(b'"OK"', b'"ERROR"'),
    "no such file in it": lambda made: made.replace(b"IdealpointestimatesAll", b"Readme"),
    "another checksum": lambda made: re.sub(rb'"md5": "[0-9a-f]{4}', b'"md5": "0000', made),
}
XML = {
    "XML cut": lambda made: made[:-20],
    "another root": lambda made: made.replace(b"exchangeRateMonthList", b"rates"),
    "no rouble": lambda made: made.replace(b"RUB", b"RUX"),
    "a decimal comma in XML": lambda made: made.replace(b"1.3111", b"1,3111"),
    "two rates of one currency": lambda made: made.replace(b"1.3111", b"1.4", 1),
    "a rate without a number": lambda made: made.replace(b"8.8222", b""),
    "a month of other words": lambda made: made.replace(b"01/Dec/2026", b"December"),
    "a rate a hundred times too large": lambda made: made.replace(b"107.3333", b"10733.33"),
    "a document type": lambda made: made.replace(b"?>", b"?><!DOCTYPE x>", 1),
    "UTF-16 declared as UTF-8": lambda made: made.decode().encode("utf-16"),
}
ZIP = {
    "archive cut": lambda made: made[: len(made) // 2],
    "archive with a damaged middle": lambda made: made[:200] + bytes(40) + made[240:],
    "archive without the file": lambda made: loopback.zipped({"README.txt": b"moved"}),
    "archive with the file twice": lambda made: loopback.zipped({"API_a.csv": b"x", "API_b.csv": b"y"}),
    "a page in the archive": lambda made: loopback.zipped({"API_a.csv": PAGE}),
}
MEMBER = {
    "another indicator": lambda text: re.sub(r"NY\.GDP\.MKTP\.CD|PA\.NUS\.FCRF", "NY.GDP.PCAP.CD", text),
    "a year missing": lambda text: text.replace('"1990",', "", 1),
    "the header moved away": lambda text: text.replace("Country Name", "Country"),
    "no day of the update": lambda text: text.replace("Last Updated Date", "Updated"),
    "half of the countries": lambda text: "\r\n".join(text.split("\r\n")[:9]) + "\r\n",
    "a country twice": lambda text: text + text.split("\r\n")[-2] + "\r\n",
    "a word for a value": lambda text: re.sub(r'"\d+\.\d+"', '"n.a."', text, count=1),
    "broken off in a line": lambda text: text[:-40],
}

TOTALS = (
    {
        name: JSON[name]
        for name in JSON
        if name not in ("a thousandfold value", "every record twice")  # the second has its count said below
    }
    | {
        "a thousandfold value": _json(
            lambda found: found | {"data": [row | {"primaryValue": 10**16} for row in found["data"]]}
        ),
        "every record twice": _json(lambda found: found | {"data": found["data"] * 2, "count": 4}),
        "exports alone": _json(lambda found: found | {"data": found["data"][1:], "count": 1}),
        "another partner": _json(lambda found: found | {"data": [row | {"partnerCode": 643} for row in found["data"]]}),
        "months for a year": _json(lambda found: found | {"data": [row | {"freqCode": "M"} for row in found["data"]]}),
    }
)
COMMON = (
    "header only", "no header", "cut in a number", "every row twice", "the last row twice", "the header once more",
    "a row with a cell more", "a row with a cell less", "UTF-16", "packed and unsaid", "semicolons", "an empty name",
    "a quoted line break",
)  # fmt: skip
"""Faults of lines that no CSV of a publisher may have, whatever stands in its cells."""
IMF = {name: LINES[name] for name in COMMON} | {
    "a renamed column": _text(lambda text: text.replace("OBS_VALUE", "VALUE", 1)),
    "another indicator": _text(lambda text: re.sub("NGDPD|MG_CIF_USD", "TBG_USD", text)),
    "another unit": _text(
        lambda text: re.sub(r",(\d[\d.]*),([69]),", lambda found: f",{float(found[1]) * 1000:.2f},{found[2]},", text)
    ),
    "a word for a value": _text(lambda text: re.sub(r",\d{7,}(?:\.\d+)?,", ",n.a.,", text, count=1)),
    "series without observations": _text(lambda text: re.sub(r",A,\d{4},[\d.]+,", ",A,,,", text)),
    "an action that no data message has": _text(lambda text: text.replace(",R,", ",D,")),
}
PARTNERS = IMF | {
    "another reporter": _text(lambda text: text.replace(",RUS,", ",USA,")),
    "quarters among the years": _text(lambda text: text.replace(",A,2025,", ",Q,2025-Q1,", 1)),
    "exports alone": _lines(lambda lines: [line for line in lines if "MG_CIF" not in line]),
}
WIDE = {name: LINES[name] for name in COMMON} | {
    "a year missing": _text(lambda text: text.replace(",2012,", ",x2012,", 1)),
    "an empty cell": _text(lambda text: re.sub(r",\d+\.\d,", ",,", text, count=1)),
    "the years cut off": _lines(lambda lines: [line.rsplit(",", 6)[0] + "\n" for line in lines]),
    "another unit": _text(lambda text: re.sub(r",(\d+)\.\d(?=,|\n)", r",\g<1>000.0", text)),
    "a renamed column": _text(lambda text: text.replace("Klassifikator_en", "Klassifikator", 1)),
}
LIST = {
    "another first line": _text(lambda text: text.replace("Report Date", "Last Updated", 1)),
    "a renamed column": _text(lambda text: text.replace("Date Designated", "Date", 1)),
    "cut in the middle of a line": lambda made: made[:-9],
    "the months first": _text(lambda text: re.sub(r"(\d{2})/(\d{2})/(\d{4})\n", r"\2/\1/\3\n", text)),
    "a subject without a day": _text(lambda text: re.sub(r",\d{2}/\d{2}/\d{4}\n", ",\n", text, count=1)),
    "a subject in two kinds": _lines(lambda lines: [*lines[:3], lines[2].replace("Individual", "Entity"), *lines[3:]]),
    "another regime under the number": _text(lambda text: text.replace("The Russia (Sanctions)", "Syria", 1)),
    "half of the list": _lines(lambda lines: lines[: len(lines) // 2]),
    "only its head": _lines(lambda lines: lines[:2]),
    "UTF-16": LINES["UTF-16"],
}


def _book(edit: Callable[[list[list[str]]], list[list[str]]]) -> Callable[[bytes], bytes]:
    from refresh import sheets

    def run(made: bytes) -> bytes:
        return loopback.workbook("Sheet1", edit([row[:6] for row in sheets.cells(made, "Sheet1")]))

    return run


BOOK = {
    "workbook cut": lambda made: made[: len(made) // 2],
    "a page for a workbook": lambda made: PAGE,
    "a renamed column in it": _book(lambda rows: [["Number", *rows[0][1:]], *rows[1:]]),
    "one regime alone": _book(lambda rows: [row for row in rows if "Ukraine" not in row[4]]),
    "a number twice": _book(lambda rows: [*rows, rows[1]]),
    "another way to write days": _book(lambda rows: [rows[0], *[[*row[:5], "5 March 2022"] for row in rows[1:]]]),
    "a kind of target nobody knows": _book(
        lambda rows: [rows[0], *[[*row[:2], "Thing", *row[3:]] for row in rows[1:]]]
    ),
    "a list of a tenth": _book(lambda rows: [rows[0], *rows[1::10]]),
}


def of(route: str, question: str) -> dict[str, loopback.Reply]:
    """Faults of the content that can happen to an answer."""
    if route in ("brent", "yuan-fed") or (route, question) == ("ofac-panel", "panel"):
        skip = (
            {"another unit", "a past value moved", "the past cut off", "days the other way round"}
            if route == "ofac-panel"
            else set()
        )
        if question == "year":
            skip |= {"a past value moved"}  # eighteen years only
        return {name: changed(edit) for name, edit in LINES.items() if name not in skip}
    if route == "china-months":
        return {name: changed(edit) for name, edit in JSON.items()}
    if route == "un-positions":
        return {name: changed(edit) for name, edit in DATASET.items()} if question == "dataset" else {}
    if route == "china-totals":
        return {name: changed(edit) for name, edit in TOTALS.items()}
    more = {
        "gdp-outlook": IMF, "russia-partners": PARTNERS, "uzbekistan": WIDE, "uk-list": LIST, "australian-list": BOOK
    }  # fmt: skip
    if route in more:
        return {name: changed(edit) for name, edit in more[route].items()}
    if route == "rates-hmrc":
        return {name: changed(edit) for name, edit in XML.items()}
    if route in ("gdp", "rates-world-bank"):
        from refresh import answers

        def member(edit: Callable[[str], str]) -> Callable[[bytes], bytes]:
            def run(made: bytes) -> bytes:
                text = answers.archive(made, r"^API_").decode("utf-8-sig")
                return loopback.zipped({"API_NY.csv": edit(text).encode()})

            return run

        return {name: changed(edit) for name, edit in ZIP.items()} | {
            name: changed(member(edit)) for name, edit in MEMBER.items()
        }
    return {}
