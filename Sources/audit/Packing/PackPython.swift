/// How a pack is checked by nothing but Python's own library: for whoever does not want to trust our program. `index.html` shows
/// it; a test runs it.
enum PackPython {
    static let lines = """
        from base64 import b64decode; from hashlib import sha256; from json import loads
        H = lambda b: sha256(b).digest()
        lines = lambda name: open(name, "rb").read().split(b"\\n")[:-1]
        def tree(name):                  # (number of leaves, hash) of each line
            parts = []
            for line in lines(name):
                leaf = loads(line)
                hidden = leaf["format"] == "audit-hidden"
                parts.append((leaf["count"], bytes.fromhex(leaf["hash"])) if hidden else (1, H(b"\\0" + line)))
            return sum(n for n, _ in parts), parts
        def root(parts, size):           # RFC 6962, section 2.1
            if parts[0][0] == size: return parts.pop(0)[1]
            left = 1 << ((size - 1).bit_length() - 1)
            return H(b"\\1" + root(parts, left) + root(parts, size - left))
        _, entries, head = open("checkpoint.txt").read().split("\\n")[:3]
        size, parts = tree("proofs/log.ndjson")
        assert size == int(entries) and root(parts, size) == b64decode(head), "the log"
        vectors = {H(line).hex(): loads(line) for line in lines("proofs/results.ndjson")}
        for side in ("from", "to"):
            leaf = open(f"proofs/run-{side}.leaf.json", "rb").read()
            assert leaf in lines("proofs/log.ndjson"), "the run"
            run, failures = loads(leaf), []
            for kind in ("captures", "results"):
                size, parts = tree(f"proofs/run-{side}.{kind}.ndjson")
                assert (size, root(parts, size).hex()) == (run[kind]["count"], run[kind]["root"]), kind
            for leaf in map(loads, lines(f"proofs/run-{side}.results.ndjson")):
                if leaf.get("results"):
                    failures += [(leaf["client"], r["rule"]) for r in vectors[leaf["results"]]
                                 if isinstance(r, dict) and r["verdict"] == "fail"]
            print(side, run["run"], len(failures), "failures, waived ones included")
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
