/// Turns libyaml's positions, counted in Unicode scalars, into byte offsets of the file.
struct ScalarOffsets {
    private static let stride = 64

    private let bytes: [UInt8]
    private let content: Range<Int>
    /// The byte offset of every 64th scalar; nothing where every scalar is one byte.
    private let checkpoints: [Int]

    /// Takes text that is known to be UTF-8.
    init(_ bytes: [UInt8], _ content: Range<Int>) {
        self.bytes = bytes
        self.content = content
        guard bytes[content].contains(where: { $0 >= 0x80 }) else {
            checkpoints = []
            return
        }
        var offsets: [Int] = []
        offsets.reserveCapacity(content.count / Self.stride + 1)
        var scalars = 0
        for offset in content where bytes[offset] & 0xC0 != 0x80 {
            if scalars.isMultiple(of: Self.stride) { offsets.append(offset) }
            scalars += 1
        }
        checkpoints = offsets
    }

    /// The byte at which a scalar begins; the end of the text for those behind the last.
    func byte(ofScalar scalar: Int) -> Int {
        guard !checkpoints.isEmpty else { return min(content.lowerBound + scalar, content.upperBound) }
        let checkpoint = scalar / Self.stride
        guard checkpoint < checkpoints.count else { return content.upperBound }
        var offset = checkpoints[checkpoint]
        var remaining = scalar % Self.stride
        while remaining > 0, offset < content.upperBound {
            offset += 1
            while offset < content.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            remaining -= 1
        }
        return offset
    }
}
