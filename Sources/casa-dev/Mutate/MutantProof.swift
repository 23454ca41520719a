internal import CasaBundle
internal import CasaSMT
internal import CasaVerify

/// Proves of a mutant what the mutation can have touched; the rest is the original's and proved.
struct MutantProof {
    /// How functions of the template begin that are proved by themselves.
    private static let reading = "casa_read_"

    private let subject: MutationSubject
    private let proof: ObjectProof
    private var addresses: [AddressTableProof.Family: AddressTableProof] = [:]

    init(_ subject: MutationSubject) {
        self.subject = subject
        proof = ObjectProof(of: subject.classified)
        let known = Dictionary(uniqueKeysWithValues: subject.known.map { ($0.address, $0.classes) })
        for family in AddressTableProof.Family.allCases {
            addresses[family] = AddressTableProof(family, expected: known)
        }
    }

    func answer(_ mutation: Mutation) throws(ProofError) -> Answer<Counterexample> {
        guard case .addresses(let section) = mutation.place else {
            let bytes = mutation.applied(to: subject.image.bytes)
            let wanted = obligations(mutation.place)
            return try proof.run(bytes, wanted: wanted.contains).answer
        }
        for (family, table) in zip(AddressTableProof.Family.allCases, subject.tables)
        where family.section == section {
            return addresses[family]?.run(mutation.applied(to: table.bytes)).answer ?? .proved
        }
        throw .rejected("there is no table \(section)")
    }

    /// By the names of a proof record.
    private func obligations(_ place: Mutation.Place) -> Set<String> {
        switch place {
        case .function("casa_verdict"), .section(".rodata.decisions"): ["verdict"]
        case .function("casa_region4"): ["region4"]
        case .function("casa_region6"): ["region6"]
        case .section(".rodata.regions"): ["regions"]
        case .function(let name) where name.hasPrefix(Self.reading):
            [String(name.dropFirst(Self.reading.count))]
        case .function(let name): Set(subject.callers(of: name).map { "hook \($0)" })
        case .section, .addresses: []
        }
    }
}
