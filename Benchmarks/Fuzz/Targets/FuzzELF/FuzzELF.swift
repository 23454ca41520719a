import CLibFuzzer
import CasaBPF

/// Any bytes as an object: read as the loader reads it, linked, and decoded.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzELF(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let object = try? BPFObject(bytes) else { return 0 }
    precondition(!object.btfBytes.isEmpty, "an object has types")
    for program in object.programs {
        guard let linked = try? object.linkedProgram(named: program.name) else { continue }
        precondition(linked.functionRecordBytes.count == linked.functions.count * 8)
        precondition(linked.lineRecordBytes.count == linked.lines.count * 16)
        let code = linked.code { (_: String) throws(Never) -> Int32 in 3 }
        precondition(code.count == linked.code.count && code.count.isMultiple(of: 8))
        guard let slots = EncodedInstruction.slots(of: code), let decoded = try? Program(decoding: slots)
        else {
            continue
        }
        precondition(decoded.encoded == slots, "what is decoded is encoded as it was")
        _ = try? ControlFlow(of: decoded)
    }
    return 0
}

/// SwiftPM gives an executable a main function of its own name; it hands over to libFuzzer's.
@_cdecl("FuzzELF_main")
public func mainELF(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var count = count
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
    return LLVMFuzzerRunDriver(&count, &arguments) { data, count in data.map { fuzzELF($0, count) } ?? 0 }
}
