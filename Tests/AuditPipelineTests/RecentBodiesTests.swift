import AuditModel
import AuditTestSupport
import Testing

@testable import AuditPipeline

@Suite struct RecentBodiesTests {
    @Test func `a body has its own digest, whatever was remembered before`() {
        var generator = SeededGenerator(seed: .random(in: 0...UInt64.max))
        var recent = RecentBodies()
        var computed = 0
        let rounds = 4000
        for _ in 0..<rounds {
            // Many bodies are alike at the beginning, in the middle and at the end.
            var bytes = [UInt8](repeating: 7, count: Int.random(in: 0...40, using: &generator))
            if !bytes.isEmpty, Bool.random(using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...3, using: &generator)
            }
            let group = SettingsGroup.allCases.randomElement(using: &generator) ?? .internal
            let digest = recent.digest(of: bytes, group: group) { bytes in
                computed += 1
                return Digest(of: [UInt8(group.rawValue.utf8.count)] + bytes)
            }
            #expect(
                digest == Digest(of: [UInt8(group.rawValue.utf8.count)] + bytes), "seed \(generator.seed): \(bytes)")
        }
        #expect(computed < rounds)
    }
}
