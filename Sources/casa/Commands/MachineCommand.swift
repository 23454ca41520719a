internal import CasaBPF
internal import CasaDiagnostics
internal import CasaSMT
internal import CasaVerify

/// `casa machine`: the machine that proofs are about, on any program.
///
/// `run` has the interface of a plugin of the public BPF conformance suite (`spec/cli.md`).
enum MachineCommand: Command {
    static let name = "machine"
    static let summary = "runs a program in the interpreter, or in the symbolic machine that proves"
    static let synopsis = "run [--symbolic] [--elf] [MEMORY] < PROGRAM"
    static let options = [
        Option("--symbolic", nil, "know of the memory only what premises say, and let the solver find r0"),
        Option("--elf", nil, "PROGRAM is an object file, not the instructions alone"),
    ]

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        guard arguments.operands.first == "run" else { throw UsageError("`run` is missing") }
        // The conformance suite passes options it was not given as an empty word.
        let operands = arguments.operands.dropFirst().filter { !$0.isEmpty }
        guard operands.count <= 1 else { throw UsageError("one MEMORY only, not \(operands.count)") }

        var diagnostics = DiagnosticBag()
        do throws(Reported) {
            let memory = try ProgramReading.memory(operands.first ?? "", reporting: &diagnostics)
            let format = arguments.has("--elf") ? ProgramReading.Format.object : .slots
            let program = try ProgramReading.program(format, reporting: &diagnostics)
            let run = StandaloneRun(program, memory: memory)
            let result =
                arguments.has("--symbolic")
                ? try determined(run, reporting: &diagnostics) : try interpreted(run, reporting: &diagnostics)
            Terminal.standard.output(String(result, radix: 16) + "\n")
            return .yes
        } catch {
            Report().printToError(diagnostics)
            return diagnostics.diagnostics.last?.code.machineExitCode ?? .notAsked
        }
    }

    private static func interpreted(
        _ run: StandaloneRun, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> UInt64 {
        do throws(Fault) {
            return try run.interpreted()
        } catch {
            throw diagnostics.fail(Diagnostic(.programStopped, at: nil, "the program stops: \(error)"))
        }
    }

    private static func determined(
        _ run: StandaloneRun, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> UInt64 {
        let determination: StandaloneRun.Determination
        do throws(SymbolicRunError) {
            determination = try run.determined()
        } catch {
            throw diagnostics.fail(diagnostic(error))
        }
        switch determination {
        case .value(let value): return value
        case .ambiguous(let one, let other):
            let values = [one, other].sorted().map { "0x" + String($0, radix: 16) }
            throw diagnostics.fail(
                Diagnostic(
                    .undeterminedResult, at: nil, "r0 may be \(values[0]) or \(values[1])"
                )
                .help("the program reads what was never written"))
        case .undecided(let reason):
            throw diagnostics.fail(
                Diagnostic(.undecidedRun, at: nil, "nobody could tell what r0 is: \(reason)"))
        }
    }

    private static func diagnostic(_ error: SymbolicRunError) -> Diagnostic {
        switch error {
        case .fault(let fault):
            switch fault.trap {
            case .unsupported:
                Diagnostic(
                    .undecidedRun, at: nil, "the symbolic machine does not cover this program: \(fault)")
            case .uninitialisedRegister, .outOfBounds, .forbidden, .unknownMap, .unknownVariable,
                .unknownHelper,
                .helperMisuse, .notCallable, .noFunction, .callDepth, .budget:
                Diagnostic(.programStopped, at: nil, "the program stops: \(fault)")
            }
        case .solver(let error): Diagnostic(.undecidedRun, at: nil, "\(error)")
        }
    }
}

extension DiagnosticCode {
    /// What a run that gave no result says to the shell.
    fileprivate var machineExitCode: ExitCode {
        if self == .undecidedRun { return .undecided }
        return self == .programStopped || self == .undeterminedResult ? .no : .notAsked
    }
}
