#!/usr/bin/env python3
"""Drives the HTML report in a real browser, from its file and without any network: its filter, by severity, client, rule,
control and state, each held to the JSON report of the same run.

usage: report.py AUDIT

AUDIT is the built program. With AUDIT_SCREENSHOTS=FOLDER, pictures are left there, light and dark, wide and narrow, and a PDF.
Exit status: 0 all well, 1 something is not as it must be, 77 there is no Chromium.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from dashboard import Failed, ROOT, by_text, check, chromium  # noqa: E402
from devtools import Browser  # noqa: E402

# Two nights of the emulator between which something breaks and something is mended, and a waiver over what fails in both.
CONFIGURATION = """database: audit.sqlite
policies: [%s]
environments:
  lab: {emulator: {clients: 25, seed: 7, night: %d}}
reports: []
"""
WAIVERS = """waivers:
  - {id: W-1, rule: CHG-COUNTRIES, scope: {line: [sales, care]}, reason: Accepted <for now>, owner: desktop-team@example.com,
     approver: chief-information-security-officer@example.com, from: 2026-10-01, expires: 2026-12-31}
"""
NIGHTS = ((5, "2026-11-06"), (9, "2026-11-10"))


def night(audit, folder):
    """Audits the nights, and leaves the last one's report as a page and as JSON, which is returned."""
    shutil.copytree(os.path.join(ROOT, "policies"), os.path.join(folder, "policies"))
    with open(os.path.join(folder, "policies", "waivers.yaml"), "w", encoding="utf-8") as file:
        file.write(WAIVERS)
    for number, day in NIGHTS:
        with open(os.path.join(folder, "audit.yaml"), "w", encoding="utf-8") as file:
            file.write(CONFIGURATION % ("policies", number))
        run = subprocess.run(
            [audit, "run", "--now", day + "T02:00:00Z", "--output", "html=report.html", "--output", "json=report.json"],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if run.returncode not in (0, 1, 3):
            raise Failed("audit run ends with %d: %s" % (run.returncode, run.stderr))
    with open(os.path.join(folder, "report.json"), encoding="utf-8") as file:
        return json.load(file)


def findings(report):
    """Each finding as the page tells it: rule, severity, controls, client, state."""
    facts = {rule["facts"]["id"]: rule["facts"] for rule in report["rules"]}

    def entry(finding, state):
        rule = facts[finding["rule"]]
        return {
            "rule": rule["id"], "severity": finding.get("severity") or rule["severity"], "state": state,
            "controls": [control["reference"] for control in rule["controls"]],
            "client": (finding["client"]["code"] + " " + finding["client"]["id"]).lower(),
        }

    found = [entry(f, "new" if f["transition"] == "new" else "still") for f in report["failures"]]
    found += [entry(f, "waived") for f in report["waived"]] + [entry(f, "unknown") for f in report["unknowns"]]
    return found + [entry(c, "fixed") for c in report["verdictChanges"] if c["transition"] == "fixed"]


def held_to(browser, expected, total, what):
    """Checks how many findings are left, by what the page says and by what can be seen of it."""
    says = browser.value("document.getElementById('matches').textContent")
    wanted = "Filtered: %d of %d findings shown." % (expected, total) if expected else "No finding matches this filter."
    check(says == wanted, "%s: %d of %d" % (what, expected, total) if says == wanted else "%s: %r, not %r" % (
        what, says, wanted))
    seen = browser.value(
        "[...document.querySelectorAll('#findings [data-r]')].filter(e => e.checkVisibility()).length")
    check((seen > 0) == (expected > 0), "  and %d rows of findings can be seen" % seen)


def choose(browser, selector, text):
    """Picks an entry of a list, which tells the page as the keyboard would."""
    browser.value(
        "(() => { const list = document.querySelector(%s); list.selectedIndex = [...list.options].findIndex("
        "o => o.textContent === %s); list.dispatchEvent(new Event('input', {bubbles: true})); })()" % (
            json.dumps(selector), json.dumps(text)))


def toggle(browser, name, value):
    """Clicks a box."""
    browser.click("document.querySelector('#filter input[name=%s][value=%s]').closest('label')" % (name, value))


def clear(browser):
    browser.click(by_text("#filter button", "Clear"))


def walk(browser, address, report):
    """The story."""
    every = findings(report)
    total = len(every)
    states = sorted({finding["state"] for finding in every})
    check({"fixed", "new", "still", "waived"} <= set(states), "the night has findings in the states " + ", ".join(states))
    browser.call("Network.emulateNetworkConditions", {
        "offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})
    browser.look(1280)
    browser.requests.clear()
    browser.open(address)
    check(browser.value("!document.getElementById('filter').hidden"), "the filter shows once the script runs")
    check(browser.value("document.getElementById('matches').hidden"), "and nothing is filtered")

    for severity in ("critical", "high", "medium", "low"):
        toggle(browser, "severity", severity)
        held_to(browser, sum(f["severity"] == severity for f in every), total, severity)
        toggle(browser, "severity", severity)
    toggle(browser, "severity", "critical")
    toggle(browser, "severity", "low")
    held_to(browser, sum(f["severity"] in ("critical", "low") for f in every), total, "critical or low")
    clear(browser)
    for state in states:
        toggle(browser, "state", state)
        held_to(browser, sum(f["state"] == state for f in every), total, state)
        toggle(browser, "state", state)
    check(browser.value("document.getElementById('matches').hidden"), "without a choice all findings are back")

    rule = next(f["rule"] for f in every if f["state"] == "waived")
    choose(browser, "#filter .rules", rule)
    held_to(browser, sum(f["rule"] == rule for f in every), total, "rule " + rule)
    toggle(browser, "state", "waived")
    held_to(browser, sum(f["rule"] == rule and f["state"] == "waived" for f in every), total, "and waived")
    clear(browser)
    for control in sorted({c for f in every for c in f["controls"]})[:4]:
        choose(browser, "#filter .controls", control)
        held_to(browser, sum(control in f["controls"] for f in every), total, "control " + control)
    clear(browser)

    client = every[0]["client"].split()[0]
    browser.click("document.querySelector('#filter input[type=search]')")
    browser.type(client[:6].upper())
    held_to(browser, sum(client[:6] in f["client"] for f in every), total, "client " + client[:6].upper())
    severity = every[0]["severity"]
    toggle(browser, "severity", severity)
    left = sum(client[:6] in f["client"] and f["severity"] == severity for f in every)
    held_to(browser, left, total, "and " + severity)
    shared = browser.value("location.href")
    check("#filter?" in shared and "severity=" + severity in shared, "the filter stands in the address: " + shared.split("#")[1])
    browser.open("about:blank")
    browser.open(shared)
    held_to(browser, left, total, "opened again by that address")
    clear(browser)
    browser.type("no such client")
    held_to(browser, 0, total, "a client that is not there")
    clear(browser)
    check("filter?" not in browser.value("location.hash"), "clearing leaves the address clean")

    browser.press("Tab", 9)
    check(
        browser.value("getComputedStyle(document.activeElement.closest('.choice') || document.activeElement).outlineStyle")
        == "solid", "what has the focus is outlined")
    for width in (1280, 400):
        browser.look(width)
        over = browser.value("document.documentElement.scrollWidth") - width
        check(over <= 0, "the page is no wider than a window of %d" % width if over <= 0 else "it is %d too wide" % over)
    browser.look(1280)
    browser.call("Emulation.setEmulatedMedia", {"media": "print"})
    check(
        browser.value("getComputedStyle(document.getElementById('filter')).display === 'none'"
                      " && getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'"),
        "on paper there is no filter, and the ground is white")
    browser.call("Emulation.setEmulatedMedia", {"media": ""})
    strangers = {url for url in browser.requests if url.split("#")[0] not in (address, "about:blank")}
    check(len(browser.requests) >= 2 and not strangers, "nothing was asked for but the page: %s" % sorted(strangers))
    if browser.complaints:
        raise Failed("the browser complains: " + "; ".join(browser.complaints))
    check(True, "the browser has no complaint: no error, nothing that the policy forbids")


def pictures(browser, address, folder):
    """Leaves pictures of the page, and the page on paper."""
    os.makedirs(folder, exist_ok=True)
    for width in (1280, 400):
        for dark in (False, True):
            browser.look(width, dark=dark)
            browser.open("about:blank")
            browser.open(address)
            # What is beyond the window is not laid out otherwise.
            browser.value("(() => { const s = new CSSStyleSheet(); s.replaceSync('*{content-visibility:visible!important}');"
                          " document.adoptedStyleSheets = [s]; })()")
            name = "report-%d-%s.png" % (width, "dark" if dark else "light")
            with open(os.path.join(folder, name), "wb") as picture:
                picture.write(base64.b64decode(browser.screenshot()))
    with open(os.path.join(folder, "report.pdf"), "wb") as paper:
        paper.write(base64.b64decode(browser.call("Page.printToPDF", {"printBackground": True})["data"]))
    print("pictures are in " + folder)


def main():
    program = chromium()
    if not program:
        print("skipped: there is no Chromium (Debian: apt-get install chromium)")
        return 77
    folder = tempfile.mkdtemp(prefix="audit-browser-")
    browser = None
    try:
        report = night(os.path.abspath(sys.argv[1]), folder)
        address = "file://" + os.path.join(folder, "report.html")
        browser = Browser(program, os.path.join(folder, "profile"))
        walk(browser, address, report)
        if os.environ.get("AUDIT_SCREENSHOTS"):
            pictures(browser, address, os.environ["AUDIT_SCREENSHOTS"])
        return 0
    except Failed as failure:
        print("  FAILED  %s" % failure)
        return 1
    finally:
        if browser:
            browser.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
