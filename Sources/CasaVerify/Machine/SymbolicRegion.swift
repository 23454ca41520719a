package import CasaSMT

/// A stretch of memory, and what is known of its content.
package struct SymbolicRegion {
    package enum Content {
        /// Each byte as a term; `nil` was never written. Programs may write where `isWritable`.
        case bytes([BitVector?], isWritable: Bool)
        /// Nothing is known but that the same place always holds the same; programs only read it.
        case unknown
        /// Nothing is known, not even that: others write it too. What a program writes here is forgotten.
        case shared
    }

    /// What it is called in names of variables and in refusals.
    package let name: String
    package var content: Content
    /// How far it reaches; of bytes, as many as there are.
    package let byteCount: UInt64

    /// Of content that is unknown, `byteCount` says how far it reaches: four GiB where nobody knows.
    package init(name: String, content: Content, byteCount: Int = 1 << 32) {
        self.name = name
        self.content = content
        if case .bytes(let bytes, isWritable: _) = content {
            self.byteCount = UInt64(bytes.count)
        } else {
            self.byteCount = UInt64(byteCount)
        }
    }
}

/// Where regions lie: a number in the upper bits of an address, an offset in the lower 40.
package enum SymbolicPlace {
    static let offsetBits = 40

    /// The address of the first byte of region `index`.
    package static func address(ofRegion index: Int) -> UInt64 { UInt64(index + 1) << UInt64(offsetBits) }

    static func region(of address: UInt64) -> Int? {
        let number = Int(address >> UInt64(offsetBits))
        return number == 0 ? nil : number - 1
    }

    static func offset(of address: UInt64) -> UInt64 { address & (1 << UInt64(offsetBits) - 1) }
}
