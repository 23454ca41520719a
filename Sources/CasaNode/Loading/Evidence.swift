internal import CasaBundle

/// Whether enough is known of a bundle to load it, and whether it is as new as what was loaded.
struct Evidence {
    private let options: LoadOptions

    init(_ options: LoadOptions) {
        self.options = options
    }

    /// What can be said before anything on the node is looked at.
    func check(_ bundle: Bundle) throws(NodeError) {
        if let attestation = options.attestation {
            // Who checked it may have read the bundle at another time than who loads it.
            guard attestation.manifest == bundle.digest else { throw .foreignAttestation }
        }
        guard bundle.manifest.isProved || (options.acceptsUnproved && options.attestation == nil) else {
            throw .unproved(namespace: bundle.manifest.namespace)
        }
    }

    /// The newest that was attested before; throws if an attested bundle is not as new.
    ///
    /// Of a loader that was killed while it switched it is not known how far it came: what it was about to
    /// bring into force counts too.
    func newest(besides file: StateFile) throws(NodeError) -> AttestedGeneration? {
        guard let offered = options.attestation else {
            let known = [(try? file.read()) ?? nil, (try? file.readPending()) ?? nil]
            return Self.newest(known)
        }
        // Whoever relies on the order of generations is not to be told that there was none.
        let newest = Self.newest([try file.read(), try file.readPending()])
        if let newest {
            let isSame = offered.generation == newest.generation && offered.manifest == newest.manifest
            guard isSame || offered.generation > newest.generation else {
                throw .staleGeneration(offered, than: newest)
            }
        }
        return newest
    }

    private static func newest(_ states: [NamespaceState?]) -> AttestedGeneration? {
        states.compactMap { $0?.newestAttested }.max { $0.generation < $1.generation }
    }
}
