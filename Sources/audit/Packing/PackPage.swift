import AuditModel
import AuditPipeline
import Reports
import ReviewPack

/// `index.html`: what a pack is, what is in it, and how to check it, for a person with a browser. Self-contained; its links lead
/// to files of the pack.
struct PackPage {
    let record: ReviewRecord
    let isSigned: Bool
    let textSets: [PackManifest.TextSet]

    var document: String {
        PageFrame.document(title: "Review of \(record.environment), \(record.from.day) to \(record.to.day)") {
            HTML("header") { header }
            HTML("main") {
                tiles
                notices
                Components.contents([
                    ("contents", "What is in it", true), ("check", "How to check it", true),
                    ("runs", "The two runs", true), ("limits", "What it does not show", true),
                ])
                contents
                check
                runs
                limits
            }
            HTML("footer") {
                HTML("p") { "audit \(record.toolVersion) · days in \(record.timeZone), times in UTC" }
            }
        }
    }

    private var header: HTML {
        HTML("div") {
            HTML("p", [.class("overline")]) {
                "Review pack · \(record.environment) · \(record.from.day) → \(record.to.day)"
                if record.to.run.isSynthetic { HTML("span", [.class("badge doubtful")]) { "synthetic data" } }
            }
            HTML("h1") { headline }
        }
    }

    private var headline: String {
        let subject =
            record.client.map { client in
                "client \(Words.label(client))" + (client.name.isEmpty ? "" : ", \(client.name)")
            } ?? "all clients of \(record.environment)"
        return "Review of \(subject): \(Words.countOrNo(failures(record.to), "failure")) on \(record.to.day), "
            + "\(failures(record.from)) on \(record.from.day); "
            + "\(Words.countOrNo(settingsChanges, "settings change")) and "
            + "\(Words.countOrNo(record.difference.verdictChanges.count, "verdict change")) between the two."
    }

    private func failures(_ side: ReviewRecord.Side) -> Int { side.report.failures.count }

    private var settingsChanges: Int { record.difference.settingsChanges.reduce(0) { $0 + $1.clients.count } }

    private var tiles: HTML {
        let nights = record.nights.count
        let gaps = record.daysWithoutRun.count
        let partial = record.nights.count { $0.run.state == .partial || $0.failures > 0 }
        return HTML("dl", [.class("tiles")]) {
            Components.tile(
                "Failures", Words.number(failures(record.to)), "\(Words.number(failures(record.from))) at first",
                tone: failures(record.to) > 0 ? .bad : .good)
            Components.tile("Waived", Words.number(record.to.report.waived.count), "accepted, with an end")
            Components.tile(
                "Unknown", Words.number(record.to.report.unknowns.count), "could not be read",
                tone: record.to.report.unknowns.isEmpty ? .plain : .doubtful)
            Components.tile("Settings changes", Words.number(settingsChanges))
            Components.tile("Verdict changes", Words.number(record.difference.verdictChanges.count))
            Components.tile(
                "Nights", Words.number(nights),
                (gaps == 0 ? "no day without one" : "\(Words.count(gaps, "day")) without one")
                    + (partial == 0 ? "" : ", \(Words.number(partial)) not read in full"),
                tone: gaps + partial > 0 ? .doubtful : .plain)
        }
    }

    private var notices: HTML {
        HTML("div", [.class("notices")]) {
            record.leftOut.map { sentence in HTML("p", [.class("notice doubtful")]) { VisibleText.prose(sentence) } }
        }
    }

    private var contents: HTML {
        var files: [(name: String, meaning: String)] = [
            ("findings/run-to.html", "what failed in the later run, with the settings that it rests on"),
            ("findings/run-from.html", "the same of the earlier run"),
            ("changes/changes.html", "settings and verdicts that moved between the two"),
            ("completeness.csv", "each night of the period: what was read, what failed; days without a run"),
            (
                "waivers.csv",
                record.waivers.isEmpty
                    ? "no waiver was recorded with either run"
                    : "\(Words.count(record.waivers.count, "waiver")): by whom, why, until when"
            ),
            (
                "proofs/settings.csv",
                "\(Words.countOrNo(record.proven.count, "setting")) that \(record.proven.count == 1 ? "has a proof" : "have proofs") of "
                    + "\(record.proven.count == 1 ? "its" : "their") own"
            ),
            (PackNames.checkpoint, "a few lines that stand for the whole log of runs"),
            ("manifest.json", "every file with its SHA-256; SHA256SUMS has the same for sha256sum"),
            (PackNames.record, "what all files for people are rendered from, for programs"),
            (PackNames.readme, "this page as text"),
        ]
        var seen: Set<String> = []
        for text in textSets.flatMap(\.texts) {
            guard let file = text.file, seen.insert(file).inserted else { continue }
            files.append((file, "policy or waiver file \(text.name), as it was recorded"))
        }
        return Components.section("contents", "What is in it") {
            Components.table(
                "Files; findings, changes and tables are there as CSV and JSON, too", ["File", "What"],
                files.map { file in
                    [HTML("a", [.init("href", file.name)]) { file.name }, Components.text(file.meaning)]
                })
        }
    }

    private var check: HTML {
        Components.section("check", "How to check it") {
            HTML("ol") {
                HTML("li") {
                    "Ask for the SHA-256 of the ZIP file by another way than the file took, and compare it with "
                    Components.code("sha256sum FILE.zip")
                    ". In the unpacked folder, "
                    Components.code("sha256sum -c SHA256SUMS")
                    " shows that no file was damaged; somebody who changes a file can change those lines, too."
                }
                HTML("li") {
                    "With the tool: "
                    Components.code("audit pack verify FILE.zip \(isSigned ? "--key KEY" : "--checkpoint HELD")")
                    " follows every proof, reads each verdict and change again from what is proven, and renders each page and "
                    "table again. A file that was edited is named."
                }
                HTML("li") {
                    isSigned
                        ? "The checkpoint is signed: have the log's public key from another source."
                        : "The checkpoint is not signed: compare checkpoint.txt with one that you hold from elsewhere (HELD)."
                }
                HTML("li") {
                    "With Python alone, in the unpacked folder: this shows that the runs are in the log, that results and captures "
                    "are the runs', and counts the failures that the results have."
                    HTML("pre", [.class("tile scroll")]) {
                        PackPython.lines.map { line in
                            HTML("div") { line.isEmpty ? HTML(text: " ") : Components.code(line) }
                        }
                    }
                }
            }
        }
    }

    private var runs: HTML {
        Components.section("runs", "The two runs") {
            Components.table(
                "Both are entries of the log that the checkpoint stands for", ["Run", "Day", "Clients", "Log entry"],
                record.sides.map { side in
                    let entry = record.nights.first { $0.run.id == side.run.id }?.logIndex
                    return [
                        Components.code(side.run.id.rawValue), Components.text(side.day.description),
                        Components.text(Words.number(side.roster.count)),
                        Components.text(entry.map { Words.number($0) } ?? "none"),
                    ]
                })
        }
    }

    private var limits: HTML {
        Components.section("limits", "What it does not show") {
            HTML("ul") {
                HTML("li") {
                    "That the platform said so: what was recorded is proven from the moment that somebody else held a checkpoint."
                }
                HTML("li") {
                    "Since when a rule fails, what moved before the first night here, and why a verdict moved: these rest on nights "
                    "that are not in the pack."
                }
                HTML("li") { "Who changed a setting: the API does not say." }
            }
        }
    }
}
