internal import CasaBPF
internal import CasaSMT

/// The kernel's helpers, and the functions that are proved by themselves, as far as a verdict depends on them.
final class HookHelpers: SymbolicHelpers {
    /// The maps by their handles.
    var maps: [UInt64: String] = [:]
    /// The addresses of the maps' values, by map.
    var values: [String: UInt64] = [:]

    private static let badAddress = UInt64(bitPattern: -14)
    private static let createFlag: UInt64 = 1

    func call(
        _ number: Int32, _ arguments: SymbolicArguments, _ memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector {
        let world = memory.world
        switch number {
        case HookWorld.outside["casa_verdict"]:
            return try apply("verdict", [.r1, .r2], width: 32, arguments, world)
        case HookWorld.outside["casa_region4"]:
            return try apply("region4", [.r1], width: 32, arguments, world)
        case HookWorld.outside["casa_region6"]:
            return try apply("region6", [.r1, .r2], width: 64, arguments, world)
        case HookWorld.outside["casa_read_option"]:
            return try apply("option", [.r2, .r3], width: 32, arguments, world)
        case HookWorld.outside["casa_read_options"]:
            return try apply("options", [.r2], width: 32, arguments, world)
        case HookWorld.outside["casa_read_extension"]:
            return try apply("extension", [.r2, .r3], width: 32, arguments, world)
        case HookWorld.outside["casa_read_extensions"]:
            return try apply("extensions", [.r2], width: 32, arguments, world)
        default: break
        }
        switch KernelHelper(rawValue: number) {
        case .skbLoadBytes: return try loadBytes(arguments, &memory)
        case .mapLookupElem: return try lookUp(arguments, world)
        case .skFullsock:
            let socket = try arguments.word(.r1)
            return Unknowns.isFullSocket(in: world.arena).select(socket, else: world.constant(0))
        case .skStorageGet: return try storage(arguments, world)
        case .spinLock, .spinUnlock: return world.constant(0)
        case .ringbufOutput, .ktimeGetBootNs, .skbCgroupId, .getCurrentCgroupId:
            return world.fresh("helper \(number)", width: 64)
        case let helper?: throw .unsupported("the helper \(helper.symbol)")
        case nil: throw .unknownHelper(number)
        }
    }

    /// A function that is proved by itself: here, equal arguments give equal results.
    ///
    /// Arguments have `width` bits, results 32.
    private func apply(
        _ name: String, _ registers: [Register], width: Int, _ arguments: SymbolicArguments,
        _ world: SymbolicWorld
    ) throws(Trap) -> BitVector {
        var words: [BitVector] = []
        for register in registers { words.append(try arguments.word(register).truncated(to: width)) }
        return world.functions.apply(name, words, width: 32).zeroExtended(to: 64)
    }

    /// `bpf_skb_load_bytes`: all of the bytes, or zeros and an error.
    private func loadBytes(
        _ arguments: SymbolicArguments, _ memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector {
        let packet = PacketUnknowns(memory.world)
        let start = try arguments.word(.r2).truncated(to: 32).zeroExtended(to: 64)
        let target = try arguments.word(.r3)
        let count = try arguments.number(.r4)
        guard (1...64).contains(count) else { throw .unsupported("a read of \(count) bytes of a packet") }
        let isThere = packet.holds(Int(count), at: start)
        for index in 0..<Int(count) {
            let byte = packet.byte(at: start + start.constant(index))
            try memory.store(
                isThere.select(byte, else: byte.constant(0)), at: target + target.constant(index))
        }
        let world = memory.world
        return isThere.select(world.constant(0), else: world.constant(Self.badAddress))
    }

    /// A value that is there or not; which one is not looked at, because its content is unknown anyway.
    private func lookUp(_ arguments: SymbolicArguments, _ world: SymbolicWorld) throws(Trap) -> BitVector {
        guard let name = maps[try arguments.number(.r1)], name != SocketPeers.map, let value = values[name]
        else {
            throw .unsupported("a lookup in something that is no map of values")
        }
        return world.freshTruth("\(name) has the key").select(world.constant(value), else: world.constant(0))
    }

    private func storage(_ arguments: SymbolicArguments, _ world: SymbolicWorld) throws(Trap) -> BitVector {
        guard maps[try arguments.number(.r1)] == SocketPeers.map, let value = values[SocketPeers.map] else {
            throw .unsupported("a storage that is not the peers' of a socket")
        }
        let isThere =
            try arguments.number(.r4) == Self.createFlag
            ? SocketPeers.isMade(in: world.arena) : SocketPeers.isThere(in: world.arena)
        return isThere.select(world.constant(value), else: world.constant(0))
    }
}
