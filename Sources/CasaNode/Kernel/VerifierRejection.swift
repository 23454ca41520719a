internal import CasaBPF

/// The kernel's verifier refused one of our programs.
///
/// It is a fault of CASA, or a kernel that knows less than we ask for.
package struct VerifierRejection: Error, Hashable, Sendable {
    package struct Place: Hashable, Sendable {
        /// The policy or the template's source.
        package let file: String
        package let line: Int
        /// The source line itself, where the object carries it.
        package let text: String
    }

    package let program: String
    package let failure: SystemCallFailure
    package let log: VerifierLog
    /// Where the instruction comes from, at which the verifier stopped.
    package let place: Place?

    init(_ failure: SystemCallFailure, log text: String, program: LinkedProgram, types: BTF) {
        let log = VerifierLog(text)
        self.program = program.name
        self.failure = failure
        self.log = log
        place = log.instruction.flatMap { Self.place(of: $0, in: program, types: types) }
    }

    /// The place of the last line record at or before an instruction.
    private static func place(of instruction: Int, in program: LinkedProgram, types: BTF) -> Place? {
        guard let record = program.lines.last(where: { $0.instruction <= instruction }),
            let file = types[record.file]
        else { return nil }
        return Place(file: file, line: record.line, text: types[record.text] ?? "")
    }
}
