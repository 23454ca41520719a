package import CasaBPF

/// The kernel as far as CASA's programs see it: maps, the bytes of a packet, a socket and its storage, a clock.
package final class ModelledKernel: HelperEnvironment {
    package let memory = ConcreteMemory()
    package let socket: ModelledSocket
    package var packet: [UInt8] = []

    /// The records written since the run began.
    package private(set) var events: [[UInt8]] = []
    /// The counter looked up in this run, and what it was.
    package private(set) var counted: (index: Int, address: UInt64, packets: UInt64, bytes: UInt64)?
    private var hasStorage = false
    private let storage: UInt64
    private let storageBytes: UInt64
    private var isLocked = false

    /// What a handle of a map stands for.
    private enum Kind: Equatable {
        case values(address: UInt64, count: UInt64, stride: UInt64, isCounters: Bool)
        case ring
        case socketStorage
    }

    /// By the map's number, which is what is left of a handle.
    private var kinds: [Kind] = []
    private static let handles: UInt64 = 0xCA5A << 48
    private static let badAddress = UInt64(bitPattern: -14)

    package init(_ object: BPFObject, counters: Int) throws {
        socket = ModelledSocket(in: memory)
        let peers = object.map(named: "casa_peers")
        storageBytes = UInt64(peers?.valueByteCount ?? 0)
        storage = memory.allocate(Int(storageBytes))
        try socket.set()
        for (index, map) in object.maps.enumerated() {
            let handle = Self.handles | UInt64(index)
            memory.maps[.descriptor(Int32(index))] = .init(handle: handle)
            switch map.name {
            case "casa_events": kinds.append(.ring)
            case "casa_peers": kinds.append(.socketStorage)
            default:
                let isCounters = map.name == "casa_counters"
                let count = isCounters ? counters : Int(map.maximumEntries)
                let stride = (Int(map.valueByteCount) + 7) / 8 * 8
                kinds.append(
                    .values(
                        address: memory.allocate(count * stride), count: UInt64(count),
                        stride: UInt64(stride), isCounters: isCounters))
            }
        }
    }

    /// The values of an ordinary map.
    package func valueAddress(ofMap index: Int) -> UInt64? {
        guard kinds.indices.contains(index), case .values(let address, _, _, _) = kinds[index] else {
            return nil
        }
        return address
    }

    /// Changes sixteen bits of the packet, in network order.
    package func write(_ word: UInt16, at offset: Int) {
        packet[offset] = UInt8(word >> 8)
        packet[offset + 1] = UInt8(truncatingIfNeeded: word)
    }

    private func kind(of handle: UInt64) -> Kind? {
        let number = handle ^ Self.handles
        return number < UInt64(kinds.count) ? kinds[Int(number)] : nil
    }

    /// Before a run; the socket keeps whom it has asked unless it is a new one.
    package func begin(newSocket: Bool) throws {
        precondition(!isLocked, "every run gives back the lock that it takes")
        events.removeAll(keepingCapacity: true)
        counted = nil
        if newSocket { hasStorage = false }
    }

    package func call(
        _ number: Int32, _ arguments: HelperArguments, _ memory: ConcreteMemory
    ) throws(Trap) -> UInt64 {
        if isLocked, number != KernelHelper.spinUnlock.rawValue {
            throw .helperMisuse(number, "a spin lock is held")
        }
        switch number {
        case KernelHelper.mapLookupElem.rawValue: return try lookUp(arguments)
        case KernelHelper.skbLoadBytes.rawValue: return try loadBytes(arguments)
        case KernelHelper.ringbufOutput.rawValue: return try output(arguments)
        case KernelHelper.skStorageGet.rawValue: return try getStorage(arguments)
        case KernelHelper.skFullsock.rawValue: return try arguments.word(.r1)
        case KernelHelper.spinLock.rawValue: return try lock(arguments)
        case KernelHelper.spinUnlock.rawValue: return try unlock(arguments)
        case KernelHelper.ktimeGetBootNs.rawValue, KernelHelper.skbCgroupId.rawValue,
            KernelHelper.getCurrentCgroupId.rawValue:
            return 0x1234_5678
        default: throw .unknownHelper(number)
        }
    }

    private func lookUp(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard
            case .values(let address, let count, let stride, let isCounters) = kind(
                of: try arguments.word(.r1))
        else { throw .helperMisuse(KernelHelper.mapLookupElem.rawValue, "not a map of values") }
        let key = try memory.load(.word, at: try arguments.word(.r2))
        guard key < count else { return 0 }
        let value = address + key * stride
        if isCounters {
            counted = (
                Int(key), value, try memory.load(.double, at: value), try memory.load(.double, at: value + 8)
            )
        }
        return value
    }

    /// As `bpf_skb_load_bytes`: all of the bytes, or zeros and an error.
    private func loadBytes(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        let start = try arguments.word(.r2) & 0xFFFF_FFFF
        let target = try arguments.word(.r3)
        let count = Int(try arguments.word(.r4) & 0xFFFF_FFFF)
        guard start + UInt64(count) <= UInt64(packet.count) else {
            try memory.clear(count, at: target)
            return Self.badAddress
        }
        try memory.write(packet[Int(start)..<Int(start) + count], at: target)
        return 0
    }

    private func output(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard kind(of: try arguments.word(.r1)) == .ring else {
            throw .helperMisuse(KernelHelper.ringbufOutput.rawValue, "not a ring buffer")
        }
        events.append(
            try memory.bytes(at: try arguments.word(.r2), count: Int(try arguments.word(.r3) & 0xFFFF_FFFF)))
        return 0
    }

    private func getStorage(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard kind(of: try arguments.word(.r1)) == .socketStorage, try arguments.word(.r2) == socket.address
        else {
            throw .helperMisuse(KernelHelper.skStorageGet.rawValue, "not a storage of the packet's socket")
        }
        if !hasStorage {
            guard try arguments.word(.r4) & 1 == 1 else { return 0 }
            hasStorage = true
            try memory.clear(Int(storageBytes), at: storage)
        }
        return storage
    }

    private func lock(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard try arguments.word(.r1) == storage else {
            throw .helperMisuse(KernelHelper.spinLock.rawValue, "not the lock")
        }
        isLocked = true
        return 0
    }

    private func unlock(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard isLocked, try arguments.word(.r1) == storage else {
            throw .helperMisuse(KernelHelper.spinUnlock.rawValue, "not the lock that is held")
        }
        isLocked = false
        return 0
    }
}
