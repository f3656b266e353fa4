import AuditModel
import AuditPipeline
import Evidence
import Reports
import ReviewPack

/// The words for whoever gets a pack and has none of our tools.
struct PackReadme {
    let record: ReviewRecord
    let isSigned: Bool

    var text: String {
        let mark =
            record.to.run.isSynthetic
            ? "SYNTHETIC: these are an emulator's data. They prove nothing about a real platform.\n\n" : ""
        let subject = record.client.map { "client \($0.id)" } ?? "all clients of \(record.environment)"
        let signature =
            isSigned
            ? "It is signed: check the signature with the log's public key, which you should have from another source."
            : "It is not signed: compare it with a checkpoint (HELD) that you got by another way."
        let leftOut =
            record.leftOut.isEmpty ? "" : "\nNOT IN HERE\n" + record.leftOut.map { "  " + $0 + "\n" }.joined()
        return Self.visible(
            """
            REVIEW OF LIVEVOX SETTINGS

            \(mark)Of \(subject), from the run of \(record.from.day) (\(record.from.run.id))
            to the run of \(record.to.day) (\(record.to.run.id)).
            Days are told in \(record.timeZone). Made by audit \(record.toolVersion).

            WHAT IS IN IT
              index.html                  what this is, in a browser, with links to the rest
              findings/run-to.html        what failed in the later run (also as .csv and .json)
              findings/run-from.html      the same of the earlier run
              changes/changes.html        settings and verdicts that moved between the two
              changes/json-patch.json     the same for programs (RFC 6902)
              completeness.csv            each night of the period: what was read, what failed; days without a run
              waivers.csv                 accepted failures: by whom, why, until when
              texts/                      policy and waiver files as they were recorded with the runs
              checkpoint.txt              a few lines that stand for the whole log of runs
              proofs/                     that the runs, their verdicts, the changed documents, and the settings in
                                          proofs/settings.csv, are in that log
              record.json                 what all files for people are rendered from, for 'audit pack verify'
              manifest.json, SHA256SUMS   every file with its SHA-256

            HOW TO CHECK IT WITHOUT ANY TOOL OF OURS
              1. Nothing was changed since it was packed: in the unpacked folder,
                   sha256sum -c SHA256SUMS         (macOS: shasum -a 256 -c SHA256SUMS)
                 Somebody who changes a file can change SHA256SUMS, too. So ask for the SHA-256 of the whole
                 ZIP file by another way (a call, a mail from another person), and compare it with
                   sha256sum FILE.zip
              2. The checkpoint is that of the log. \(signature)
                 It is in the form of c2sp.org/tlog-checkpoint; each proof leads to it.
              3. The runs are in the log: SHA-256 of a zero byte and proofs/run-to.leaf.json is the leaf; with the
                 hashes in proofs/run-to.tlog-proof (c2sp.org/tlog-proof@v1) it leads to the root in checkpoint.txt
                 (RFC 6962). proofs/consistency.json shows that nothing before was changed or taken out since the
                 earlier run.
              4. The verdicts are those of the runs: each line of proofs/run-to.results.ndjson is a client with the
                 SHA-256 of its line in proofs/results.ndjson, where each rule's verdict stands (an id alone: pass).
                 SHA-256 of a zero byte and a line is its leaf; the leaves lead to "results" in run-to.leaf.json.
                 Lines with "audit-hidden" stand for clients that this pack is not of.
              5. A setting was so: each file in proofs/settings/ has the captured document, whose SHA-256 is named in
                 the capture's leaf, which leads to the run's leaf, which leads to the checkpoint. What changed is
                 between documents in proofs/documents.ndjson, which proofs/run-*.captures.ndjson name.
              6. The policies are those of the run: run-to.leaf.json names the policySet and the waiverSet; manifest.json
                 lists their files, and says how each digest is made under docs/review-pack.md of the tool.
              Steps 2 to 4 are some thirty lines of Python, which index.html shows.

            WITH THE TOOL
              audit pack verify FILE.zip \(isSigned ? "--key KEY" : "--checkpoint HELD")
              It does all that, reads each verdict and change again from what is proven, and renders each file for
              people again: one that was edited is named, whatever SHA256SUMS says.

            WHAT IT DOES NOT SHOW
              That the platform said so: what was recorded is proven from the moment that somebody else held a
              checkpoint. Since when a rule fails, what moved before the first night here, and why a verdict moved
              (its cause) rest on nights that are not in here. Who changed a setting is not known: the API does not say.
            \(leftOut)
            """)
    }

    /// Names may hold anything; a text file must show what they are.
    private static func visible(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { VisibleText.of(String($0)) }
            .joined(separator: "\n")
    }
}
