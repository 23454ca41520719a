package import CasaBundle
package import CasaDiagnostics
package import CasaPolicyIR

/// The class numbers of one object: who can be asked about, and as which number (`spec/ir.md`, "Classes").
///
/// A learned class has one number. A block has the numbers of all regions inside it, because the code knows
/// an address only by the one region that holds it.
package struct ClassAssignment: Sendable {
    /// By number.
    package let entries: [ClassEntry]
    package let regions4: RegionMap<UInt32>
    package let regions6: RegionMap<UInt128>
    private let numbers: [PeerClass: [UInt16]]

    package init(
        _ policy: NamespacePolicy, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        let peers = policy.peers
        let learned = peers.filter { ClassNumber.fixed($0) == nil && $0.block == nil }
        let blocks4 = FamilyBlocks(peers, read: \.v4Interval)
        let blocks6 = FamilyBlocks(peers, read: \.v6Interval)
        let count = learned.count + blocks4.regionCount + blocks6.regionCount
        let room = ClassNumber.limit + 1 - Int(ClassNumber.firstAssigned)
        guard count <= room else {
            throw diagnostics.fail(
                Diagnostic(
                    .tooManyClasses, at: policy.rules.first?.origin,
                    "namespace `\(policy.name)` speaks of \(count) classes of peers, "
                        + "an object holds at most \(room)"
                )
                .help("name whole namespaces or wider address blocks instead of single peers"))
        }

        var entries: [ClassEntry] = []
        var numbers: [PeerClass: [UInt16]] = [:]
        for peer in peers {
            guard let number = ClassNumber.fixed(peer) else { continue }
            entries.append(ClassEntry(number: number, peer: peer))
            numbers[peer] = [number]
        }
        entries.sort { $0.number < $1.number }
        var next = ClassNumber.firstAssigned
        for peer in learned {
            entries.append(ClassEntry(number: next, peer: peer))
            numbers[peer] = [next]
            next &+= 1
        }
        regions4 = blocks4.number(from: &next, entries: &entries, numbers: &numbers)
        regions6 = blocks6.number(from: &next, entries: &entries, numbers: &numbers)
        self.entries = entries
        self.numbers = numbers
    }

    /// The numbers under which a rule about this peer is found, ascending.
    package func classes(of peer: PeerClass) -> [UInt16] { numbers[peer] ?? [] }
}

extension PeerClass {
    fileprivate var block: CIDRBlock? {
        if case .block(let block) = self { block } else { nil }
    }
}

extension CIDRBlock {
    fileprivate var v4Interval: (first: UInt32, last: UInt32)? {
        let addresses = addresses
        guard case .v4(let first) = addresses.lowerBound, case .v4(let last) = addresses.upperBound else {
            return nil
        }
        return (first, last)
    }

    fileprivate var v6Interval: (first: UInt128, last: UInt128)? {
        let addresses = addresses
        guard case .v6(let firstHigh, let firstLow) = addresses.lowerBound,
            case .v6(let lastHigh, let lastLow) = addresses.upperBound
        else { return nil }
        return (UInt128(firstHigh) << 64 | UInt128(firstLow), UInt128(lastHigh) << 64 | UInt128(lastLow))
    }
}

/// The blocks of one family, with the regions they make.
private struct FamilyBlocks<Address: FixedWidthInteger & UnsignedInteger & Sendable> {
    private let regions: AddressRegions<Address>
    /// Every peer that means this block; they differ in host bits only.
    private let peers: [[PeerClass]]
    private let blocks: [CIDRBlock]
    /// The blocks that are the innermost one of some address, ascending.
    private let innermost: [Int]

    var regionCount: Int { innermost.count }

    init(_ peers: [PeerClass], read: (CIDRBlock) -> (first: Address, last: Address)?) {
        let own = peers.compactMap {
            peer -> (peer: PeerClass, block: CIDRBlock, first: Address, last: Address)? in
            guard let block = peer.block?.normalised, let interval = read(block) else { return nil }
            return (peer, block, interval.first, interval.last)
        }.sorted { ($0.first, $1.last, $0.peer) < ($1.first, $0.last, $1.peer) }
        var ordered: [(first: Address, last: Address)] = []
        var blocks: [CIDRBlock] = []
        var grouped: [[PeerClass]] = []
        for entry in own {
            if entry.block == blocks.last {
                grouped[grouped.count - 1].append(entry.peer)
            } else {
                ordered.append((entry.first, entry.last))
                blocks.append(entry.block)
                grouped.append([entry.peer])
            }
        }
        regions = AddressRegions(ordered)
        self.blocks = blocks
        self.peers = grouped
        innermost = Set(regions.steps.compactMap(\.innermost)).sorted()
    }

    /// Gives each region the next number, and each block those of the regions inside it.
    func number(
        from next: inout UInt16, entries: inout [ClassEntry], numbers: inout [PeerClass: [UInt16]]
    ) -> RegionMap<Address> {
        var assigned: [Int: UInt16] = [:]
        for index in innermost {
            let chain = regions.chain(of: index)
            entries.append(ClassEntry(number: next, region: chain.map { blocks[$0] }))
            for holder in chain {
                for peer in peers[holder] { numbers[peer, default: []].append(next) }
            }
            assigned[index] = next
            next &+= 1
        }
        return RegionMap(
            steps: regions.steps.map { step in
                .init(start: step.start, classNumber: step.innermost.flatMap { assigned[$0] } ?? 0)
            })
    }
}
