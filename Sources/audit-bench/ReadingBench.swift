import AuditModel
import Foundation

/// Bodies parsed, beside Foundation's parser.
enum ReadingBench {
    static func run() throws {
        let bodies = SampleFleet.snapshots(200).flatMap { snapshot in
            SettingsGroup.allCases.compactMap { snapshot.groups[$0].value.map(CanonicalJSON.bytes(of:)) }
        }
        let ours = try Measure.operationsPerSecond(bodies.count) {
            var objects = 0
            for body in bodies { if try JSONReader.value(of: body) != .null { objects += 1 } }
            return objects
        }
        let datas = bodies.map { Data($0) }
        let reference = try Measure.operationsPerSecond(bodies.count) {
            var objects = 0
            for data in datas {
                // Foundation's reader keeps no difference between 1 and 1.0, takes duplicate keys and rounds integers.
                if try JSONSerialization.jsonObject(with: data) is NSNull == false { objects += 1 }
            }
            return objects
        }
        Measure.print("bodies read", ours, reference: ("Foundation's JSONSerialization", reference), bar: nil)
    }
}
