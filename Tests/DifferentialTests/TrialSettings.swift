import CasaTestSupport
import Foundation

/// How many packets of which policies are tried: the environment may say.
enum TrialSettings {
    private static let environment = ProcessInfo.processInfo.environment

    /// `CASA_SEED`, one number or several with commas, instead of the usual ones.
    static let seeds: [UInt64] = {
        let named = (environment["CASA_SEED"] ?? "").split(separator: ",").compactMap { UInt64($0) }
        return named.isEmpty ? Array(1...usualSeeds) : named
    }()

    /// Unoptimised, evaluator and interpreter are a hundred times slower.
    #if DEBUG
        private static let usualSeeds: UInt64 = 8
    #else
        private static let usualSeeds: UInt64 = 200
    #endif

    /// Of all policies together.
    static let packetCount: Int = environment["CASA_DIFFERENTIAL_PACKETS"].flatMap { Int($0) } ?? usualCount

    private static var usualCount: Int {
        seeds.count < 50 ? 5_000 * seeds.count : asksKernel ? 200_000 : 100_000
    }

    /// Whether the kernel has its say; where the environment demands it, it must.
    static let asksKernel = Requirement.bpf.isMet || isDemanded

    private static let isDemanded = (environment["CASA_REQUIRE"] ?? "").split(separator: ",")
        .contains { $0 == Requirement.bpf.rawValue || $0 == Requirement.root.rawValue }
}
