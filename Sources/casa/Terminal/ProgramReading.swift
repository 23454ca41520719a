internal import CasaBPF
internal import CasaBundle
internal import CasaDiagnostics
internal import CasaVerify

/// Reads what `casa machine` runs: bytes as pairs of hexadecimal digits, with or without space between them.
enum ProgramReading {
    enum Format {
        /// The slots of the program.
        case slots
        /// An object file with one section of code and nothing to relocate.
        case object
    }

    /// Four characters a byte: two digits, and the two spaces that the conformance suite writes between them.
    private static let textLimit = ObjectLimits().instructions * EncodedInstruction.byteCount * 4

    /// The program on standard input.
    static func program(_ format: Format, reporting diagnostics: inout DiagnosticBag) throws(Reported)
        -> Program
    {
        let text: [UInt8]
        do throws(BoundedFile.Failure) {
            text = try BoundedFile(path: "/dev/stdin", kind: .stream, limit: textLimit).bytes
        } catch {
            throw diagnostics.fail(
                Diagnostic(.unreadableFile, at: nil, "cannot read `<stdin>`: \(error.reason)"))
        }
        var bytes = try self.bytes(text, of: "the program", reporting: &diagnostics)
        if format == .object { bytes = try code(of: bytes, reporting: &diagnostics) }
        guard let slots = EncodedInstruction.slots(of: bytes) else {
            throw diagnostics.fail(
                undecodable(
                    "it has \(bytes.count) bytes, and an instruction has \(EncodedInstruction.byteCount)"))
        }
        do throws(ProgramError) {
            return try Program(decoding: slots, accepting: .registerCalls)
        } catch {
            throw diagnostics.fail(undecodable("\(error)"))
        }
    }

    static func memory(_ text: String, reporting diagnostics: inout DiagnosticBag) throws(Reported) -> [UInt8]
    {
        let bytes = try bytes(Array(text.utf8), of: "the memory", reporting: &diagnostics)
        guard bytes.count <= StandaloneRun.memoryLimit else {
            throw diagnostics.fail(
                Diagnostic(
                    .inputTooLarge, at: nil,
                    "the memory has \(bytes.count) bytes, and may have \(StandaloneRun.memoryLimit)"))
        }
        return bytes
    }

    private static func bytes(
        _ text: [UInt8], of what: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var high: UInt8?
        for character in text {
            let digit = UInt8(hexadecimal: character)
            switch (high, digit) {
            case (nil, let digit?): high = digit
            case (let first?, let digit?):
                bytes.append(first << 4 | digit)
                high = nil
            case (nil, nil) where character.isSpace: continue
            case (_, nil):
                throw diagnostics.fail(
                    undecodable("byte \(bytes.count) of \(what) is not two hexadecimal digits"))
            }
        }
        guard high == nil else {
            throw diagnostics.fail(
                undecodable("byte \(bytes.count) of \(what) is not two hexadecimal digits"))
        }
        return bytes
    }

    private static func code(
        of object: [UInt8], reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [UInt8] {
        let sections: [ELFSection]
        do throws(ObjectError) {
            sections = try ELFObject(object).sections.filter { $0.isExecutable && $0.size > 0 }
        } catch {
            throw diagnostics.fail(undecodable("\(error)"))
        }
        guard let section = sections.first, sections.count == 1 else {
            throw diagnostics.fail(undecodable("the object has \(sections.count) sections of code, not one"))
        }
        guard section.relocations.isEmpty else {
            throw diagnostics.fail(undecodable("the code of section `\(section.name)` has to be relocated"))
        }
        return Array(section.bytes)
    }

    private static func undecodable(_ reason: String) -> Diagnostic {
        Diagnostic(.undecodableProgram, at: nil, "this is no program: \(reason)")
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    fileprivate init?(hexadecimal character: UInt8) {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self = character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self = character - UInt8(ascii: "A") + 10
        default: return nil
        }
    }
}
