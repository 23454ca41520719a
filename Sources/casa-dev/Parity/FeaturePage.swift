internal import CasaPolicyLang

/// Every key of the policy language.
struct FeaturePage {
    private let systems: String
    private let policies: String
    private let evidence: String

    init(_ claims: ClaimCheck) throws {
        systems = try Self.table(.multiAgentSystem, FeatureClaim.multiAgentSystem, claims)
        policies = try Self.table(.casaPolicy, FeatureClaim.casaPolicy, claims)
        evidence = """
            that a key is read, and one that is close to it refused: \(try claims.tests("SyntaxKeyTests", "SyntaxTypeTests")); that \
            it decides: \(try claims.tests("CorpusTests", "ExpectationTests")); that bytes and kernel follow: \
            \(try claims.tests("DecisionCodeTests", "PacketDifferentialTests"))
            """
    }

    var text: String {
        """
        # Features

        Every key that is read, by who enforces it. All are parsed; a key that is not here is an error. Keys of lists stand under the
        list's own. **Verified by** names the obligations that depend on the key, besides those of the hooks, on which everything does:
        from the policy's rules by numbers, as the manifest lists them, to the bytes. From the line to the rule nothing is proved: that
        is tested, by what stands in the last column.

        For all of them: \(evidence).

        Enforced by **nobody** is what is for people, for the reader, or for what the compiler compares with something else. The runtime gets its part in the bundle; there is none yet to enforce it, and a bundle that needs it does not load unless told to.

        ## `MultiAgentSystem`

        \(systems)

        ## `CASAPolicy`

        \(policies)

        """
    }

    private static func table(
        _ tree: KeyTree, _ features: [FeatureClaim], _ claims: ClaimCheck
    ) throws(ParityFailure) -> String {
        var rest = features
        var table = MarkdownTable("key", "enforced by", "verified by", "tested in")
        for key in paths(in: tree) {
            guard let index = rest.firstIndex(where: { $0.key == key }) else {
                throw ParityFailure("nothing is claimed of the key `\(key)`")
            }
            let feature = rest.remove(at: index)
            table.add(
                key.asCode, feature.enforcement.rawValue, try claims.obligations(feature.obligations),
                try claims.tests(feature.tests, of: key))
        }
        if let extra = rest.first { throw ParityFailure("`\(extra.key)` is no key") }
        return table.text
    }

    private static func paths(in tree: KeyTree, below path: String = "") -> [String] {
        tree.children.flatMap { child in
            let name = path.isEmpty ? child.key : "\(path).\(child.key)"
            return [name] + paths(in: child, below: name)
        }
    }
}
