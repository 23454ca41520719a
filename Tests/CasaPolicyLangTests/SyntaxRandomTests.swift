import CasaDiagnostics
import CasaPolicyLang
import Testing

@Suite("Damaged documents")
struct SyntaxRandomTests {
    @Test("whatever is read, it is read without a trap, and refused only with an error", arguments: 0..<200)
    func mutations(seed: Int) {
        var generator = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        var bytes = Array(SyntaxIndentationTests.documents.joined(separator: "---\n").utf8)
        let alphabet = Array("\n :-{}[]'\"*&#|>$.0aA_\u{E9}".utf8)
        for _ in 0..<1 + seed % 7 {
            let place = Int(generator.next() % UInt64(bytes.count))
            switch generator.next() % 3 {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(alphabet[Int(generator.next() % UInt64(alphabet.count))], at: place)
            default: bytes[place] = alphabet[Int(generator.next() % UInt64(alphabet.count))]
            }
        }
        let reading = SyntaxReading(String(decoding: bytes, as: UTF8.self))
        #expect(
            (reading.syntax == nil) == reading.diagnostics.contains { $0.severity == .error }, "seed \(seed)")
        for diagnostic in reading.diagnostics {
            let range = diagnostic.primary?.bytes ?? 0..<0
            #expect(range.upperBound <= diagnostic.primary?.file.bytes.count ?? 0, "seed \(seed)")
        }
    }

    @Test("a file of many documents is read in time that grows with its size")
    func size() {
        let policies = (0..<2000).map {
            SyntaxIndentationTests.documents[1].replacing("agent-policy", with: "p\($0)")
        }
        let reading = SyntaxReading(policies.joined(separator: "---\n"))
        #expect(reading.syntax?.policies.count == 2000)
    }

    /// The generator SplitMix64: the same numbers everywhere.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
            return word ^ word >> 31
        }
    }
}
