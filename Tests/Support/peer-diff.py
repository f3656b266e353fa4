"""What differs between the first and the last night of a store of audit, by hand: what one would write in an afternoon.

Usage: peer-diff.py DATABASE. Prints how many settings changed, clients counted, and how many verdicts moved, as JSON. Only
documents that differ are parsed; lists are compared by key, as audit does.
"""

import json
import sqlite3
import sys

db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
runs = [row for (row,) in db.execute("SELECT id FROM run WHERE state <> 'open' ORDER BY started_at")]
KEYS = {"property": "key", "voice": "id", "countries": "id"}


def document(number):
    (text,) = db.execute("SELECT json FROM document WHERE id = ?", (number,)).fetchone()
    return json.loads(text)


def changes(before, after, name):
    """How many leaves differ; an element that only one side has is one."""
    if isinstance(before, dict) and isinstance(after, dict):
        return sum(
            changes(before[key], after[key], key) if key in before and key in after else 1
            for key in before.keys() | after.keys()
        )
    if isinstance(before, list) and isinstance(after, list) and name in KEYS:
        return changes(*({entry[KEYS[name]]: entry for entry in side} for side in (before, after)), None)
    return int(type(before) is not type(after) or before != after)


def night(run):
    return {
        row[0]: row[1:]
        for row in db.execute(
            "SELECT client_number, internal_id, settings_id, messaging_id, voice_pool_id, countries_id, results_id "
            "FROM client_night WHERE run_id = ?",
            (run,),
        )
    }


def verdicts(number):
    (text,) = db.execute("SELECT json FROM results WHERE id = ?", (number,)).fetchone()
    return dict(
        (result, "pass") if isinstance(result, str) else (result["rule"], result["verdict"])
        for result in json.loads(text)
    )


earlier, later = night(runs[0]), night(runs[-1])
settings = moved = 0
for client in sorted(earlier.keys() & later.keys()):
    before, after = earlier[client], later[client]
    for one, other in zip(before[:5], after[:5]):
        if one > 0 and other > 0 and one != other:
            settings += changes(document(one), document(other), "countries")
    if before[5] != after[5]:
        one, other = verdicts(before[5]), verdicts(after[5])
        moved += sum("unknown" not in (one[rule], other[rule]) and one[rule] != other[rule] for rule in one)
print(json.dumps({"settings": settings, "moved": moved}))
