"""Firefox and WebKitGTK on the built site: charts come alive, cards open, the search finds, no error. Run by ``run.py``.

Firefox is spoken to by Marionette, which it has built in; WebKitGTK by its own driver.
"""

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from itertools import product
from pathlib import Path

SITE = Path(sys.argv[1])
PAGES = ["chapters/overview", "chapters/trade-volume", "chapters/energy", "chapters/claims", "chapters/pairs", "search"]
WATCH = """window.wrong = [];
addEventListener('error', event => wrong.push(String(event.message)));
addEventListener('securitypolicyviolation', event => wrong.push('policy ' + event.violatedDirective + ' ' + event.blockedURI));"""
SCROLL = "for (const one of document.querySelectorAll('.pm-chart')) { one.scrollIntoView(); } return document.querySelectorAll('.pm-chart').length"
STEP = "const all = document.querySelectorAll('.pm-chart:not([data-live])'); if (all.length) all[0].scrollIntoView(); return all.length"
ONE = "const one = document.querySelector('.pm-number a'); if (!one) return null; one.scrollIntoView({block: 'center'}); return true"
CARD = "const card = document.querySelector('.pm-card, [role=dialog]'); return card && card.getBoundingClientRect().height > 20"
FOUND = "return document.querySelectorAll('.pm-finds li').length"
DARK = "return Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)) < 60"


def serve():
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def look(go, run, click, base, dark):
    """What is wrong on the pages, and how many charts came alive."""
    wrong, live = [], 0
    for page in PAGES:
        go(f"{base}{page}.html" + ("?q=oil" if page == "search" else ""))
        run(WATCH)
        count, start = run("return document.querySelectorAll('.pm-chart').length"), time.monotonic()
        while run(STEP) and time.monotonic() - start < 60:
            time.sleep(0.3)
        left = run(STEP)
        live += count - left
        if left:
            wrong.append(f"{page}: {left} of {count} charts did not come alive")
        if page == "search":
            start = time.monotonic()
            while not run(FOUND) and time.monotonic() - start < 20:
                time.sleep(0.3)
            if not run(FOUND):
                wrong.append("the search finds nothing")
        elif run(ONE):
            click(".pm-number a")
            time.sleep(0.6)
            if not run(CARD):
                wrong.append(f"{page}: a click on a number leaves no card")
        wrong += [f"{page}: {one}" for one in run("return window.wrong || []")]
        if run(DARK) != dark:
            wrong.append(f"{page}: {'not ' if dark else ''}dark")
    return wrong, live


def firefox(base, dark):
    from marionette_driver.by import By
    from marionette_driver.marionette import Marionette

    place = tempfile.mkdtemp()
    (Path(place) / "user.js").write_text(
        f'user_pref("ui.systemUsesDarkTheme", {int(dark)});\nuser_pref("app.update.enabled", false);\n'
    )
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    running = subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", place],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": place},
    )
    try:
        tab = Marionette(host="127.0.0.1", port=2828, startup_timeout=120, socket_timeout=120)
        for _ in range(60):
            try:
                tab.start_session()
                break
            except Exception:
                time.sleep(1)
        number = tab.session_capabilities["browserVersion"]
        wrong, live = look(
            tab.navigate,
            lambda code: tab.execute_script(code, sandbox=None),
            lambda css: tab.find_element(By.CSS_SELECTOR, css).click(),
            base,
            dark,
        )
        return "Firefox", number, f"{len(PAGES)} pages, {live} charts, {'dark' if dark else 'light'}", wrong, []
    finally:
        running.terminate()
        running.wait()  # its port is the next one's


def webkit(base, dark):
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    options = Options()
    options.binary_location = next(str(one) for one in Path("/usr/lib").rglob("webkit2gtk-4*/MiniBrowser"))
    options.add_argument("--automation")
    os.environ["GTK_THEME"] = "Adwaita:dark" if dark else "Adwaita"
    tab = webdriver.WebKitGTK(options=options, service=Service(shutil.which("WebKitWebDriver")))
    try:
        number = tab.capabilities.get("browserVersion", "?")

        def press(css):
            # Its driver takes every place for out of bounds under a made screen: the click is the page's own.
            tab.execute_script(f"document.querySelector('{css}').click()")

        wrong, live = look(tab.get, tab.execute_script, press, base, dark)
        return "WebKitGTK", number, f"{len(PAGES)} pages, {live} charts, {'dark' if dark else 'light'}", wrong, []
    finally:
        tab.quit()


if __name__ == "__main__":
    address, rows = serve(), []
    for (name, one), dark in product((("Firefox", firefox), ("WebKitGTK", webkit)), (False, True)):
        try:
            rows.append(one(address, dark))
        except Exception as error:
            rows.append((name, "", "did not run", [f"{type(error).__name__}: {str(error)[:200]}"], []))
    print(json.dumps(rows))
