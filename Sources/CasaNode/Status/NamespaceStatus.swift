internal import CasaBundle
package import CasaPolicyIR

/// What is really in force for a namespace, read from the kernel and compared with what was loaded.
package struct NamespaceStatus: Sendable {
    package let namespace: String
    /// `nil` where pins are left, and nobody wrote down what they are.
    package let state: NamespaceState?
    package let loadedAt: WallTime?
    /// A loader is switching now, or was killed while it did.
    package let isSwitching: Bool
    package let cgroups: [CgroupStatus]
    /// By rule number.
    package let rules: [Count]
    /// Refusals that no rule decided, by reason.
    package let refusals: [RefusalCount]
    /// Events that found the ring full.
    package let losses: UInt64?
    /// Whether flows that pass are reported when they open.
    package let reportsAllowed: Bool?
    /// Pins of links that no cgroup of the state explains.
    package let strayLinks: [String]

    package struct Count: Hashable, Sendable {
        package let packets: UInt64
        package let bytes: UInt64
    }

    package struct RefusalCount: Hashable, Sendable {
        package let refusal: Refusal
        package let count: Count
    }

    package struct CgroupStatus: Hashable, Sendable {
        package let entry: NamespaceState.CgroupEntry
        package let hooks: [HookStatus]
        /// Whether a process is in it; `nil` where the cgroup is gone.
        package let isPopulated: Bool?
    }

    package struct HookStatus: Hashable, Sendable {
        package let hook: String
        package let condition: Condition
    }

    /// The state of one hook of one cgroup.
    package enum Condition: Hashable, Sendable {
        /// The program that was loaded runs.
        case attached(program: UInt32, tag: String)
        /// There is no link: nothing is judged here.
        case missing
        /// The cgroup is gone, and the link with it.
        case cgroupGone
        /// Something else runs, or the link leads elsewhere.
        case drifted(String)
    }

    /// Whether every hook of every cgroup that still exists runs what was loaded, and nothing else is pinned.
    package var isComplete: Bool {
        state != nil && !isSwitching && strayLinks.isEmpty
            && cgroups.allSatisfy { $0.hooks.allSatisfy { $0.condition.isHarmless } }
    }
}

extension NamespaceStatus.Condition {
    fileprivate var isHarmless: Bool {
        switch self {
        case .attached, .cgroupGone: true
        case .missing, .drifted: false
        }
    }
}
