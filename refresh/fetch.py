"""Bring an answer: politely, whole, or not at all.

Few requests, an honest name, retries that obey ``Retry-After`` up to a cap, a limit on bytes and on time, no redirect
to a strange host, a cut file taken up where it stopped. Proxies and certificates come from the usual variables of the
environment. A key is named by the request and read from the environment; it stands in no message, log or file.
"""

from __future__ import annotations

import email.utils
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO
from urllib.parse import urljoin, urlsplit

import requests
import tenacity
import urllib3
import yaml

from partnership import ROOT, citation
from refresh.publishers import Request

ATTEMPTS = 4
LONGEST_WAIT = 120.0  # seconds; a publisher that asks for more is left for another day
REDIRECTS = 3
CHUNK = 65_536
TIMEOUT = (15.0, 60.0)  # seconds to connect, and between two pieces
TODAY = {
    401: "set the key that the publisher gives, see docs/refresh.md",
    403: "open the address in a browser and look: the publisher refuses programs, or the quota is used up",
    404: "look at the address: the file may have moved",
    410: "the interface is closed: the reader needs another one",
    412: "open the address in a browser, save the page into the folder of snapshots; nothing here gets round a firewall",
    413: "ask for less at once",
    451: "the publisher may not answer here; use another network",
}


class FetchError(RuntimeError):
    """An answer that did not come: source, address, what came, what to do."""

    def __init__(self, source: str, address: str, what: str, todo: str):
        self.source, self.address, self.what, self.todo = source, address, what, todo
        super().__init__(f"{source}: {what}\n  asked: {address}\n  what to do: {todo}")


class _Again(Exception):
    """A failure that may pass, with the seconds that the publisher asks to wait."""

    def __init__(self, what: str, todo: str, wait: float = 0.0):
        self.what, self.todo, self.wait = what, todo, wait
        super().__init__(what)


@dataclass(frozen=True)
class Answer:
    """What came: bytes, and what the headers say of them."""

    raw: bytes
    etag: str = ""
    modified: str = ""
    kind: str = ""
    asked: int = 1
    """Requests it took."""


@cache
def agent() -> str:
    """The name under which requests are made: an honest one, with an address where there is one."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    address = (config.get("repository") or {}).get("url") or ""
    return f"partnership-measured/{citation.edition().version}" + (f" (+{address})" if address else "")


def bring(
    source: str,
    request: Request,
    known: str = "",
    part: Path | None = None,
    wait: Callable[[float], None] = time.sleep,
    progress: IO[str] | None = None,
) -> Answer | None:
    """The answer to a request; None where nothing has changed since the ETag ``known``.

    Parameters
    ----------
    source : str
        Its name in messages.
    known : str, optional
        ETag of the answer at hand.
    part : path, optional
        Where a cut answer waits to be taken up again.
    wait : callable, optional
        How to wait between attempts; tests do not.
    progress : stream, optional
        Where the line of progress goes.

    Raises
    ------
    FetchError
        If it does not come.
    """
    count = 0

    def once() -> Answer | None:
        nonlocal count
        count += 1
        return _once(request, known, part, progress, source)

    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(ATTEMPTS),
        wait=_pause,
        sleep=wait,
        retry=tenacity.retry_if_exception_type(_Again),
        reraise=True,
    )
    try:
        answer = retrying(once)
    except _Again as error:
        times = f" ({count} times)" if count > 1 else ""
        raise FetchError(source, shown(request.address), error.what + times, error.todo) from None
    except _Never as error:
        raise FetchError(source, shown(request.address), error.what, error.todo) from None
    return None if answer is None else Answer(answer.raw, answer.etag, answer.modified, answer.kind, count)


class _Never(Exception):
    """A failure that does not pass by itself."""

    def __init__(self, what: str, todo: str):
        self.what, self.todo = what, todo
        super().__init__(what)


def shown(address: str) -> str:
    """An address without what might be a key or a signature.

    Examples
    --------
    >>> shown("https://api.example.org/data?api_key=abc&frequency=monthly")
    'https://api.example.org/data?api_key=…&frequency=monthly'
    """
    return re.sub(r"(?i)\b((?:api_?)?key|token|signature|x-amz-[a-z-]+|subscription-key)=[^&\s]+", r"\1=…", address)


def _pause(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _Again) else 0.0
    return max(asked, 2.0 ** (state.attempt_number - 1))


def _once(request: Request, known: str, part: Path | None, progress: IO[str] | None, source: str) -> Answer | None:
    session = requests.Session()
    headers = {"User-Agent": agent(), "Accept-Encoding": "identity", **request.headers}
    params = _key(request, headers)
    if known:
        headers["If-None-Match"] = known
    held = b""
    if part and part.exists() and part.with_suffix(".etag").exists():
        held = part.read_bytes()
        headers |= {"Range": f"bytes={len(held)}-", "If-Range": part.with_suffix(".etag").read_text()}
    began = time.monotonic()
    try:
        with _follow(session, request, headers, params) as response:
            return _take(response, request, held, part, progress, source, began)
    except requests.exceptions.SSLError as error:
        raise _Never(
            f"the certificate is not trusted ({_brief(error)})",
            "look at the date of this machine and at REQUESTS_CA_BUNDLE",
        ) from None
    except requests.exceptions.ProxyError as error:
        raise _Again(f"the proxy does not connect ({_brief(error)})", "look at HTTPS_PROXY") from None
    except (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError) as error:
        raise _Never(f"an answer that is no HTTP ({_brief(error)})", "look at the address") from None
    except requests.exceptions.Timeout:
        raise _Again("no answer in time", "run again later") from None
    except requests.exceptions.RequestException as error:
        raise _Again(f"the connection broke ({_brief(error)})", "run again later; look at the network") from None
    finally:
        session.close()


def _brief(error: Exception) -> str:
    return re.sub(r"0x[0-9a-f]+", "", shown(f"{type(error).__name__}"))


def _key(request: Request, headers: dict[str, str]) -> dict[str, str]:
    if not request.secret:
        return {}
    key = os.environ.get(request.secret, "").strip()
    if not key:
        raise _Never(f"no key in the environment variable {request.secret}", TODAY[401])
    kind, _, name = request.secret_in.partition(":")
    if kind == "header":
        headers[name] = key
        return {}
    return {name: key}


def _follow(
    session: requests.Session, request: Request, headers: dict[str, str], params: dict[str, str]
) -> requests.Response:
    """The response behind redirects, of which none may lead to a strange host or down to plain HTTP."""
    address, first = request.address, urlsplit(request.address)
    for _ in range(REDIRECTS + 1):
        response = session.get(
            address, headers=headers, params=params, timeout=TIMEOUT, stream=True, allow_redirects=False
        )
        if response.status_code not in (301, 302, 303, 307, 308):
            return response
        response.close()
        target = urljoin(address, response.headers.get("Location", ""))
        host, here = urlsplit(target).hostname or "", first.hostname or ""
        allowed = any(host.endswith(name) if name.startswith(".") else host == name for name in request.hosts)
        if (host != here and not allowed) or (host == here and urlsplit(target).port != first.port and not allowed):
            raise _Never(
                f"a redirect to another host, {host or 'none'}",
                "look at the address: the publisher moved, or the network stands between",
            )
        if first.scheme == "https" and urlsplit(target).scheme != "https":
            raise _Never("a redirect from HTTPS to HTTP", "look at the address")
        if host != here:  # a key is for its own host
            secret = request.secret_in.removeprefix("header:") if request.secret_in.startswith("header:") else ""
            headers = {name: value for name, value in headers.items() if name != secret}
        address, params = target, {}
    raise _Never(f"more than {REDIRECTS} redirects", "look at the address")


def _take(
    response: requests.Response,
    request: Request,
    held: bytes,
    part: Path | None,
    progress: IO[str] | None,
    source: str,
    began: float,
) -> Answer | None:
    status = response.status_code
    if status == 304:
        return None
    if status == 204:
        raise _Never("an answer without content (204)", "look at the key of the request")
    if status == 416 and part:
        _forget(part)
        raise _Again("the rest of a cut file is not to be had", "run again")
    if status == 429 or status == 503 or status >= 500 or status == 408:
        asked = _seconds(response.headers.get("Retry-After", ""))
        what = f"status {status}" + (f", wait {asked:.0f} s asked" if asked else "")
        if asked > LONGEST_WAIT:
            raise _Never(what, f"run again after {asked / 60:.0f} minutes")
        raise _Again(what, "run again later", asked)
    if status == 206 and not held:
        raise _Again("a piece of a file where the whole was asked for", "run again")
    if status not in (200, 206):
        raise _Never(f"status {status}", TODAY.get(status, "look at the address"))
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if request.kinds and kind and not kind.startswith(request.kinds):
        raise _Never(f"{kind} where {' or '.join(request.kinds)} is due", "open the address in a browser and look")
    if status == 200:
        held = b""
    elif not response.headers.get("Content-Range", "").startswith(f"bytes {len(held)}-"):
        _forget(part)
        raise _Again("another piece of the file than was asked for", "run again")
    elif part and response.headers.get("ETag", "") != part.with_suffix(".etag").read_text():
        _forget(part)  # some servers and caches do not know If-Range
        raise _Again("the rest of another version of the file", "run again")
    etag, length = response.headers.get("ETag", ""), response.headers.get("Content-Length", "")
    if length and not length.isdigit():
        raise _Again(f"a length of {length!r}", "run again later")
    total = len(held) + int(length) if length else 0
    if total > request.largest:
        raise _Never(
            f"{total:,} bytes announced, where at most {request.largest:,} are due",
            "look at the address, or raise the limit of the request",
        )
    raw = _pieces(response, request, held, total, progress, source, began, part, etag)
    packed = response.headers.get("Content-Encoding", "identity").lower() not in ("", "identity")
    if total and not packed and len(raw) != total:
        _keep(part, raw, etag)
        raise _Again(f"{len(raw):,} of {total:,} bytes: the answer was cut", "run again: it goes on where it stopped")
    _forget(part)
    return Answer(raw, etag, response.headers.get("Last-Modified", ""), kind)


def _pieces(
    response: requests.Response,
    request: Request,
    held: bytes,
    total: int,
    progress: IO[str] | None,
    source: str,
    began: float,
    part: Path | None,
    etag: str,
) -> bytes:
    pieces, size = [held], len(held)
    try:
        while piece := response.raw.read1(CHUNK, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            spent = time.monotonic() - began
            if size > request.largest:
                raise _Never(
                    f"more than {request.largest:,} bytes", "look at the address, or raise the limit of the request"
                )
            if spent > request.deadline:
                _keep(part, b"".join(pieces), etag)
                raise _Again(f"{size:,} bytes in {spent:.0f} s: too slow", "run again: it goes on where it stopped")
            if progress:
                print(line(source, size, total, spent), end="", file=progress, flush=True)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        _keep(part, b"".join(pieces), etag)
        what = f"{size:,}{f' of {total:,}' if total else ''} bytes, then the connection broke ({_brief(error)})"
        raise _Again(what, "run again: it goes on where it stopped") from None
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            _keep(part, b"".join(pieces), etag)
        raise
    if progress:
        print("\r" + " " * 78 + "\r", end="", file=progress, flush=True)
    return b"".join(pieces)


def line(source: str, size: int, total: int, spent: float) -> str:
    """A line of progress with the time left.

    Examples
    --------
    >>> line("ofac", 500_000, 2_000_000, 3.0).strip()
    'ofac: 0.5 of 2.0 MB, 9 s left'
    """
    if not total:
        return f"\r{source}: {size / 1e6:.1f} MB, {spent:.0f} s"
    left = spent * (total - size) / size if size else 0.0
    return f"\r{source}: {size / 1e6:.1f} of {total / 1e6:.1f} MB, {left:.0f} s left"


def _keep(part: Path | None, raw: bytes, etag: str) -> None:
    """A cut answer is kept only where the publisher names its version: else nobody knows what the rest belongs to."""
    if part and etag and not etag.startswith("W/") and raw:
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(raw)
        part.with_suffix(".etag").write_text(etag)


def _forget(part: Path | None) -> None:
    if part:
        part.unlink(missing_ok=True)
        part.with_suffix(".etag").unlink(missing_ok=True)


def _seconds(asked: str) -> float:
    """Seconds of a ``Retry-After``, a number or a date; nothing sensible is no wait.

    Examples
    --------
    >>> _seconds("30"), _seconds("soon"), _seconds("-5")
    (30.0, 0.0, 0.0)
    """
    if re.fullmatch(r"\d{1,9}", asked.strip()):
        return float(asked)
    try:
        moment = email.utils.parsedate_to_datetime(asked)
    except (TypeError, ValueError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def screen() -> IO[str] | None:
    """Where a line of progress can be drawn: the screen, if there is one."""
    return sys.stderr if sys.stderr.isatty() else None
