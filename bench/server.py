"""A static server on the loopback address, with gzip and a cache header as a site host has."""

from __future__ import annotations

import contextlib
import functools
import gzip
import mimetypes
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PACKED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


@functools.cache
def content(path: Path) -> tuple[bytes, str, bool]:
    """A file as it is sent: bytes, type, whether packed. Names with an @ are scripts, as on a script server."""
    raw = path.read_bytes()
    kind = "text/javascript" if "@" in path.name else mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = kind.startswith(PACKED)
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return (gzip.compress(raw, 6, mtime=0) if packed else raw), kind, packed


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body, kind, packed = content(path)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that leaves is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder while the block runs; gives the address."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
