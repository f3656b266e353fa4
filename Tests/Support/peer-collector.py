"""The night's fetching as a Python engineer would write it with asyncio and aiohttp: the peer of `make bench`.

One login a client, five reads, every body into SQLite; at most CONCURRENCY requests at once.

    python3 peer-collector.py FOLDER CONCURRENCY

FOLDER is what `audit emulator --write-config` wrote. Prints nothing; the exit status is 0 when every read gave 200.
"""

import asyncio
import csv
import json
import re
import sqlite3
import sys

import aiohttp

GROUPS = ["internal", "settings", "messaging", "voicePool"]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


async def main(folder, concurrency):
    base = re.search(r'baseURL: "([^"]+)"', read(f"{folder}/audit.yaml")).group(1)
    with open(f"{folder}/clients.csv", encoding="utf-8") as file:
        clients = [(int(row["id"]), row["code"]) for row in csv.DictReader(file)]
    database = sqlite3.connect(f"{folder}/peer.sqlite")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE body (client INTEGER, kind TEXT, json TEXT)")
    queue = asyncio.Queue()
    for client in clients:
        queue.put_nowait(client)
    failures = 0
    waiting = []

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as http:

        async def work():
            nonlocal failures
            while not queue.empty():
                number, code = queue.get_nowait()
                secrets = f"{folder}/secrets/{code}"
                login = {
                    "clientName": code,
                    "userName": read(secrets + ".user"),
                    "password": read(secrets + ".password"),
                    "agent": False,
                }
                headers = {"LV-Access": read(secrets + ".token")}
                async with http.post(f"{base}/session/login", json=login, headers=headers) as answer:
                    session = (await answer.json())["sessionId"]
                paths = [(group, f"clients/{number}/{group}") for group in GROUPS]
                paths.append(("countries", "clients/countries"))
                for group, path in paths:
                    headers = {"LV-Session": session, "Accept": "application/json"}
                    async with http.get(f"{base}/configuration/{path}", headers=headers) as answer:
                        body = await answer.read()
                        if answer.status != 200:
                            failures += 1
                        # What is stored is at least known to be JSON.
                        waiting.append((number, group, json.dumps(json.loads(body), sort_keys=True)))
                if len(waiting) >= 320:
                    database.executemany("INSERT INTO body VALUES (?, ?, ?)", waiting)
                    database.commit()
                    waiting.clear()

        await asyncio.gather(*(work() for _ in range(concurrency)))
    database.executemany("INSERT INTO body VALUES (?, ?, ?)", waiting)
    database.commit()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1], int(sys.argv[2]))))
