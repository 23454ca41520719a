internal import CasaBPF
internal import CasaBundle
package import CasaDiagnostics
package import CasaPolicyIR

/// Compiles the decisions of one namespace into its object: classes, flat decisions, code or table, bytes.
///
/// Equal policies and templates give equal bytes.
package struct ObjectEmission: Sendable {
    private let template: Template
    private let treeLimit: Int

    /// Takes another template than the embedded one, or another limit of trees, to measure them.
    package init(template: Template = .embedded, treeLimit: Int? = nil) {
        self.template = template
        self.treeLimit = treeLimit ?? CostModel.treeLimit
    }

    package func run(
        _ policy: NamespacePolicy, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> NamespaceObject {
        let classes = try ClassAssignment(policy, reporting: &diagnostics)
        try RegionEmission.checkLimits(classes, of: policy, reporting: &diagnostics)
        let flat = try DecisionFlattening.run(policy, classes: classes, reporting: &diagnostics)
        let form = try CostModel.choose(
            flat, of: policy, treeLimit: treeLimit, reporting: &diagnostics)
        do {
            let object = try Self.policyObject(policy, classes, flat, form)
            let linked = try ObjectLinker().link([
                .init(name: "casa-template.o", bytes: template.bytes),
                .init(name: "policy.o", bytes: object.write()),
            ])
            return NamespaceObject(
                bytes: linked, template: template.digest, decisions: Self.summary(of: form, flat),
                policy: policy, assignment: classes)
        } catch {
            throw diagnostics.fail(Self.diagnostic(for: error, namespace: policy.name))
        }
    }

    /// libbpf links files, so a full disk can be in the way; everything else would be our mistake.
    private static func diagnostic(for error: any Error, namespace: String) -> Diagnostic {
        if let error = error as? ObjectLinkError {
            switch error.problem {
            case .temporaryDirectory, .temporaryFile:
                return Diagnostic(
                    .unwritableOutput, at: nil, "namespace `\(namespace)` cannot be linked: \(error)")
            case .unreadable, .logUnavailable, .notStarted, .refused, .notFinished: break
            }
        }
        return Diagnostic(
            .internalError, at: nil, "no object can be made for namespace `\(namespace)`: \(error)")
    }

    private static func policyObject(
        _ policy: NamespacePolicy, _ classes: ClassAssignment, _ flat: FlatDecisions, _ form: DecisionForm
    ) throws(AssemblyError) -> PolicyObject {
        let regions = RegionEmission(rules: narrowestRules(policy, classes))
        let verdict: AssembledCode
        let tableBytes: [UInt8]
        switch form {
        case .tree:
            verdict = try TreeEmission.emit(flat)
            tableBytes = []
        case .table(let table, let pieces, entryCount: _):
            verdict = try TableEmission.emit(table, pieces: pieces)
            tableBytes = table.bytes
        }
        return PolicyObject(
            verdict: verdict, region4: try regions.emit4(classes.regions4),
            region6: try regions.emit6(classes.regions6), regionFamilies: RegionFamilies(classes),
            tableBytes: tableBytes,
            lines: LineTable(policy.rules))
    }

    /// For each region class the rule that names the narrowest block around it: among equals the first.
    private static func narrowestRules(_ policy: NamespacePolicy, _ classes: ClassAssignment) -> [UInt16: Int]
    {
        var best: [UInt16: (rule: Int, prefixLength: Int)] = [:]
        for (index, rule) in policy.rules.enumerated() {
            guard case .block(let block) = rule.peer else { continue }
            for number in classes.classes(ofPeer: policy.ruleNumbers[index].peer)
            where best[number].map({ $0.prefixLength < block.prefixLength }) ?? true {
                best[number] = (index, block.prefixLength)
            }
        }
        return best.mapValues(\.rule)
    }

    private static func summary(of form: DecisionForm, _ flat: FlatDecisions) -> Manifest.DecisionSummary {
        switch form {
        case .tree: .init(form: .tree, entries: flat.intervalCount, tableBytes: 0)
        case .table(let table, pieces: _, let entryCount):
            .init(form: .table, entries: entryCount, tableBytes: table.bytes.count)
        }
    }
}
