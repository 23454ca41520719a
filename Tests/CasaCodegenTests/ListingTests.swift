import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite struct ListingTests {
    private func listing(_ rules: Int) throws -> (text: String, policy: NamespacePolicy) {
        var generator = PolicyGenerator(seed: 21, shape: .init(subjects: 2, rules: rules))
        let policy = generator.policy()
        var diagnostics = DiagnosticBag()
        let object = try ObjectEmission().run(policy, reporting: &diagnostics)
        let bundle = BundleAssembly.bundle(object, of: policy, compiler: "casa 1.0.0", sources: [])
        return (try Listing(object: bundle.object, manifest: bundle.manifest).text, policy)
    }

    @Test("a listing shows each function, the policy lines of its code, and what its words decide")
    func tree() throws {
        let (text, policy) = try listing(10)
        for name in ["cgroup_skb/egress casa_egress:", "\ncasa_verdict:\n", "\ncasa_region6:\n"] {
            #expect(text.contains(name))
        }
        for (number, rule) in policy.rules.enumerated() {
            guard let origin = rule.origin else { continue }
            let words = "rule \(number): \(rule.description) (\(origin.description))"
            let source = "; \(origin.description):   - rule: number-\(origin.start.line)\n"
            // A rule that another one hides everywhere has no code.
            if text.contains(words) { #expect(text.contains(source)) }
        }
        #expect(text.contains("; allow, rule "))
        #expect(text.contains("; find the decision\n"))
        #expect(text.contains("call casa_verdict"))
        #expect(text.contains("= .rodata.subject+0"))
    }

    @Test("the listing of a table has a line for each entry")
    func table() throws {
        let (text, _) = try listing(400)
        #expect(text.contains("\n.rodata.decisions: "))
        #expect(text.contains("    Deployment/agent-1 egress TCP port "))
        #expect(text.contains("    Deployment/agent-0 ingress any port 0 class 1: loopback  ; allow, rule "))
    }

    @Test("bytes that are no object are refused with a sentence")
    func refuses() throws {
        var generator = PolicyGenerator(seed: 1)
        let policy = generator.policy()
        var diagnostics = DiagnosticBag()
        let object = try ObjectEmission().run(policy, reporting: &diagnostics)
        let bundle = BundleAssembly.bundle(object, of: policy, compiler: "casa 1.0.0", sources: [])
        #expect(throws: ListingError.self) { try Listing(object: [1, 2, 3], manifest: bundle.manifest) }
    }
}
