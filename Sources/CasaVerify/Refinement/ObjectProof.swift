internal import CasaBPF
package import CasaSMT

/// Proves that the bytes of an object decide exactly as a policy says.
///
/// For every packet, call and socket, every subject word and every content of the tables that the node fills. An object that
/// is not made as ours are, or holds what the model does not cover, is rejected with the name of it. What is assumed
/// besides stands in `spec/trusted-base.md`.
package struct ObjectProof {
    private let verdict: VerdictProof
    private let regions: RegionProof
    private let hooks: HookProof
    private let templates: ProvedTemplates

    /// Works out what the policy says, once for any number of objects.
    ///
    /// `onQuestion` sees each question as the solver is asked; templates that were proved before are not asked about again.
    package init(
        of policy: ClassifiedPolicy, limits: SolverLimits = SolverLimits(),
        templates: ProvedTemplates = ProvedTemplates(), onQuestion: ((SMTLIBScript) -> Void)? = nil
    ) {
        verdict = VerdictProof(of: policy, limits: limits, onQuestion: onQuestion)
        regions = RegionProof(of: policy, limits: limits, onQuestion: onQuestion)
        hooks = HookProof(limits: limits, onQuestion: onQuestion)
        self.templates = templates
    }

    /// Proves the obligations that are `wanted`, all of them by default.
    package func run(
        _ bytes: [UInt8], wanted: (String) -> Bool = { _ in true }
    ) throws(ProofError) -> ProofResult {
        let object: BPFObject
        do { object = try BPFObject(bytes) } catch { throw .rejected("\(error)") }
        try ObjectStructure().check(object)
        var results = try templates.results(of: object, by: hooks, wanted: wanted)
        if wanted("verdict") { results.append(try verdict.run(object)) }
        if ["region4", "region6", "regions"].contains(where: wanted) { results += try regions.run(object) }
        return ProofResult(results)
    }
}
