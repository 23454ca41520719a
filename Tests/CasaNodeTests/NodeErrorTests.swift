import CasaBPF
import CasaBundle
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import Testing

/// What people are told when the node cannot.
@Suite struct NodeErrorTests {
    static let failure = SystemCallFailure("BPF_MAP_CREATE", "map `casa_events`", result: -1)

    private static func attested(_ generation: Int, _ manifest: [UInt8]) -> AttestedGeneration {
        AttestedGeneration(keys: ["ab"], generation: generation, manifest: Digest(of: manifest))
    }

    @Test(
        "each failure has its code and one sentence",
        arguments: [
            (
                NodeError.missingCapabilities([.bpf, .networkAdministration]),
                DiagnosticCode.missingPrivilege,
                "loading needs CAP_BPF and CAP_NET_ADMIN, which this process does not have"
            ),
            (
                .refusedByKernel(failure), .missingPrivilege,
                "the kernel does not permit BPF_MAP_CREATE of map `casa_events`"
            ),
            (
                .memoryLimit(SystemCallFailure("setrlimit", "locked memory", result: 1)), .missingPrivilege,
                "the limit on locked memory cannot be raised: operation not permitted"
            ),
            (
                .missingFeatures([.ringBuffer], release: KernelRelease("5.4.0-1")), .kernelTooOld,
                "kernel 5.4.0-1 has not all that CASA needs"
            ),
            (
                .noBPFFileSystem(path: "/sys/fs/bpf/casa"), .systemCallFailed,
                "`/sys/fs/bpf/casa` is not in a BPF file system"
            ),
            (.noCgroupMount, .missingCgroup, "no cgroup v2 hierarchy is mounted"),
            (.invalidNamespace("../x\u{7}"), .corruptBundle, "`../x\\u{7}` is not the name of a namespace"),
            (
                .incompleteObject(missing: "program `casa_egress`"), .corruptBundle,
                "the bundle's object has no program `casa_egress`"
            ),
            (.busy(path: "/run/casa/.lock"), .systemCallFailed, "another loader is at work"),
            (.notLoaded(namespace: "bank"), .notLoaded, "nothing is loaded for namespace bank"),
            (
                .systemCall(failure), .systemCallFailed,
                "BPF_MAP_CREATE of map `casa_events`: operation not permitted"
            ),
            (
                .addresses(.tooManyClasses(.v4(1), count: 7), at: nil), .invalidInventory,
                "address 0.0.0.1 is in 7 classes of the bundle"
            ),
            (
                .unproved(namespace: "bank"), .unprovedBundle,
                "nothing shows that the bundle of namespace bank decides as its policy"
            ),
            (
                .foreignAttestation, .attestationMismatch,
                "the attestation is of another manifest than is loaded"
            ),
            (
                .staleGeneration(attested(3, [1]), than: attested(4, [1])), .staleGeneration,
                "the bundle is of generation 3, and generation 4 was loaded"
            ),
            (
                .staleGeneration(attested(4, [1]), than: attested(4, [2])), .staleGeneration,
                "another bundle of generation 4 was loaded"
            ),
            (
                .unreadableEvent(.size(3)), .systemCallFailed,
                "an event is not understood: a record of 3 bytes, where 64 belong"
            ),
        ] as [(NodeError, DiagnosticCode, String)])
    func texts(error: NodeError, code: DiagnosticCode, message: String) {
        #expect(error.diagnostic.code == code && error.diagnostic.severity == .error)
        #expect(error.diagnostic.message == message)
    }

    @Test("missing features say since when there is what is missing")
    func features() {
        let error = NodeError.missingFeatures(
            [.cgroupLinks, .ringBuffer, .hook("cgroup/sendmsg4")], release: KernelRelease("4.15"))
        #expect(
            error.diagnostic.notes.prefix(3) == [
                .note("links of programs to cgroups: since Linux 5.7"),
                .note("ring buffers for events: since Linux 5.8"),
                .note("the hook `cgroup/sendmsg4`: since Linux 4.18"),
            ])
    }

    @Test("unserved points name their rules, the first few")
    func unserved() throws {
        let rule = try StateExample.state().manifest.rules[0]
        let rules = (0..<12).map { number in rule.renumbered(number) }
        let error = NodeError.unservedPoints([try point("runtime", Array(0..<12))], rules: rules)
        let diagnostic = error.diagnostic
        #expect(diagnostic.message == "rules of the bundle need `runtime`, and nobody serves it")
        let notes = diagnostic.notes
        #expect(notes.count == 10)
        #expect(
            notes[0]
                == .note(
                    "runtime: rule 0: deny egress to workload bank/Pod/vault UDP 9000 (CASAPolicy bank/p, p.yaml:2:3)"
                ))
        #expect(notes[8] == .note("runtime: 4 more rules"))
    }

    private func point(_ name: String, _ rules: [Int]) throws -> UnservedPoint {
        try StableJSON.decode(Array(#"{"point": "\#(name)", "rules": \#(rules)}"#.utf8))
    }

    @Test("moments are written in UTC, leap days included")
    func times() {
        #expect(WallTime(nanoseconds: 0).description == "1970-01-01T00:00:00.000000Z")
        #expect(WallTime(nanoseconds: 1_709_251_199_999_999_999).description == "2024-02-29T23:59:59.999999Z")
        #expect(WallTime(nanoseconds: 4_107_542_400_000_000_000).description == "2100-03-01T00:00:00.000000Z")
    }
}

extension RuleEntry {
    fileprivate func renumbered(_ number: Int) -> RuleEntry {
        let text = String(decoding: StableJSON.encode(self), as: UTF8.self)
            .replacing("\"number\" : \(self.number)", with: "\"number\" : \(number)")
        return (try? StableJSON.decode(Array(text.utf8))) ?? self
    }
}
