internal import CasaPolicyIR

/// A policy and a node that answer as a counterexample of a hook supposes: hooks are proved for all policies, so it makes one up.
struct SuppositionPolicy {
    private let circumstances: HookCircumstances

    init(_ circumstances: HookCircumstances) {
        self.circumstances = circumstances
    }

    static let workload = WorkloadID(namespace: "supposed", kind: .pod, name: "subject")

    var subject: WorkloadID? {
        (circumstances.value(of: "subject") ?? 0) & 0xFFFF_FFFF == 0 ? nil : Self.workload
    }

    /// One rule for each question that was answered with a rank.
    var policy: NamespacePolicy {
        let rules = circumstances.applications(of: "verdict").compactMap { application -> Rule? in
            guard application.arguments.count == 2, let effect = Self.effect(ofWord: application.result)
            else {
                return nil
            }
            return Self.rule(class: application.arguments[0], question: application.arguments[1], effect)
        }
        return NamespacePolicy(
            name: Self.workload.namespace,
            subjects: [Subject(workload: Self.workload, hostNetwork: false, origin: nil)], rules: rules,
            runtime: RuntimeTables())
    }

    /// Which classes the tables and the regions give an address.
    func book(of addresses: [IPAddress]) -> AddressBook {
        var book = AddressBook()
        for address in addresses {
            for number in classes(of: address) { book.add(Self.peer(number), at: address) }
        }
        return book
    }

    /// Ranks without a name refuse, and are stronger than all others.
    private static func effect(ofWord word: UInt64) -> Effect? {
        let rank = UInt8(truncatingIfNeeded: word >> 24)
        return rank == 0 ? nil : Effect(rawValue: rank) ?? .quarantine
    }

    private static func rule(class number: UInt64, question: UInt64, _ effect: Effect) -> Rule? {
        guard question >> 25 == 0, number > 0 else { return nil }
        let port = UInt16(truncatingIfNeeded: question)
        let direction: Direction = question >> 24 & 1 == 0 ? .egress : .ingress
        let (peer, transport): (PeerClass, Transport)
        switch question >> 16 & 0xFF {
        case 0 where number == 1 && port == 0: (peer, transport) = (.loopback, .any)
        case 6: (peer, transport) = (Self.peer(number), .tcp)
        case 17: (peer, transport) = (Self.peer(number), .udp)
        default: return nil
        }
        return Rule(
            subject: Self.workload, direction: direction, peer: peer, transport: transport,
            ports: port...port,
            effect: effect, source: .written(policy: "supposed"), origin: nil)
    }

    private static func peer(_ number: UInt64) -> PeerClass { .name(DomainName("class-\(number)")) }

    // MARK: The tables (`spec/bundle.md`, "Address tables")

    private func classes(of address: IPAddress) -> [UInt64] {
        let (section, place, region, bit): (String, UInt64?, UInt64, UInt64)
        switch address {
        case .v4(let value):
            section = ".rodata.addresses4"
            let slot = slot(of: UInt64(value), in: section, size: 16)
            place = circumstances.number(of: section, at: slot, count: 4) == UInt64(value) ? slot &+ 4 : nil
            (region, bit) = (circumstances["region4", UInt64(value)], 1)
        case .v6(let high, let low):
            section = ".rodata.addresses6"
            let product = low &* Self.first
            let slot = slot(of: high ^ (product << 31 | product >> 33), in: section, size: 32)
            let isHere =
                circumstances.number(of: section, at: slot, count: 8) == high
                && circumstances.number(of: section, at: slot &+ 8, count: 8) == low
            place = isHere ? slot &+ 16 : nil
            (region, bit) = (circumstances["region6", high, low], 2)
        }
        var classes: [UInt64] = []
        if let place {
            for index in 0..<UInt64(6) {
                let number = circumstances.number(of: section, at: place &+ 2 * index, count: 2)
                if number == 0 { break }
                classes.append(number)
            }
        }
        let knows = (circumstances.value(of: "regions") ?? 0) & bit != 0
        return knows && region & 0xFFFF != 0 ? classes + [region & 0xFFFF] : classes
    }

    private func slot(of key: UInt64, in section: String, size: UInt64) -> UInt64 {
        func header(_ offset: UInt64, _ count: Int) -> UInt64 {
            circumstances.number(of: section, at: offset, count: count)
        }
        func scaled(_ hash: UInt64, to count: UInt64) -> UInt64 { ((hash >> 32) &* count) >> 32 }
        let hash = (key ^ header(8, 8)) &* Self.first
        let displacement = circumstances.number(
            of: section, at: header(16, 4) &+ scaled(hash, to: header(0, 4)) &* 2, count: 2)
        let second = (hash ^ hash >> 44 ^ displacement) &* Self.final
        return header(20, 4) &+ scaled(second, to: header(4, 4)) &* size
    }

    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let final: UInt64 = 0xE703_7ED1_A0B4_28DB
}
