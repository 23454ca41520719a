import CasaCompiler
import CasaDiagnostics
import CasaPolicyIR
import CasaPolicyLang

/// What the compiler makes of some sources.
struct Compiled {
    /// Absent where an error was reported.
    let meaning: Compilation.Meaning?
    let diagnostics: [Diagnostic]

    init(_ sources: [SourceFile]) {
        var bag = DiagnosticBag()
        do throws(Reported) {
            meaning = try Compilation(of: sources).meaning(reporting: &bag)
        } catch {
            meaning = nil
        }
        diagnostics = bag.inReadingOrder
    }

    init(_ text: String) {
        self.init([SourceFile(name: "test.yaml", text: text)])
    }

    /// Compiles documents as one stream.
    init(documents: [String]) {
        self.init(documents.joined(separator: "\n---\n"))
    }

    var model: PolicyModel? { meaning?.model }

    var codes: [DiagnosticCode] { diagnostics.map(\.code) }
    var errors: [DiagnosticCode] { diagnostics.filter { $0.severity == .error }.map(\.code) }
}
