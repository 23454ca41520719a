internal import CasaSMT

/// What the policy says to a question about an address: the strongest answer on any class of the peer.
///
/// The classes are those of the address's entry in its table, if it has one, and its region's. That tables hold the
/// inventory's addresses is proved where they are made.
struct PeerMeaning {
    private let world: SymbolicWorld
    /// Whether the address has an entry, and the classes there, which end at 0.
    private let isFound: Boolean
    private let classes: [BitVector]
    /// Which region holds the address, or 0; asked only where the object knows regions.
    private let region: BitVector
    private let knowsRegions: Boolean

    private static let classCount = 6
    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let final: UInt64 = 0xE703_7ED1_A0B4_28DB

    /// An IPv4 peer, by its address in host order.
    init(address4 address: BitVector, _ world: SymbolicWorld) {
        let slot = Self.slot(of: address.zeroExtended(to: 64), section: ".rodata.addresses4", size: 16, world)
        let stored = world.content(ofRegion: ".rodata.addresses4", at: slot, count: 4)
        self.init(
            isFound: stored.equals(address), section: ".rodata.addresses4",
            classes: slot + slot.constant(4), region: world.functions.apply("region4", [address], width: 32),
            regionFlag: 0, world)
    }

    /// An IPv6 peer, by the halves of its address in host order.
    init(high: BitVector, low: BitVector, _ world: SymbolicWorld) {
        let mixed = low * low.constant(Self.first)
        let folded = high ^ (mixed << mixed.constant(31) | mixed >> mixed.constant(33))
        let slot = Self.slot(of: folded, section: ".rodata.addresses6", size: 32, world)
        let storedHigh = world.content(ofRegion: ".rodata.addresses6", at: slot, count: 8)
        let storedLow = world.content(ofRegion: ".rodata.addresses6", at: slot + slot.constant(8), count: 8)
        self.init(
            isFound: storedHigh.equals(high) && storedLow.equals(low), section: ".rodata.addresses6",
            classes: slot + slot.constant(16),
            region: world.functions.apply("region6", [high, low], width: 32), regionFlag: 1, world)
    }

    private init(
        isFound: Boolean, section: String, classes start: BitVector, region: BitVector, regionFlag: Int,
        _ world: SymbolicWorld
    ) {
        classes = (0..<Self.classCount).map { index in
            world.content(ofRegion: section, at: start + start.constant(2 * index), count: 2).zeroExtended(
                to: 32)
        }
        let flag = Unknowns.regions(in: world.arena)[regionFlag..<regionFlag + 1]
        knowsRegions = flag.equals(flag.constant(1))
        self.region = region.truncated(to: 16).zeroExtended(to: 32)
        self.isFound = isFound
        self.world = world
    }

    /// The one place of a table that can hold a key (`spec/bundle.md`, "The hash").
    private static func slot(
        of key: BitVector, section: String, size: Int, _ world: SymbolicWorld
    ) -> BitVector {
        func header(_ offset: UInt64, _ count: Int) -> BitVector {
            world.content(ofRegion: section, at: world.constant(offset), count: count).zeroExtended(to: 64)
        }
        func scaled(_ hash: BitVector, to count: BitVector) -> BitVector {
            ((hash >> hash.constant(32)) * count) >> hash.constant(32)
        }
        let hash = (key ^ header(8, 8)) * key.constant(first)
        let bucket = scaled(hash, to: header(0, 4))
        let displacement = world.content(
            ofRegion: section, at: header(16, 4) + bucket * bucket.constant(2), count: 2
        ).zeroExtended(to: 64)
        let second = (hash ^ (hash >> hash.constant(44)) ^ displacement) * key.constant(final)
        return header(20, 4) + scaled(second, to: header(4, 4)) * key.constant(size)
    }

    /// The strongest answer on any class; 0 if nobody told who has the address.
    ///
    /// An answer is a decision word with its class below, so that the greater of two is the answer on both.
    func answer(to question: BitVector) -> BitVector {
        let none = world.constant(0)
        let isInRegion = knowsRegions && !region.equals(region.constant(0))
        var strongest = isInRegion.select(Self.answer(region, question, world), else: none)
        var strongestBefore: [BitVector] = []
        for number in classes {
            strongestBefore.append(strongest)
            let answer = Self.answer(number, question, world)
            strongest = strongest.isLess(than: answer).select(answer, else: strongest)
        }
        for (number, before) in zip(classes, strongestBefore).reversed() {
            strongest = number.equals(number.constant(0)).select(before, else: strongest)
        }
        return isFound.select(strongest, else: strongestBefore.first ?? none)
    }

    private static func answer(
        _ classNumber: BitVector, _ question: BitVector, _ world: SymbolicWorld
    ) -> BitVector {
        word(classNumber, question, world).concatenated(withLow: classNumber)
    }

    /// What `casa_verdict` says; what that is, is proved by itself.
    static func word(_ classNumber: BitVector, _ question: BitVector, _ world: SymbolicWorld) -> BitVector {
        world.functions.apply("verdict", [classNumber, question], width: 32)
    }

    /// Whether a word passes, or an answer, whose upper half is one.
    static func passes(_ answer: BitVector) -> Boolean {
        let rank = answer[answer.width - 8..<answer.width]
        return rank.equals(rank.constant(1)) || rank.equals(rank.constant(2))
    }
}

extension SymbolicWorld {
    /// A question to `casa_verdict`: direction, protocol and port in one word.
    func question(direction: UInt64, protocolNumber: BitVector, port: BitVector) -> BitVector {
        arena.constant(direction, width: 8).concatenated(withLow: protocolNumber).concatenated(withLow: port)
    }

    /// What loopback asks: any protocol, no port.
    func loopbackWord(direction: UInt64) -> BitVector {
        let question = question(
            direction: direction, protocolNumber: arena.constant(0, width: 8),
            port: arena.constant(0, width: 16))
        return PeerMeaning.word(arena.constant(1, width: 32), question, self)
    }
}
