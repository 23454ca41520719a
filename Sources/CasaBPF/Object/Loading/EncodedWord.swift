internal import CLibBPF

/// The eight bytes of one instruction, as far as references are concerned.
///
/// Linking needs four facts about an instruction; the machine's decoder would refuse code whose references
/// are still open.
struct EncodedWord {
    let opcode: UInt8
    let source: UInt8
    let immediate: Int32

    static let loadImmediate64 = UInt8(BPF_LD | BPF_IMM | BPF_DW)
    static let call = UInt8(BPF_JMP | BPF_CALL)

    init(_ code: [UInt8], at instruction: Int) {
        let start = instruction * 8
        opcode = code[start]
        source = code[start + 1] >> 4
        var bits: UInt32 = 0
        for byte in 0..<4 { bits |= UInt32(code[start + 4 + byte]) << UInt32(8 * byte) }
        immediate = Int32(bitPattern: bits)
    }

    var isLoadImmediate64: Bool { opcode == Self.loadImmediate64 }

    var isFunctionCall: Bool { opcode == Self.call && source == UInt8(BPF_PSEUDO_CALL) }

    /// Whether the instruction means something only together with a reference.
    var wantsReference: Bool { (isLoadImmediate64 || opcode == Self.call) && source != 0 }

    /// Takes the reference out; a call stays recognisable as one.
    func clearReference(in code: inout [UInt8], at instruction: Int) {
        Self.set(&code, at: instruction, source: isLoadImmediate64 ? 0 : source, immediate: 0)
        if isLoadImmediate64 { Self.set(&code, at: instruction + 1, source: nil, immediate: 0) }
    }

    /// Writes the fields that references fill in; the source stays as it is without a value.
    static func set(_ code: inout [UInt8], at instruction: Int, source: UInt8?, immediate: Int32) {
        let start = instruction * 8
        if let source { code[start + 1] = code[start + 1] & 0x0F | source << 4 }
        let bits = UInt32(bitPattern: immediate)
        for byte in 0..<4 { code[start + 4 + byte] = UInt8(truncatingIfNeeded: bits >> UInt32(8 * byte)) }
    }

    static func setCall(_ code: inout [UInt8], at instruction: Int, distance: Int32) {
        set(&code, at: instruction, source: UInt8(BPF_PSEUDO_CALL), immediate: distance)
    }

    static func setHelperCall(_ code: inout [UInt8], at instruction: Int, number: Int32) {
        set(&code, at: instruction, source: 0, immediate: number)
    }

    static func setMap(_ code: inout [UInt8], at instruction: Int, descriptor: Int32) {
        set(&code, at: instruction, source: UInt8(BPF_PSEUDO_MAP_FD), immediate: descriptor)
    }

    static func setMapValue(
        _ code: inout [UInt8], at instruction: Int, descriptor: Int32, offset: UInt32
    ) {
        set(&code, at: instruction, source: UInt8(BPF_PSEUDO_MAP_VALUE), immediate: descriptor)
        set(&code, at: instruction + 1, source: nil, immediate: Int32(bitPattern: offset))
    }
}
