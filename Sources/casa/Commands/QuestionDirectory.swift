internal import CasaBundle
internal import CasaDiagnostics
internal import CasaSMT
internal import FoundationEssentials

/// Where `--smt` writes questions: one file each, numbered in the order in which they are asked.
final class QuestionDirectory {
    private let path: String
    private var questions: [SMTLIBScript] = []

    init?(_ path: String?) {
        guard let path else { return nil }
        self.path = path
    }

    func keep(_ question: SMTLIBScript) { questions.append(question) }

    /// Before anything is asked.
    ///
    /// The directory is written as a whole, so nothing else may be in it.
    func make(reporting diagnostics: inout DiagnosticBag) throws(Reported) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard names.isEmpty else {
            throw diagnostics.fail(
                Diagnostic(.unwritableOutput, at: nil, "`\(path)` is not empty")
                    .help("name a directory that is not there yet with --smt"))
        }
        try write([], reporting: &diagnostics)
    }

    func finish(reporting diagnostics: inout DiagnosticBag) throws(Reported) {
        let digits = String(questions.count).count
        let files = questions.enumerated().map { number, question in
            let text = String(number + 1)
            let name = String(repeating: "0", count: digits - text.count) + text
            return (name: "\(name).smt2", bytes: Array(question.text.utf8))
        }
        try write(files, reporting: &diagnostics)
    }

    private func write(
        _ files: [(name: String, bytes: [UInt8])], reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        do throws(BundleDirectory.Failure) {
            try BundleDirectory(path: path).write(files)
        } catch {
            throw diagnostics.fail(
                Diagnostic(.unwritableOutput, at: nil, "cannot write `\(error.path)`: \(error.reason)")
                    .help("nothing was left half written; make room or name another directory with --smt"))
        }
    }
}
