internal import CasaSMT

/// What IPv4 options say (RFC 791, section 3.1): one, and all of them.
///
/// A number below 20 is a reason to refuse; another is where the next option begins.
enum OptionMeaning {
    private static let malformed = 3
    private static let sourceRoute = 7
    static let start = 20
    static let limit = 40

    /// The option at `next`, of options that end at `end`.
    static func option(at next: BitVector, until end: BitVector, _ world: SymbolicWorld) -> BitVector {
        let packet = PacketUnknowns(world)
        let place = next.zeroExtended(to: 64)
        let type = packet.byte(at: place)
        let after = next + next.constant(1)
        let lengthPlace = after.zeroExtended(to: 64)
        let length = packet.byte(at: lengthPlace)
        let following = next + length.zeroExtended(to: 32)
        let isWhole =
            after.isLess(than: end) && packet.holds(1, at: lengthPlace)
            && !length.isLess(than: length.constant(2)) && following.isAtMost(end)
        let isRoute = type.equals(type.constant(131)) || type.equals(type.constant(137))
        let refusal = next.constant(malformed)
        let other = isRoute.select(next.constant(sourceRoute), else: isWhole.select(following, else: refusal))
        let known = type.equals(type.constant(0)).select(
            end, else: type.equals(type.constant(1)).select(after, else: other))
        return packet.holds(1, at: place).select(known, else: refusal)
    }

    /// One option after the other until the end, or until one refuses the packet.
    ///
    /// Each is 0 or a reason.
    static func allOptions(until end: BitVector, _ world: SymbolicWorld) -> BitVector {
        var beginnings = [end.constant(start)]
        for _ in 0..<limit {
            beginnings.append(
                world.functions.apply("option", [beginnings[beginnings.count - 1], end], width: 32))
        }
        var result = end.constant(0)
        for (next, following) in zip(beginnings, beginnings.dropFirst()).reversed() {
            let isRefusal = following.isLess(than: end.constant(start))
            result = next.isLess(than: end).select(
                isRefusal.select(following, else: result), else: end.constant(0))
        }
        return result
    }

    /// What one option promises to those who read them all: it refuses, or the next begins behind it and not behind the end.
    static func promise(ofOption result: BitVector, at next: BitVector, until end: BitVector) -> Boolean {
        let isInside =
            next.constant(start).isAtMost(next) && next.isLess(than: end)
            && end.isAtMost(end.constant(start + limit))
        return isInside.implies(isRefusal(result) || next.isLess(than: result) && result.isAtMost(end))
    }

    /// What all of them promise: a reason or none.
    static func promise(ofOptions result: BitVector, until end: BitVector) -> Boolean {
        end.isAtMost(end.constant(start + limit)).implies(
            isRefusal(result) || result.equals(result.constant(0)))
    }

    private static func isRefusal(_ result: BitVector) -> Boolean {
        result.equals(result.constant(malformed)) || result.equals(result.constant(sourceRoute))
    }

    /// The same, where it is proved by itself.
    static func options(until end: BitVector, _ world: SymbolicWorld) -> BitVector {
        world.functions.apply("options", [end], width: 32)
    }
}
