/// Eight bytes of a program, in fields (RFC 9669, section 3.1).
package struct EncodedInstruction: Hashable, Sendable {
    package static let byteCount = 8

    package var opcode: UInt8
    /// Four bits.
    package var dst: UInt8
    /// Four bits.
    package var src: UInt8
    package var offset: Int16
    package var immediate: Int32

    package init(opcode: UInt8, dst: UInt8 = 0, src: UInt8 = 0, offset: Int16 = 0, immediate: Int32 = 0) {
        precondition(dst < 16 && src < 16, "a register field has four bits")
        self.opcode = opcode
        self.dst = dst
        self.src = src
        self.offset = offset
        self.immediate = immediate
    }

    /// The fields of eight bytes that were read as one little-endian number.
    package init(word: UInt64) {
        opcode = UInt8(truncatingIfNeeded: word)
        dst = UInt8(truncatingIfNeeded: word >> 8) & 0xF
        src = UInt8(truncatingIfNeeded: word >> 12) & 0xF
        offset = Int16(truncatingIfNeeded: word >> 16)
        immediate = Int32(truncatingIfNeeded: word >> 32)
    }

    /// The eight bytes as one little-endian number.
    package var word: UInt64 {
        UInt64(opcode) | UInt64(dst) << 8 | UInt64(src) << 12
            | UInt64(UInt16(bitPattern: offset)) << 16 | UInt64(UInt32(bitPattern: immediate)) << 32
    }

    package var bytes: [UInt8] {
        let word = word
        return (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: word >> (UInt64($0) * 8)) }
    }
}

extension EncodedInstruction {
    /// The slots of a program's bytes; `nil` unless they are a whole number of slots.
    package static func slots(of bytes: [UInt8]) -> [EncodedInstruction]? {
        guard bytes.count.isMultiple(of: byteCount) else { return nil }
        return stride(from: 0, to: bytes.count, by: byteCount).map { start in
            let word = (0..<byteCount).reduce(UInt64(0)) {
                $0 | UInt64(bytes[start + $1]) << (UInt64($1) * 8)
            }
            return EncodedInstruction(word: word)
        }
    }

    /// The bytes of a program, as a section of an object file holds them.
    package static func bytes(of slots: [EncodedInstruction]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(slots.count * byteCount)
        for slot in slots { bytes.append(contentsOf: slot.bytes) }
        return bytes
    }
}
