/// A right of a process that loading needs (capabilities(7)).
package enum Capability: String, Hashable, Sendable, CaseIterable {
    case bpf = "CAP_BPF"
    case networkAdministration = "CAP_NET_ADMIN"
    case performanceMonitoring = "CAP_PERFMON"

    private var bit: UInt64 {
        switch self {
        case .bpf: 39
        case .networkAdministration: 12
        case .performanceMonitoring: 38
        }
    }

    /// CAP_SYS_ADMIN stands for all three.
    private static let everything: UInt64 = 1 << 21

    /// The rights that a process lacks, from its `/proc/self/status`; none where that does not say.
    package static func missing(inStatus status: String) -> [Capability] {
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let word = line.split(whereSeparator: { $0 == "\t" || $0 == " " }).last,
            let effective = UInt64(word, radix: 16)
        else { return [] }
        if effective & everything != 0 { return [] }
        return allCases.filter { effective & (1 << $0.bit) == 0 }
    }
}
