import CasaDiagnostics
import CasaYAML
import Testing

@Suite("Damaged files are read or refused, and nothing else")
struct MutationTests {
    private static let policy = """
        apiVersion: casa.io/v1alpha1
        kind: CASAPolicy
        metadata:
          name: &name "payments-é"
          labels: {app: *name, tier: 'back end'}
        spec:
          targetRef:
            kind: Deployment
            name: *name
          description: >-
            folded text
            over lines 漢字 🎉

          script: |
            {{ not.a.template }}
          endpoints:
          - name: ledger   # comment
            port: 8080
            protocols: [mcp, a2a]
          - !!str name: "x\\u00e9\\n"
            ? port
            : 80
        ---
        # Source: empty
        ---
        {"kind": "List", "items": [1, null, {"a": [true]}]}

        """

    @Test("the policy itself is fine")
    func intact() {
        let reading = Reading(Self.policy)
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.documents?.count == 2)
    }

    @Test("random damage never traps and every place lies in the file", arguments: 1...8)
    func damage(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let original = Array(Self.policy.utf8)
        let spice =
            Array("\t\n\r :-?[]{}&*!|>'\"%@`#,<~.\\\u{0}\u{1B}".utf8) + [
                0xC3, 0xFF, 0xE2, 0x80, 0xA8, 0xEF, 0xBB, 0xBF,
            ]
        for _ in 0..<1500 {
            var bytes = original
            for _ in 0...Int.random(in: 0...4, using: &random) {
                let offset = Int.random(in: 0..<bytes.count, using: &random)
                let byte = spice.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[offset] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes[offset] = byte
                case 2: bytes.insert(byte, at: offset)
                case 3:
                    bytes.removeSubrange(
                        offset..<min(bytes.count, offset + Int.random(in: 1...20, using: &random)))
                default: bytes.insert(contentsOf: bytes[offset..<min(bytes.count, offset + 12)], at: offset)
                }
            }
            let reading = Reading(bytes)
            try check(reading)
        }
    }

    @Test("every beginning of the policy is read or refused")
    func truncated() throws {
        let bytes = Array(Self.policy.utf8)
        for count in 0...bytes.count { try check(Reading(Array(bytes.prefix(count)))) }
    }

    /// Errors and documents exclude each other but for duplicates; ranges are in the file and in each other.
    private func check(_ reading: Reading) throws {
        let refused = reading.diagnostics.contains { $0.code != .duplicateKey }
        #expect(refused == (reading.documents == nil))
        for label in reading.diagnostics.flatMap(\.labels) {
            #expect(label.range.bytes.upperBound <= reading.file.bytes.count)
        }
        let whole = 0..<reading.file.bytes.count
        for document in reading.documents ?? [] {
            checkRanges(document.root, within: whole, isAliased: false)
        }
        for format in Format.allCases {
            let text = Rendering(format: format, width: 60, colour: false).text(reading.diagnostics)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        }
    }

    private func checkRanges(_ node: YAMLNode, within outer: Range<Int>, isAliased: Bool) {
        let bytes = node.origin.bytes
        #expect(isAliased || (outer.lowerBound <= bytes.lowerBound && bytes.upperBound <= outer.upperBound))
        // The parts of an aliased value stand at its anchor.
        let isAlias = isAliased || node.origin.text.hasPrefix("*")
        for child in node.sequence ?? [] { checkRanges(child, within: bytes, isAliased: isAlias) }
        for entry in node.mapping ?? [] {
            let key = entry.key.origin.bytes
            #expect(isAlias || (bytes.lowerBound <= key.lowerBound && key.upperBound <= bytes.upperBound))
            checkRanges(entry.value, within: bytes, isAliased: isAlias)
        }
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
