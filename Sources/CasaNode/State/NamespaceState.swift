package import CasaBundle

/// What was loaded for a namespace: how to read its events, counters and pins.
package struct NamespaceState: Hashable, Sendable, Codable {
    static let currentFormat = 1

    var format = Self.currentFormat
    /// Counts the loads; the number in the names of pins.
    package let generation: Int
    /// Of the manifest, which holds the digests of everything else.
    package let bundle: Digest
    package let inventory: Digest
    /// Nanoseconds since 1970.
    package let loadedAt: UInt64
    /// When the first link was about to be switched, in nanoseconds since boot.
    ///
    /// What happened earlier was judged by the generation before.
    package var switchBegan: UInt64
    /// When the last link had been switched; between the two it may have been either.
    package var switchEnded: UInt64
    package let kernelOnly: Bool
    /// What a trusted key said of the bundle; absent where it was loaded on nobody's word.
    package let attestation: AttestedGeneration?
    /// The newest that was attested of any load since the namespace was last unloaded.
    ///
    /// A load on nobody's word leaves it standing, so that it is no way back to an older one.
    package let newestAttested: AttestedGeneration?
    package let unserved: [UnservedPoint]
    package let manifest: Manifest
    package let cgroups: [CgroupEntry]
    package let addressNames: [AddressName]

    /// One cgroup that is judged.
    package struct CgroupEntry: Hashable, Sendable, Codable {
        package let path: String
        package let id: UInt64
        /// As `banking/Deployment/teller`.
        package let workload: String
        package let pod: String
        package let subject: Int
        /// The kernel's tags of its programs, in the order of the hooks.
        package let tags: [HookTag]
    }

    package struct HookTag: Hashable, Sendable, Codable {
        package let hook: String
        package let tag: String
    }
}

/// Someone who has to be there for some rules to hold, and is not.
package struct UnservedPoint: Hashable, Sendable, Codable {
    /// As the manifest names it: `runtime`.
    package let point: String
    /// The numbers of the rules, ascending.
    package let rules: [Int]
}
