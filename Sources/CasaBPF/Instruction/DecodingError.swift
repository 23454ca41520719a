/// Bytes that are not an instruction: where, which, and why.
package struct DecodingError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case reservedOpcode
        /// Legacy packet access (`ld_abs`, `ld_ind`), which RFC 9669 keeps for history only.
        case legacyPacketAccess
        /// A call of a kernel function, by its BTF number.
        case kernelFunctionCall(Int32)
        /// A call of what a register names, which was not asked for.
        case registerCall
        /// The field has to be zero, or one of the values that have a meaning.
        case reservedValue(Field, Int32)
        /// The field names a register above `r10`.
        case unknownRegister(Field, UInt8)
        case writesFramePointer
        /// A wide load that is cut off after its first slot.
        case missingSecondSlot
        /// The field of the second slot of a wide load has to be zero.
        case secondSlot(Field, Int32)
    }

    package enum Field: String, Hashable, Sendable {
        case opcode
        case destination
        case source
        case offset
        case immediate
    }

    /// The slot, counted from the start of the program.
    package let index: Int
    /// The eight bytes of the slot, or the sixteen of a wide load.
    package let bytes: [UInt8]
    package let reason: Reason
}

extension DecodingError: CustomStringConvertible {
    package var description: String {
        let hexadecimal = bytes.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "instruction \(index) (\(hexadecimal.joined(separator: " "))): \(reason)"
    }
}

extension DecodingError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .reservedOpcode: "reserved opcode"
        case .legacyPacketAccess: "legacy packet access"
        case .kernelFunctionCall(let number): "call of the kernel function with BTF number \(number)"
        case .registerCall: "call of the address in a register"
        case .reservedValue(let field, let value): "reserved value \(value) in the \(field.rawValue) field"
        case .unknownRegister(let field, let number):
            "unknown register r\(number) in the \(field.rawValue) field"
        case .writesFramePointer: "the frame pointer r10 is read-only"
        case .missingSecondSlot: "a wide load without its second slot"
        case .secondSlot(let field, let value):
            "reserved value \(value) in the \(field.rawValue) field of the second slot"
        }
    }
}
