import CasaBundle
import CasaDiagnostics
import CasaNode
import CasaTestSupport
import Testing

/// Loads on somebody's word, and what may take the place of what.
@Suite(.serialized, .requires(.bpf)) struct LoadEvidenceTests {
    /// As if it had been proved: what a record says is not looked into here.
    private func proved(port: UInt16 = 9000, answer: String = "proved") throws -> Bundle {
        let bundle = try LoadPolicy.bundle([LoadPolicy.rule(port: port)])
        var manifest = bundle.manifest
        manifest.proof = ProofRecord(
            verifier: "test", solver: "test", policy: manifest.policyDigest,
            obligations: [.init(name: "structure", answer: answer, questions: 1, steps: 1)])
        return Bundle(manifest: manifest, object: bundle.object, runtime: bundle.runtime)
    }

    private func attested(_ bundle: Bundle, generation: Int) -> LoadOptions {
        LoadOptions(
            attestation: AttestedGeneration(keys: ["ab"], generation: generation, manifest: bundle.digest))
    }

    private func load(_ bundle: Bundle, _ site: LoadSite, generation: Int) throws -> NamespaceState? {
        _ = try site.load(
            bundle, inventory: LoadPolicy.inventory(site), options: attested(bundle, generation: generation))
        return try state(site)
    }

    private func state(_ site: LoadSite) throws -> NamespaceState? {
        try StatusReader(paths: site.paths).status(of: "bank").state
    }

    @Test("a bundle without a proof is refused, unless it is asked for")
    func unproved() throws {
        let site = try LoadSite()
        let loader = Loader(paths: site.paths)
        let inventory = try LoadPolicy.inventory(site)
        for bundle in try [LoadPolicy.bundle(), proved(answer: "undecided")] {
            let error = #expect(throws: NodeError.self) { try loader.load(bundle, inventory: inventory) }
            #expect(error?.diagnostic.code == .unprovedBundle)
            #expect(
                error?.diagnostic.notes.contains { "\($0)".contains("--unproved") } == true,
                "the message says how")
            #expect(throws: NodeError.self, "somebody's word is no proof") {
                var options = attested(bundle, generation: 1)
                options.acceptsUnproved = true
                return try loader.load(bundle, inventory: inventory, options: options)
            }
        }
        #expect(site.pins.isEmpty)
        _ = try loader.load(proved(), inventory: inventory)
        #expect(try state(site)?.manifest.isProved == true)
        #expect(try state(site)?.attestation == nil)
    }

    @Test("an attestation of another manifest is no word for this one")
    func foreign() throws {
        let site = try LoadSite()
        let error = #expect(throws: NodeError.self) {
            try site.load(
                proved(), inventory: LoadPolicy.inventory(site),
                options: attested(proved(port: 9001), generation: 1))
        }
        #expect(error?.diagnostic.code == .attestationMismatch)
        #expect(site.pins.isEmpty)
    }

    @Test("a newer generation takes the place of an older one, and not the other way round")
    func generations() throws {
        let site = try LoadSite()
        let (old, new) = (try proved(), try proved(port: 9001))
        #expect(try load(old, site, generation: 4)?.attestation?.generation == 4)
        #expect(try load(old, site, generation: 4)?.generation == 2, "the same may be loaded again")
        #expect(try load(new, site, generation: 5)?.attestation?.manifest == new.digest)
        for (bundle, generation) in [(old, 4), (old, 5), (new, 4), (old, 0)] {
            let error = #expect(throws: NodeError.self) { try load(bundle, site, generation: generation) }
            #expect(error?.diagnostic.code == .staleGeneration, "\(generation)")
        }
        #expect(try state(site)?.attestation?.generation == 5)
        #expect(try state(site)?.generation == 3, "what was refused changed nothing")
        #expect(try load(old, site, generation: 6)?.attestation?.generation == 6, "back on purpose")
    }

    @Test("a load on nobody's word is no way back to an older generation; unloading is")
    func detour() throws {
        let site = try LoadSite()
        let (old, new) = (try proved(), try proved(port: 9001))
        _ = try load(new, site, generation: 5)
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        #expect(try state(site)?.attestation == nil)
        #expect(try state(site)?.newestAttested?.generation == 5)
        let error = #expect(throws: NodeError.self) { try load(old, site, generation: 4) }
        #expect(error?.diagnostic.code == .staleGeneration)
        #expect(try load(new, site, generation: 5)?.attestation?.generation == 5)
        _ = try Unloader(paths: site.paths).unload("bank")
        #expect(try load(old, site, generation: 4)?.attestation?.generation == 4)
    }

    @Test("what a killed loader was about to bring into force counts as newest")
    func killed() throws {
        let site = try LoadSite()
        let (old, new) = (try proved(), try proved(port: 9001))
        _ = try load(new, site, generation: 5)
        try LoadDamage(site).leavePending()
        _ = try load(new, site, generation: 6)
        _ = try Unloader(paths: site.paths).unload("bank")
        _ = try load(old, site, generation: 4)
        try LoadDamage(site).leavePending(from: "generation\" : 4", to: "generation\" : 7")
        let error = #expect(throws: NodeError.self) { try load(new, site, generation: 5) }
        #expect(error?.diagnostic.code == .staleGeneration)
    }

    @Test("a state that cannot be read hides no generation from those who rely on it")
    func unreadable() throws {
        let site = try LoadSite()
        let bundle = try proved()
        _ = try load(bundle, site, generation: 5)
        try LoadDamage(site).spoilState()
        let error = #expect(throws: NodeError.self) { try load(bundle, site, generation: 5) }
        #expect(error?.diagnostic.code == .unreadableFile)
        _ = try site.load(bundle, inventory: LoadPolicy.inventory(site))
        #expect(try state(site)?.manifest == bundle.manifest)
    }
}
