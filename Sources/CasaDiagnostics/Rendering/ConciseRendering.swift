/// One line for each diagnostic: `file:line:column: error[CASA1001]: message`.
struct ConciseRendering {
    func text(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { line($0) + "\n" }.joined()
    }

    private func line(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.primary.map { DisplayText.escaped($0.description) + ": " } ?? ""
        let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.identifier)]"
        return place + title + ": " + DisplayText.escaped(diagnostic.message)
    }
}
