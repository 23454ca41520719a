internal import CasaBundle
internal import CasaDiagnostics
internal import CasaPolicyIR

/// How the decisions of a namespace are laid out in its object.
enum DecisionForm {
    case tree
    case table(DecisionTable, pieces: StepFunction<Int?>, entryCount: Int)
}

/// Chooses between code and a table (`spec/ir.md`, "Forms").
///
/// A tree of compares answers a hundred intervals in half the time of a hash; it grows with their logarithm
/// and its code without bound, where a table costs the same for any number.
struct CostModel {
    static let treeLimit = 128
    /// An interval takes at most eleven slots, so that no jump can be out of reach; only for what fits into
    /// no table.
    static let largeTreeLimit = 2_800

    static func choose(
        _ flat: FlatDecisions, of policy: NamespacePolicy, treeLimit: Int = treeLimit,
        reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> DecisionForm {
        let count = flat.intervalCount
        if count <= treeLimit { return .tree }
        guard let layout = TableLayout(flat) else {
            if count <= largeTreeLimit { return .tree }
            throw diagnostics.fail(
                Diagnostic(
                    .tooManyRules, at: policy.rules.first?.origin,
                    "the rules of namespace `\(policy.name)` make more than "
                        + "\(TableLayout.entryLimit) decisions"
                )
                .help("use fewer different port ranges, or name fewer address blocks inside wider ones"))
        }
        guard let table = DecisionTable(entries: layout.entries) else {
            throw diagnostics.fail(
                Diagnostic(
                    .tableNotFound, at: policy.rules.first?.origin,
                    "no perfect hash was found for the \(layout.entries.count) decisions "
                        + "of namespace `\(policy.name)`"
                ))
        }
        return .table(table, pieces: layout.pieces, entryCount: layout.entries.count)
    }
}
