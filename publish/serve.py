"""Show the site on this machine. Run as ``python -m publish.serve [PORT]``."""

from __future__ import annotations

import errno
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from partnership import ROOT


def main(port: int = 8000) -> int:
    """Serve until Ctrl-C; say in words when the port is taken."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(ROOT / "_build" / "html"))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        print(f"Port {port} is taken, or not allowed. Choose another: make serve PORT={port + 1}", file=sys.stderr)
        return 1
    print(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C ends)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
