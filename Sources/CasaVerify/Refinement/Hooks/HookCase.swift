internal import CasaSMT

/// One of the cases that a claim is cut into: all of them together are every packet, call or socket.
///
/// In each, what tells it from the others is a number or a known outcome, so that code and meaning become one term in
/// most places, and little is left to the solver.
enum HookCase: CaseIterable, Hashable {
    /// No distinction.
    case any
    /// A packet by the version in its first byte.
    case version4, version6, versionOther
    /// A call to an IPv6 address: `::ffff:a.b.c.d`, or where it differs from that.
    case mapped, unmappedFirst, unmappedSecond

    static let packets: [HookCase] = [.version4, .version6, .versionOther]
    static let calls6: [HookCase] = [.mapped, .unmappedFirst, .unmappedSecond]

    /// What tells the case from others.
    func premises(_ world: SymbolicWorld) -> [Boolean] {
        let arena = world.arena
        let version = arena.variable("version", width: 4)
        let upper = HookKind.call.field(8, 4, in: arena) | HookKind.call.field(12, 4, in: arena)
        let middle = HookKind.call.field(16, 4, in: arena)
        // As the four bytes 00 00 ff ff stand in memory.
        let isMarked = middle.equals(middle.constant(0xFFFF_0000))
        let isUpperZero = upper.equals(upper.constant(0))
        switch self {
        case .any: return []
        case .version4: return [version.equals(version.constant(4))]
        case .version6: return [version.equals(version.constant(6))]
        case .versionOther:
            return [!version.equals(version.constant(4)), !version.equals(version.constant(6))]
        case .mapped: return [isUpperZero, isMarked]
        case .unmappedFirst: return [!isUpperZero]
        case .unmappedSecond: return [isUpperZero, !isMarked]
        }
    }

    /// Puts into the world what is a number in this case.
    func prepare(_ world: SymbolicWorld) {
        let arena = world.arena
        let version: BitVector
        switch self {
        case .version4: version = arena.constant(4, width: 4)
        case .version6: version = arena.constant(6, width: 4)
        case .versionOther: version = arena.variable("version", width: 4)
        case .any, .mapped, .unmappedFirst, .unmappedSecond: return
        }
        world.functions.define(
            PacketUnknowns.function, [world.constant(0)],
            as: version.concatenated(withLow: arena.variable("header words", width: 4)))
    }
}
