internal import CasaDiagnostics
internal import CasaPolicyIR

/// Which namespaces are managed: by label, or because a system or a policy stands in them.
enum ManagedNamespaceDiscovery {
    static let labels = ["casa.io/injection", "istio-injection"]
    static let implicitRulesAnnotation = "casa.io/disabled-implicit-rules"

    static func namespaces(
        in syntax: PolicySyntax, reporting diagnostics: inout DiagnosticBag
    ) -> [ManagedNamespace] {
        var origins: [String: SourceRange] = [:]
        for namespace in syntax.namespaces {
            guard
                let label = labels.compactMap(namespace.metadata.label).first(where: { $0.value == "enabled" }
                )
            else { continue }
            origins[namespace.metadata.name.value] = label.origin
        }
        for metadata in syntax.systems.map(\.metadata) + syntax.policies.map(\.metadata)
        where origins[metadata.space] == nil {
            origins[metadata.space] = metadata.namespace?.origin ?? metadata.name.origin
        }
        let documents = Dictionary(
            syntax.namespaces.map { ($0.metadata.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        var result: [ManagedNamespace] = []
        for (name, origin) in origins.sorted(by: { $0.key < $1.key }) {
            let disabled = disabledRules(by: documents[name], reporting: &diagnostics)
            result.append(ManagedNamespace(name: name, origin: origin, disabledImplicitRules: disabled))
        }
        return result
    }

    private static func disabledRules(
        by document: NamespaceSyntax?, reporting diagnostics: inout DiagnosticBag
    ) -> Set<ImplicitRule> {
        guard
            let annotation = document?.metadata.annotations.first(where: {
                $0.key.value == implicitRulesAnnotation
            })
        else { return [] }
        var result: Set<ImplicitRule> = []
        for word in annotation.value.value.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        {
            if let rule = ImplicitRule(rawValue: word) {
                result.insert(rule)
                continue
            }
            let known = ImplicitRule.allCases.map(\.rawValue)
            let help =
                closestMatch(to: word, among: known).map { "did you mean `\($0)`?" }
                ?? "the implicit rules are \(known.inBackticks())"
            diagnostics.report(
                Diagnostic(.unknownValue, at: annotation.value.origin, "unknown implicit rule `\(word)`")
                    .help(help))
        }
        return result
    }
}
