"""The ten rules of HistoryBench by hand over a store of audit: what one would write in an afternoon.

Usage: peer-backtest.py DATABASE. Prints the failing and unknown client-nights of each rule as JSON. Every different
document is parsed once; rows are read in id form; labels are those of each night's roster.
"""

import json
import re
import sqlite3
import sys

db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
documents = {}


def document(number):
    """The parsed body of a document; None where there is none."""
    if number <= 0:
        return None
    if number not in documents:
        (text,) = db.execute("SELECT json FROM document WHERE id = ?", (number,)).fetchone()
        documents[number] = json.loads(text)
    return documents[number]


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def between(low, high):
    return lambda value: is_integer(value) and low <= value <= high


def requeues(body):
    values = [entry.get("value") for entry in body.get("property", []) if entry.get("key") == "requeue_limit"]
    return bool(values) and all(
        isinstance(value, str) and re.fullmatch(r"[+-]?\d+", value) and int(value) <= 15 for value in values
    )


INTERNAL, SETTINGS, MESSAGING, VOICES = range(4)


def key(name, test):
    return lambda body: name in body and test(body[name])


def true(value):
    return value is True


RULES = [
    ("H-01", INTERNAL, key("encryptCcsPassword", true)),
    ("H-02", INTERNAL, key("maxFailedCcsLoginAttempts", between(1, 5))),
    ("H-03", INTERNAL, key("maxFailedAcdLoginAttempts", between(1, 6))),
    ("H-04", INTERNAL, key("passwordExpirationDays", between(1, 90))),
    ("H-05", INTERNAL, key("maxDailyAttempts", between(1, 7))),
    ("H-06", INTERNAL, key("callRecordingDays", between(30, 2**31 - 1))),
    ("H-07", SETTINGS, key("scrubWireless", true)),
    ("H-08", SETTINGS, key("acctRealtimeDnc", true)),
    ("H-09", VOICES, lambda body: all(voice.get("id") in (1, 2, 3, 5) for voice in body.get("voice", [None]))),
    ("H-10", MESSAGING, requeues),
]

fail = {rule: 0 for rule, _, _ in RULES}
unknown = dict(fail)
labels = {number: json.loads(text) for number, text in db.execute("SELECT id, labels FROM client_facts")}
numbers = dict(db.execute("SELECT id, number FROM client_facts"))
runs = db.execute(
    "SELECT run.id, members FROM run JOIN roster ON roster.id = roster_id WHERE state <> 'open' ORDER BY started_at"
).fetchall()
for run, members in runs:
    production = {numbers[member] for member in json.loads(members) if labels[member].get("env") == "prod"}
    rows = db.execute(
        "SELECT client_number, internal_id, settings_id, messaging_id, voice_pool_id FROM client_night WHERE run_id = ?",
        (run,),
    )
    for client, *ids in rows.fetchall():
        bodies = [document(number) for number in ids]
        for rule, group, test in RULES:
            if rule == "H-10" and client not in production:
                continue
            body = bodies[group]
            if body is None:
                unknown[rule] += 1
            elif not test(body):
                fail[rule] += 1

print(
    json.dumps(
        {
            "rules": [
                {"rule": rule, "clientNights": {"fail": fail[rule], "unknown": unknown[rule]}} for rule, _, _ in RULES
            ]
        }
    )
)
