#!/usr/bin/env python3
"""Drives the dashboard in a real browser: open, filter, pick two dates, follow to a setting's timeline.

usage: dashboard.py AUDIT

AUDIT is the built program. With AUDIT_SCREENSHOTS=FOLDER, pictures of pages are left there, light and dark, wide and
narrow. Exit status: 0 all well, 1 something is not as it must be, 77 there is no Chromium.
"""

import base64
import os
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from devtools import Browser  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAST_NIGHT = "2026-11-14T02:00:00Z"
NOW = "2026-11-14T12:00:00Z"


class Failed(Exception):
    """Something is not as it must be."""


def check(holds, what):
    """Says what holds, and ends where it does not."""
    if not holds:
        raise Failed(what)
    print("  ok  " + what)


def chromium():
    """The browser's program, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


def by_text(selector, text):
    """An expression for the first element of a selector with just this text."""
    return "[...document.querySelectorAll(%r)].find(e => e.textContent.trim() === %r)" % (selector, text)


def pick(browser, name, year, month, day):
    """Types a date into a date field, piece by piece, as the keyboard does."""
    browser.value("document.querySelector('input[name=%s]').focus()" % name)
    browser.type("%02d%02d%04d" % (month, day, year))
    got = browser.value("document.querySelector('input[name=%s]').value" % name)
    check(got == "%04d-%02d-%02d" % (year, month, day), "%s takes the date %s" % (name, got))


def title(browser):
    return browser.value("document.querySelector('h1').textContent")


def walk(browser, address):
    """The story."""
    browser.look(1280)
    browser.open(address + "/")
    check("25 clients collected" in title(browser), "the overview tells the latest night in its first line")
    check(browser.value("document.querySelectorAll('svg .night').length") == 14, "the trend has 14 nights")
    check(browser.value("document.scripts.length") == 0, "there is no script")
    check(
        browser.value("getComputedStyle(document.querySelector('.topbar')).display") == "block"
        and browser.value("document.styleSheets.length") == 1, "the style sheet is loaded from here")

    browser.press("Tab", 9)
    check(browser.value("document.activeElement.textContent") == "Skip to the content", "the first Tab offers to skip")

    browser.loading(lambda: browser.click(by_text("nav a", "Runs")))
    check(browser.value("document.querySelector('nav [aria-current]').textContent") == "Runs", "the menu says where we are")
    browser.loading(lambda: browser.click("document.querySelector('tbody th a')"))
    run = browser.value("location.pathname")
    check(run.startswith("/runs/"), "a run is opened: " + run)

    before = int(browser.value("document.querySelector('#findings .count').textContent"))
    browser.value("document.querySelector('select[name=severity]').value = 'critical'")
    browser.loading(lambda: browser.click(by_text("form.ask button", "Filter")))
    after = int(browser.value("document.querySelector('#findings .count').textContent"))
    check(0 < after < before, "the filter leaves %d of %d findings" % (after, before))
    check("severity=critical" in browser.value("location.search"), "the filter is in the address")
    check(
        browser.value("[...document.querySelectorAll('#findings .pill')].every(p => p.textContent.includes('critical'))"),
        "every finding that is left is critical")

    browser.loading(lambda: browser.click(by_text("nav a", "Clients")))
    browser.value("document.querySelector('input[name=q]').focus()")
    browser.type("pinecrest")
    browser.loading(lambda: browser.press_enter())
    check(title(browser) == "1 of 25 clients", "the search finds one client")

    browser.loading(lambda: browser.click(by_text("nav a", "Diff")))
    pick(browser, "from", 2026, 11, 1)
    pick(browser, "to", 2026, 11, 13)
    browser.loading(lambda: browser.click(by_text("form.ask button", "Compare")))
    check("2026-11-01 → 2026-11-13" in title(browser), "two dates are compared")
    check(
        browser.value("location.search").startswith("?from=2026-11-01&to=2026-11-13"), "and stand in the address")

    browser.loading(lambda: browser.click(by_text("td a, th a", "internal.maxFailedCcsLoginAttempts")))
    check(title(browser) == "internal.maxFailedCcsLoginAttempts", "a change leads to its setting")
    values = browser.value("[...document.querySelectorAll('tbody th code')].map(e => e.textContent)")
    check(values == ["20", "10", "5"], "the timeline has its values, the newest first: %s" % values)
    check(browser.value("document.querySelectorAll('.wide svg rect').length") >= 2, "and a strip of them")

    twin = browser.value("[...document.querySelectorAll('footer a')][0].href")
    browser.open(twin)
    check('"audit-dashboard-setting/1"' in browser.value("document.body.textContent"), "the page's twin is JSON")

    for width in (1280, 400):
        browser.look(width)
        for path in ("/", "/runs", run, "/clients", "/clients/demo/4202", "/rules", "/rules/SEC-LOCK-CCS-LIMIT", "/waivers",
                     "/diff?from=2026-11-01&to=2026-11-13"):
            browser.open(address + path)
            wide = browser.value("document.documentElement.scrollWidth") - width
            if wide > 0:
                raise Failed("%s is %d pixels wider than the window of %d" % (path, wide, width))
    check(True, "no page is wider than a window of 1280 or 400 pixels")
    if browser.complaints:
        raise Failed("the browser complains: " + "; ".join(browser.complaints))
    check(True, "the browser has no complaint: no error, nothing that the policy forbids")


def pictures(browser, address, folder):
    """Leaves pictures of some pages."""
    os.makedirs(folder, exist_ok=True)
    pages = [("overview", "/"), ("client", "/clients/demo/4202"), ("rule", "/rules/SEC-LOCK-CCS-LIMIT"),
             ("diff", "/diff?from=2026-11-01&to=2026-11-13"), ("clients", "/clients?sort=failures"),
             ("setting", "/clients/demo/4202/settings/internal.maxFailedCcsLoginAttempts")]
    for name, path in pages:
        for width in (1280, 400):
            for dark in (False, True):
                browser.look(width, dark=dark)
                browser.open(address + path)
                file = "%s-%d-%s.png" % (name, width, "dark" if dark else "light")
                with open(os.path.join(folder, file), "wb") as picture:
                    picture.write(base64.b64decode(browser.screenshot()))
    print("pictures are in " + folder)


def main():
    program = chromium()
    if not program:
        print("skipped: there is no Chromium (Debian: apt-get install chromium)")
        return 77
    audit = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="audit-browser-")
    server = browser = None
    try:
        subprocess.run(
            [audit, "demo", "--policies", os.path.join(ROOT, "policies"), "--last-night", LAST_NIGHT], cwd=folder,
            check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(
            [audit, "serve", "--database", "snapshots/demo.sqlite", "--port", "0", "--now", NOW], cwd=folder,
            stdout=subprocess.PIPE, text=True)
        line = server.stdout.readline()
        address = line.split()[-1] if line else ""
        check(address.startswith("http://127.0.0.1:"), "it serves on " + address)
        browser = Browser(program, os.path.join(folder, "profile"))
        walk(browser, address)
        if os.environ.get("AUDIT_SCREENSHOTS"):
            pictures(browser, address, os.environ["AUDIT_SCREENSHOTS"])
        server.send_signal(signal.SIGTERM)
        check(server.wait(timeout=20) == 0, "SIGTERM ends it, with status 0")
        return 0
    except Failed as failure:
        print("  FAILED  %s" % failure)
        return 1
    finally:
        if browser:
            browser.close()
        if server and server.poll() is None:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
