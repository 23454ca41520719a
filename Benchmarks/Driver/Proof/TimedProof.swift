internal import CasaBundle
internal import CasaCodegen
internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaPolicyIR

/// How long a bundle's proof takes: the first in a process, and the one after an edit of one rule.
struct TimedProof {
    private static let runs = 3

    /// With nothing proved before, the template included.
    let seconds: Double
    /// With the template proved before.
    let afterEdit: Double

    /// A table with an entry for each rule.
    init(rules count: Int, treeLimit: Int) throws {
        try self.init(GeneratedNamespace(rules: count).policy, treeLimit: treeLimit)
    }

    /// A tree of so many intervals: ports of one peer that are allowed and not, in turn.
    init(intervals count: Int) throws {
        let peer = PeerClass.workload(
            WorkloadID(namespace: GeneratedNamespace.name, kind: .deployment, name: "peer"))
        let ports = stride(from: UInt16(1), to: UInt16(count), by: 2)
        let rules = ports.map { (port: UInt16) -> Rule in
            Rule(
                subject: GeneratedNamespace.subject, direction: .egress, peer: peer, transport: .tcp,
                ports: port...port, source: .written(policy: "shop/client"), origin: nil)
        }
        let subject = Subject(workload: GeneratedNamespace.subject, hostNetwork: false, origin: nil)
        try self.init(
            NamespacePolicy(
                name: GeneratedNamespace.name, subjects: [subject], rules: rules, runtime: RuntimeTables()),
            treeLimit: .max)
    }

    private init(_ policy: NamespacePolicy, treeLimit: Int) throws {
        let bundle = try Self.bundle(of: policy, treeLimit: treeLimit)
        let other = Self.edited(policy)
        let edited = try Self.bundle(of: other, treeLimit: treeLimit)
        seconds = try Timing.fastest(of: Self.runs) { try Self.prove(bundle, of: policy, BundleProof()) }
        let proof = BundleProof()
        try Self.prove(bundle, of: policy, proof)
        afterEdit = try Timing.fastest(of: Self.runs) { try Self.prove(edited, of: other, proof) }
    }

    /// The first rule says no instead of yes.
    private static func edited(_ policy: NamespacePolicy) -> NamespacePolicy {
        let rules = policy.rules.enumerated().map { number, rule in
            Rule(
                subject: rule.subject, direction: rule.direction, peer: rule.peer, transport: rule.transport,
                ports: rule.ports, effect: number == 0 ? .deny : rule.effect, source: rule.source,
                origin: rule.origin)
        }
        return NamespacePolicy(
            name: policy.name, subjects: policy.subjects, rules: rules, runtime: policy.runtime)
    }

    private static func bundle(of policy: NamespacePolicy, treeLimit: Int) throws -> Bundle {
        var diagnostics = DiagnosticBag()
        let object = try ObjectEmission(treeLimit: treeLimit).run(policy, reporting: &diagnostics)
        guard (object.decisions.form == .tree) == (treeLimit > 0) else {
            throw BenchFailure("the decisions have another form than the one that is measured")
        }
        return BundleAssembly.bundle(object, of: policy, compiler: CompilerVersion.text, sources: [])
    }

    private static func prove(_ bundle: Bundle, of policy: NamespacePolicy, _ proof: BundleProof) throws {
        var diagnostics = DiagnosticBag()
        _ = try proof.run(bundle, against: policy, reporting: &diagnostics)
    }
}
