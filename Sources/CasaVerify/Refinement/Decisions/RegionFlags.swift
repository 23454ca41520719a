internal import CasaBPF
internal import CasaPolicyIR
internal import CasaSMT

/// Whether `casa_regions` says truly which region functions know any region: the programs call no other.
///
/// That the functions know what the policy does is proved beside this.
struct RegionFlags {
    let v4: RegionReference
    let v6: RegionReference

    private static let map = ".rodata.regions"

    func prove(_ object: BPFObject, _ inquiry: Inquiry) throws(ProofError) -> ObligationResult {
        guard let map = object.dataMap(named: Self.map), map.bytes.count == 4 else {
            throw .rejected("\(Self.map) is not one word")
        }
        let found = map.bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return inquiry.result("regions", answer(found))
    }

    private func answer(_ found: UInt32) -> Answer<Counterexample> {
        let expected: UInt32 = (v4.firstMember == nil ? 0 : 1) | (v6.firstMember == nil ? 0 : 2)
        // An address whose region nobody asks for.
        for (bit, reference) in [(UInt32(1), v4), (2, v6)] where expected & ~found & bit != 0 {
            guard let member = reference.firstMember else { continue }
            return .refuted(
                .region(
                    RegionCounterexample(
                        address: member, found: 0, expected: reference.classNumber(of: member))))
        }
        guard found != expected else { return .proved }
        return .refuted(
            .tableEntry(
                TableCounterexample(table: Self.map, slot: 0, found: "\(found)", expected: "\(expected)")))
    }
}

extension RegionReference {
    fileprivate func classNumber(of address: IPAddress) -> UInt32 {
        switch address {
        case .v4(let value): function.value(at: [UInt64(value)])
        case .v6(let high, let low): function.value(at: [high, low])
        }
    }
}
