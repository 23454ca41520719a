package import CasaBundle
package import CasaDiagnostics
package import CasaPolicyIR

/// The class numbers of one object: who can be asked about, and as which number (`spec/ir.md`, "Classes").
///
/// A learned class has one number. A block has the numbers of all regions inside it, because the code knows
/// an address only by the one region that holds it.
package struct ClassAssignment: Sendable {
    package let regions4: RegionMap<UInt32>
    package let regions6: RegionMap<UInt128>
    /// Every class that some rule speaks of, sorted.
    private let peers: [PeerClass]
    private let regions: [Region]
    /// Those of peer `p` are `numbers[starts[p]..<starts[p + 1]]`, ascending.
    private let numbers: [UInt16]
    private let starts: [Int]

    fileprivate struct Region {
        let number: UInt16
        /// The innermost first.
        let blocks: [CIDRBlock]
    }

    package init(
        _ policy: NamespacePolicy, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        let peers = policy.peers
        let blocks = peers.indices.compactMap { index in peers[index].block.map { (index, $0.normalised) } }
        let blocks4 = FamilyBlocks(blocks, read: \.v4Interval)
        let blocks6 = FamilyBlocks(blocks, read: \.v6Interval)
        let learnedCount = peers.count { ClassNumber.fixed($0) == nil } - blocks.count
        let count = learnedCount + blocks4.regionCount + blocks6.regionCount
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

        // Learned classes first, then regions, so that theirs are the greatest numbers.
        var next = ClassNumber.firstAssigned &+ UInt16(learnedCount)
        var regions: [Region] = []
        var blockNumbers: [Int: [UInt16]] = [:]
        regions4 = blocks4.number(from: &next, regions: &regions, numbers: &blockNumbers)
        regions6 = blocks6.number(from: &next, regions: &regions, numbers: &blockNumbers)
        self.regions = regions
        self.peers = peers

        var learned = ClassNumber.firstAssigned
        var numbers: [UInt16] = []
        var starts = [0]
        numbers.reserveCapacity(peers.count)
        starts.reserveCapacity(peers.count + 1)
        for (index, peer) in peers.enumerated() {
            if let fixed = ClassNumber.fixed(peer) {
                numbers.append(fixed)
            } else if case .block = peer {
                numbers += blockNumbers[index] ?? []
            } else {
                numbers.append(learned)
                learned &+= 1
            }
            starts.append(numbers.count)
        }
        self.numbers = numbers
        self.starts = starts
    }

    /// The numbers under which a rule about a peer of the policy is found, ascending; by the peer's place.
    package func classes(ofPeer index: Int) -> ArraySlice<UInt16> {
        numbers[starts[index]..<starts[index + 1]]
    }

    /// The numbers under which a rule about this peer is found, ascending; none if no rule is.
    package func classes(of peer: PeerClass) -> [UInt16] {
        var low = 0
        var high = peers.count
        while low < high {
            let middle = (low + high) / 2
            if peers[middle] < peer { low = middle + 1 } else { high = middle }
        }
        return low < peers.count && peers[low] == peer ? Array(classes(ofPeer: low)) : []
    }

    /// Every class with what it stands for, by number.
    package var entries: [ClassEntry] {
        let known = peers.indices.compactMap { index -> ClassEntry? in
            if case .block = peers[index] { return nil }
            return classes(ofPeer: index).first.map { ClassEntry(number: $0, peer: peers[index]) }
        }
        // The four of fixed numbers come first among the peers, and have the least.
        return known + regions.map { ClassEntry(number: $0.number, region: $0.blocks) }
    }
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
    /// The place of every peer that means this block; they differ in host bits only.
    private let peers: [[Int]]
    private let blocks: [CIDRBlock]
    /// The blocks that are the innermost one of some address, ascending.
    private let innermost: [Int]

    var regionCount: Int { innermost.count }

    init(_ peers: [(index: Int, block: CIDRBlock)], read: (CIDRBlock) -> (first: Address, last: Address)?) {
        let own = peers.compactMap { peer -> (peer: Int, block: CIDRBlock, first: Address, last: Address)? in
            guard let interval = read(peer.block) else { return nil }
            return (peer.index, peer.block, interval.first, interval.last)
        }.sorted { ($0.first, $1.last, $0.peer) < ($1.first, $0.last, $1.peer) }
        var ordered: [(first: Address, last: Address)] = []
        var blocks: [CIDRBlock] = []
        var grouped: [[Int]] = []
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
        from next: inout UInt16, regions all: inout [ClassAssignment.Region], numbers: inout [Int: [UInt16]]
    ) -> RegionMap<Address> {
        var assigned: [Int: UInt16] = [:]
        for index in innermost {
            let chain = regions.chain(of: index)
            all.append(.init(number: next, blocks: chain.map { blocks[$0] }))
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
