/// A few bytes of an object or of an address table, changed.
struct Mutation: Hashable, Sendable {
    /// What kind of mistake it could be the trace of.
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case tableBit = "table bit"
        case addressBit = "address table bit"
        case portBoundary = "port boundary"
        case classBoundary = "class boundary"
        case subject
        case direction
        case region = "region boundary"
        case slots = "table slots"
        case constant = "loaded constant"
        case reference
        case immediate
        case register
        case condition
        case width
        case offset
        case target = "jump target"
        case dropped = "dropped instruction"
        case damage

        /// Whether it is one of those that a third of all mutants have to be.
        var isFine: Bool {
            switch self {
            case .tableBit, .addressBit, .portBoundary, .subject, .direction: true
            case .classBoundary, .region, .slots, .constant, .reference, .immediate, .register, .condition,
                .width, .offset, .target, .dropped, .damage:
                false
            }
        }
    }

    /// Where it is, which says what has to be proved anew.
    enum Place: Hashable, Sendable {
        case function(String)
        case section(String)
        /// The address table that a node makes, not the empty one of the object.
        case addresses(String)
    }

    struct Patch: Hashable, Sendable {
        let offset: Int
        let bytes: [UInt8]
    }

    let kind: Kind
    let place: Place
    /// What was done, as in `casa_verdict 7: if w2 >= 0x106138a goto +3  →  if w2 >= 0x1061389 goto +3`.
    let words: String
    let patches: [Patch]

    func applied(to bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for patch in patches {
            result.replaceSubrange(patch.offset..<patch.offset + patch.bytes.count, with: patch.bytes)
        }
        return result
    }

    /// Whether anything is different afterwards.
    func changes(_ bytes: [UInt8]) -> Bool {
        patches.contains { patch in
            Array(bytes[patch.offset..<patch.offset + patch.bytes.count]) != patch.bytes
        }
    }
}
