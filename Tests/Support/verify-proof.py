"""Checks a proof of one setting by its text alone: an implementation of its own, of nothing but hashlib and arithmetic.

    python3 verify-proof.py PROOF --key NAME+ID+BASE64 [--origin ORIGIN]

PROOF is a file that `audit prove` wrote, or - for standard input. Prints what is proven and ends with 0; else prints why
not and ends with 1.
"""

import argparse
import base64
import hashlib
import json
import re
import sys

# Ed25519 (RFC 8032 section 5.1): the curve -x² + y² = 1 + d x² y² modulo P; points in extended coordinates.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Refused(Exception):
    """The proof does not hold; says why."""


def require(holds, why):
    if not holds:
        raise Refused(why)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def decompressed(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    require(y < P, "a point of the signature is not on the curve")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    require((x * x - square) % P == 0 and not (x == 0 and sign), "a point of the signature is not on the curve")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decompressed((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public_key, text, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + text).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left = multiply(scalar, BASE)
    right = add(decompressed(signature[:32]), multiply(challenge, decompressed(public_key)))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# Text forms


def decoded(text, what):
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused(f"{what} is not base64") from None


def number(text, what):
    require(re.fullmatch(r"0|[1-9][0-9]*", text, re.ASCII), f"{what} is not a number")
    return int(text)


def without_duplicates(pairs):
    require(len({key for key, _ in pairs}) == len(pairs), "a key stands twice in one object")
    return dict(pairs)


def parsed(text, what):
    try:
        return json.loads(text, object_pairs_hook=without_duplicates)
    except ValueError:
        raise Refused(f"{what} is not JSON") from None


def key_of(vkey):
    name, key_id, encoded = vkey.split("+", 2)
    encoded = decoded(encoded, "the key")
    expected = hashlib.sha256(name.encode() + b"\n" + encoded).hexdigest()[:8]
    require(key_id == expected and encoded[:1] == b"\x01" and len(encoded) == 33, "the key is not an Ed25519 key")
    return name, bytes.fromhex(key_id), encoded[1:]


def opened(note, key):
    """The text of a signed note whose signature with the key holds."""
    text, separator, signatures = note.rpartition("\n\n")
    require(separator and signatures.endswith("\n"), "the checkpoint is not signed")
    text += "\n"
    name, key_id, public_key = key
    found = False
    for line in signatures[:-1].split("\n"):
        fields = line.split(" ")
        require(len(fields) == 3 and fields[0] == "\u2014", "the checkpoint has a line that is no signature")
        signature = decoded(fields[2], "a signature")
        if fields[1] == name and signature[:4] == key_id:
            require(is_signed(public_key, text.encode(), signature[4:]), "the checkpoint's signature is wrong")
            found = True
    require(found, "the checkpoint is not signed with this key")
    return text


# Merkle trees (RFC 6962)


def leaf_hash(content):
    return hashlib.sha256(b"\x00" + content).digest()


def root(index, size, leaf, siblings):
    """The root by the recursive definition of the audit path, from the top: not the algorithm that the tool uses."""
    require(0 <= index < size, "the entry is not in a tree of that size")
    if size == 1:
        require(not siblings, "the proof has too many hashes")
        return leaf
    require(siblings, "the proof has too few hashes")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        left, right = root(index, half, leaf, siblings[:-1]), siblings[-1]
    else:
        left, right = siblings[-1], root(index - half, size - half, leaf, siblings[:-1])
    return hashlib.sha256(b"\x01" + left + right).digest()


# Settings

ABSENT = object()
STEP = re.compile(
    r"\.(?P<key>[A-Za-z0-9_$-]+)"
    r'|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]'
    r"|\[(?P<index>[0-9]+)\]"
    r'|\[(?P<name>[A-Za-z0-9_$-]+)=(?P<value>"(?:[^"\\]|\\.)*"|[^\]#]*)(?:#(?P<occurrence>[0-9]+))?\]',
    re.ASCII,
)


def selector(text):
    if re.fullmatch(r'".*"|-?[0-9]+|true|false|null', text, re.ASCII | re.DOTALL):
        return json.loads(text)
    return text


def same(one, other):
    """Whether two JSON values are the same: in Python, True is 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def step_into(value, step):
    """What a step leads to; ABSENT where there is nothing."""
    if step["index"] is not None:
        index = int(step["index"])
        return value[index] if isinstance(value, list) and index < len(value) else ABSENT
    if step["name"] is not None:
        wanted = selector(step["value"])
        elements = value if isinstance(value, list) else []
        found = [e for e in elements if isinstance(e, dict) and step["name"] in e and same(e[step["name"]], wanted)]
        if step["occurrence"] is not None:
            found = found[int(step["occurrence"]) - 1 :][:1]
        require(len(found) <= 1, "the path names several places")
        return found[0] if found else ABSENT
    key = step["key"] if step["key"] is not None else json.loads(step["quoted"])
    return value[key] if isinstance(value, dict) and key in value else ABSENT


def value_at(path, document):
    group = re.match(r"[A-Za-z]+", path).group()
    position, value = len(group), document
    while position < len(path):
        step = STEP.match(path, position)
        require(step, "the path cannot be read")
        value = value if value is ABSENT else step_into(value, step)
        position = step.end()
    return group, value


# The proof


def verify(text, vkey, origin):
    proof = parsed(text, "the proof")
    require(proof.get("format") == "audit-setting-proof" and proof.get("version") == 1, "this is no proof of a setting")
    document = proof["document"].encode()
    group, found = value_at(proof["path"], parsed(document, "the document"))
    stated = proof.get("value", ABSENT)
    absent = found is ABSENT or stated is ABSENT
    require(found is stated if absent else same(found, stated), "the document has another value at the path")

    capture_bytes = proof["capture"]["leaf"].encode()
    capture = parsed(capture_bytes, "the capture")
    require(capture.get("format") == "audit-capture" and capture.get("version") == 1, "this is no capture")
    require(capture.get("document") == hashlib.sha256(document).hexdigest(), "the capture is of another document")
    require(capture["group"] == group, "the capture is of another group")

    run_bytes = proof["run"]["leaf"].encode()
    run = parsed(run_bytes, "the run")
    require(run.get("format") == "audit-run" and run.get("version") == 1, "this is no run")
    require(run["environment"] == capture["environment"], "the capture is of another environment")
    place = proof["capture"]
    siblings = [bytes.fromhex(hash) for hash in place["hashes"]]
    require(place["count"] == run["captures"]["count"], "the run has another number of captures")
    captures_root = root(place["index"], place["count"], leaf_hash(capture_bytes), siblings)
    require(captures_root.hex() == run["captures"]["root"], "the capture is not one of that run")

    head, _, checkpoint = proof["log"].partition("\n\n")
    header, *lines = head.split("\n")
    require(header == "c2sp.org/tlog-proof@v1", "the proof of the log is of another format")
    if lines and lines[0].startswith("extra "):
        lines = lines[1:]
    require(lines and lines[0].startswith("index "), "the proof of the log has no index")
    index = number(lines[0][6:], "the index")
    key = key_of(vkey)
    signed = opened(checkpoint, key).split("\n")
    require(len(signed) >= 4 and signed[0] == (origin or key[0]), "the checkpoint is of another log")
    size = number(signed[1], "the checkpoint's size")
    log_root = root(index, size, leaf_hash(run_bytes), [decoded(line, "a hash") for line in lines[1:]])
    require(log_root == decoded(signed[2], "the checkpoint's root"), "the run is not in the log")

    value = "nothing" if found is ABSENT else json.dumps(found, ensure_ascii=False, sort_keys=True)
    return (
        f"{proof['path']} = {value} for client {capture['environment']}/{capture['client']} in run {run['run']}, "
        f"entry {index} of {size} in {signed[0]}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("proof")
    parser.add_argument("--key", required=True)
    parser.add_argument("--origin")
    options = parser.parse_args()
    try:
        if options.proof == "-":
            text = sys.stdin.buffer.read().decode()
        else:
            with open(options.proof, encoding="utf-8", newline="") as file:
                text = file.read()
        sys.stdout.reconfigure(encoding="utf-8")
        print(verify(text, options.key, options.origin))
    except (Refused, KeyError, TypeError, ValueError, AttributeError, RecursionError) as reason:
        print(f"refused: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
