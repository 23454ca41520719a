import CasaBPF
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import Testing

/// What is read of the machine, from texts that kernels write.
@Suite struct MachineTests {
    static let mounts = """
        cgroup /sys/fs/cgroup/net_cls,net_prio cgroup rw,nosuid,net_cls,net_prio 0 0
        cgroup2 /sys/fs/cgroup/uni\\040fied\\134 cgroup2 rw,relatime 0 0
        bpf /sys/fs/bpf bpf rw 0 0
        broken
        """

    @Test("mounts are read with their blanks")
    func mounts() {
        let table = MountTable(Self.mounts)
        #expect(table.mounts.count == 3)
        #expect(table.cgroup2 == "/sys/fs/cgroup/uni fied\\")
        #expect(
            table.version1("net_prio") == "/sys/fs/cgroup/net_cls,net_prio" && table.version1("cpu") == nil)
    }

    @Test(
        "v1 controllers hide sockets before Linux 5.15, where they are in use",
        arguments: [
            ("5.10.0-30-amd64", 2, true), ("5.10.0", 1, false), ("5.15.0", 2, false), ("6.18.44", 9, false),
        ])
    func hiddenSockets(release: String, cgroups: Int, hidden: Bool) {
        let controllers =
            "#subsys_name\thierarchy\tnum_cgroups\tenabled\nnet_cls\t3\t\(cgroups)\t1\nnet_prio\t3\t1\t1\n"
        let found = HiddenSockets(
            mounts: MountTable(Self.mounts), controllers: controllers, release: KernelRelease(release))
        #expect((found != nil) == hidden)
        #expect(found.map(\.controller) == (hidden ? "net_cls" : nil))
        let none = HiddenSockets(
            mounts: MountTable(""), controllers: controllers, release: KernelRelease("5.10"))
        #expect(none == nil)
    }

    @Test("releases are compared as numbers")
    func releases() {
        #expect(KernelRelease("5.8.0-cloud") < KernelRelease("5.15"))
        #expect(!(KernelRelease("6.1") < KernelRelease("5.15")))
        #expect(KernelRelease("6.18-rc1") < KernelRelease("7.2") && KernelRelease("odd").major == 0)
    }

    @Test("missing capabilities are named, and root has them all")
    func capabilities() {
        #expect(Capability.missing(inStatus: "Name:\tx\nCapEff:\t000001ffffffffff\n") == [])
        #expect(Capability.missing(inStatus: "CapEff:\t0000000000200000\n") == [], "CAP_SYS_ADMIN")
        #expect(Capability.missing(inStatus: "CapEff:\t0000008000001000\n") == [.performanceMonitoring])
        #expect(Capability.missing(inStatus: "CapEff:\t0000000000000000\n") == Capability.allCases)
    }

    @Test("of a verifier's log the last instruction and the last words are kept")
    func verifierLog() {
        let head = (0..<40).map { "\($0): (b7) r0 = \($0)\n" }.joined()
        let log = VerifierLog(
            head + "; if (x) @ policy.yaml:7\n40: (79) r0 = *(u64 *)(r1 +0)\nR1 invalid mem access 'scalar'\n"
                + "processed 41 insns (limit 1000000) max_states_per_insn 0\nverification time 12 usec\n",
            keeping: 3)
        #expect(log.instruction == 40 && log.reason == "R1 invalid mem access 'scalar'")
        #expect(log.tail.count == 3 && log.tail[0] == "; if (x) @ policy.yaml:7" && log.omitted == 40)
        #expect(VerifierLog("").reason == "no reason given" && VerifierLog("").instruction == nil)
        #expect(VerifierLog("a\u{1B}[31mred\t\n").tail == ["a [31mred"])
    }
}
