#!/usr/bin/env python3
"""Writes the tables of Sources/LinearRegex/Characters from the files of the Unicode Character Database.

    make-unicode-tables.py FOLDER      # Debian's package unicode-data puts them in /usr/share/unicode

FOLDER holds Scripts.txt, CaseFolding.txt and extracted/DerivedGeneralCategory.txt (or DerivedGeneralCategory.txt).
"""
import os
import re
import sys
import textwrap

FOLDER = sys.argv[1]
TARGET = os.path.join(os.path.dirname(__file__), "../../Sources/LinearRegex/Characters")


def path(name):
    nested = os.path.join(FOLDER, "extracted", name)
    return nested if os.path.exists(nested) else os.path.join(FOLDER, name)


def version():
    with open(path("Scripts.txt"), encoding="utf-8") as file:
        return re.search(r"Scripts-([\d.]+)\.txt", file.readline()).group(1)


def ranges_by_value(name):
    found = {}
    with open(path(name), encoding="utf-8") as file:
        for line in file:
            match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
            if match:
                low = int(match.group(1), 16)
                found.setdefault(match.group(3), []).append((low, int(match.group(2) or match.group(1), 16)))
    return {key: merged(found[key]) for key in sorted(found)}


def merged(ranges):
    result = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return result


def orbits():
    """The sets of scalars that simple folding (status C and S) makes equal."""
    members = {}
    with open(path("CaseFolding.txt"), encoding="utf-8") as file:
        for line in file:
            match = re.match(r"([0-9A-F]+); ([CS]); ([0-9A-F]+);", line)
            if match:
                folded = int(match.group(3), 16)
                members.setdefault(folded, {folded}).add(int(match.group(1), 16))
    return sorted(sorted(orbit) for orbit in members.values())


def write(file_name, comment, member, entries):
    lines = []
    for entry in entries:
        wrapped = textwrap.wrap(entry, 108, break_long_words=False, break_on_hyphens=False)
        lines += [line + " \\" for line in wrapped[:-1]] + [wrapped[-1]]
    with open(os.path.join(TARGET, file_name), "w", encoding="utf-8") as file:
        file.write("// Written by Tests/Support/make-unicode-tables.py; change that, not this.\n\n")
        file.write("extension UnicodeTables {\n")
        file.write("".join(f"    /// {line}\n" for line in textwrap.wrap(comment, 104)))
        file.write(f'    static let {member} = """\n')
        file.write("".join(f"        {line}\n" for line in lines))
        file.write('        """\n}\n')


def hexadecimal(ranges):
    return " ".join(f"{low:X}" if low == high else f"{low:X}-{high:X}" for low, high in ranges)


def named(tables):
    return [f"{name} {hexadecimal(ranges)}" for name, ranges in tables.items()]


release = version()
categories = {name: ranges for name, ranges in ranges_by_value("DerivedGeneralCategory.txt").items() if name != "Cn"}
form = "One a line: its name, then its scalars and ranges of scalars in hexadecimal."
write("UnicodeTables+Categories.swift", f"The general categories of Unicode {release}, without Cn. {form}",
      "categories", named(categories))
write("UnicodeTables+Scripts.swift", f"The scripts of Unicode {release}. {form}", "scripts",
      named(ranges_by_value("Scripts.txt")))
write("UnicodeTables+Folding.swift",
      f"The scalars that simple case folding of Unicode {release} (CaseFolding.txt, status C and S) makes equal: the "
      "members of one set are joined by commas, in hexadecimal.",
      "foldingOrbits", [" ".join(",".join(f"{scalar:X}" for scalar in orbit) for orbit in orbits())])
