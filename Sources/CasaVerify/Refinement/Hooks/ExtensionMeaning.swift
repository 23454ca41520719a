internal import CasaSMT

/// What IPv6 extension headers say (RFC 8200, section 4): one, and all of them.
///
/// A number whose upper 24 bits are zero is a reason to refuse; another is where the next header begins, with its kind
/// in the lowest eight bits.
enum ExtensionMeaning {
    private static let malformed = 3
    private static let fragment = 5
    private static let start = 40
    private static let limit = 6

    /// Headers that are read over: hop-by-hop 0, fragment 44, destination options 60; the last two differ in one bit.
    static func isExtension(_ next: BitVector) -> Boolean {
        next.equals(next.constant(0)) || (next & ~next.constant(16)).equals(next.constant(44))
    }

    /// The header of kind `next` at a place.
    static func header(at place: BitVector, kind next: BitVector, _ world: SymbolicWorld) -> BitVector {
        let packet = PacketUnknowns(world)
        let start = place.zeroExtended(to: 64)
        let isFragment = next.equals(next.constant(44))
        let offset = packet.number(2, 2, from: start)
        let isFirst = (offset & offset.constant(0xFFF8)).equals(offset.constant(0))
        let words = packet.byte(1, from: start).zeroExtended(to: 32)
        let short = place + place.constant(8)
        let long = short + words * place.constant(8)
        let kind = packet.byte(at: start)
        func behind(_ place: BitVector) -> BitVector { place[0..<24].concatenated(withLow: kind) }
        let fragmented = isFirst.select(behind(short), else: place.constant(fragment))
        return packet.holds(8, at: start).select(
            isFragment.select(fragmented, else: behind(long)), else: place.constant(malformed))
    }

    /// One header after the other, until one is no extension, refuses the packet, or is the seventh.
    static func allHeaders(from first: BitVector, _ world: SymbolicWorld) -> BitVector {
        var states = [(place: first.constant(start), next: first)]
        var answers: [BitVector] = []
        for _ in 0..<limit {
            let (place, next) = states[states.count - 1]
            let answer = world.functions.apply("extension", [place, next], width: 32)
            answers.append(answer)
            states.append(
                (place: answer[8..<32].zeroExtended(to: 32), next: answer[0..<8].zeroExtended(to: 32)))
        }
        func result(_ state: (place: BitVector, next: BitVector)) -> BitVector {
            state.place[0..<24].concatenated(withLow: state.next[0..<8])
        }
        var outcome = result(states[limit])
        for (index, answer) in answers.enumerated().reversed() {
            let isRefusal = answer[8..<32].equals(world.arena.constant(0, width: 24))
            let (place, next) = states[index]
            outcome = isExtension(next[0..<8]).select(
                isRefusal.select(answer, else: outcome), else: result((place, next)))
        }
        return outcome
    }

    /// What one header promises to those who read them all: it refuses, or the next begins behind it, not far off.
    static func promise(ofHeader result: BitVector, at place: BitVector) -> Boolean {
        let behind = result[8..<32].zeroExtended(to: 32)
        let isNear = place.constant(start).isAtMost(place) && place.isAtMost(place.constant(1 << 20))
        return isNear.implies(
            isRefusal(result) || place.isLess(than: behind) && behind.isAtMost(place + place.constant(2048)))
    }

    /// What all of them promise: a reason, or a place behind the first header.
    static func promise(ofHeaders result: BitVector) -> Boolean {
        let place = result[8..<32]
        return isRefusal(result) || place.constant(start).isAtMost(place)
    }

    private static func isRefusal(_ result: BitVector) -> Boolean {
        result.equals(result.constant(malformed)) || result.equals(result.constant(fragment))
    }

    /// The same, where it is proved by itself.
    static func headers(from first: BitVector, _ world: SymbolicWorld) -> BitVector {
        world.functions.apply("extensions", [first], width: 32)
    }
}
