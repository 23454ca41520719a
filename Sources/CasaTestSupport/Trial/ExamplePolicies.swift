internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaPolicyIR

/// The policies of a folder with documents, on a node that has learned addresses for everyone they speak of.
package enum ExamplePolicies {
    /// One for each managed namespace, in the order of their names.
    package static func read(_ folder: String) throws -> [GeneratedPolicy] {
        var diagnostics = DiagnosticBag()
        let sources = try SourceCollection(arguments: [folder]).read(reporting: &diagnostics)
        let model = try Compilation(of: sources).meaning(reporting: &diagnostics).model
        return model.namespaces.map { GeneratedPolicy(policy: $0, book: book(for: $0)) }
    }

    /// Two addresses of each family for each class; the second of every third class is one of the next class too.
    private static func book(for policy: NamespacePolicy) -> AddressBook {
        var book = AddressBook()
        let learned = policy.peers.filter { peer in
            switch peer {
            case .loopback, .block: false
            case .node, .resolver, .runtime, .workload, .service, .name, .namespace, .pods: true
            }
        }
        for (number, peer) in learned.enumerated() {
            for place in 1...2 {
                let low = UInt64(number) << 8 | UInt64(place)
                let addresses: [IPAddress] = [
                    .v4(0x0A40_0000 | UInt32(low)), .v6(high: 0xFD00_0000_0000_0040, low: low),
                ]
                for address in addresses {
                    book.add(peer, at: address)
                    if place == 2, number % 3 == 0 {
                        book.add(learned[(number + 1) % learned.count], at: address)
                    }
                }
            }
        }
        return book
    }
}
