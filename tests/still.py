"""Pages that lead on, held where they are."""

import re
from urllib.parse import unquote, urlsplit

LEADS_ON = re.compile(r'<meta http-equiv="refresh"[^>]*>')


def goto(tab, address, **options):
    """Open a file of the site; the front address, which leads on at once, stays open without the line that leads on."""
    with open(unquote(urlsplit(address).path), encoding="utf-8") as page:
        text = page.read()
    if LEADS_ON.search(text):
        held = LEADS_ON.sub("", text)
        tab.route(address, lambda route: route.fulfill(body=held, content_type="text/html; charset=utf-8"))
    tab.goto(address, **options)
