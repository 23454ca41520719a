/// Whether some terms can all hold at once, as a question in SMT-LIB 2.
///
/// For any solver that knows the logic `QF_BV`.
/// The text depends on the terms alone, not on what else their arena holds.
package struct SMTLIBScript: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Comments stand in front, one a line.
    package init(asserting terms: [Boolean], comments: [String] = []) {
        let cone = Cone(of: terms)
        let body = TermText(cone)
        var lines = comments.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
            .map { "; \($0)" }
        lines.append("(set-logic QF_BV)")
        lines += cone.variables.map { "(declare-fun \($0.symbol) () \($0.sort.symbol))" }
        lines += body.definitions.map { "(define-fun \($0.name) () \($0.sort.symbol) \($0.body))" }
        lines += body.roots.map { "(assert \($0))" }
        lines.append("(check-sat)")
        text = lines.joined(separator: "\n") + "\n"
    }

    package var description: String { text }
}
