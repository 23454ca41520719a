import CasaBPF

/// The kernel as far as CASA's programs see it: maps, the bytes of a packet, a socket and its storage, a clock.
final class ModelledKernel {
    let helpers = HelperTable()
    let memory = ConcreteMemory()
    let socket: ModelledSocket
    var packet: [UInt8] = []

    /// The records written since the run began.
    private(set) var events: [[UInt8]] = []
    /// The counter looked up in this run, and what it was.
    private(set) var counted: (index: Int, address: UInt64, packets: UInt64, bytes: UInt64)?
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

    private var kinds: [UInt64: Kind] = [:]
    private static let handles: UInt64 = 0xCA5A << 48
    private static let badAddress = UInt64(bitPattern: -14)

    init(_ object: BPFObject, counters: Int) throws {
        socket = ModelledSocket(in: memory)
        let peers = object.map(named: "casa_peers")
        storageBytes = UInt64(peers?.valueByteCount ?? 0)
        storage = memory.allocate(Int(storageBytes))
        try socket.set()
        for (index, map) in object.maps.enumerated() {
            let handle = Self.handles | UInt64(index)
            memory.maps[.descriptor(Int32(index))] = .init(handle: handle)
            switch map.name {
            case "casa_events": kinds[handle] = .ring
            case "casa_peers": kinds[handle] = .socketStorage
            default:
                let isCounters = map.name == "casa_counters"
                let count = isCounters ? counters : Int(map.maximumEntries)
                let stride = (Int(map.valueByteCount) + 7) / 8 * 8
                kinds[handle] = .values(
                    address: memory.allocate(count * stride), count: UInt64(count), stride: UInt64(stride),
                    isCounters: isCounters)
            }
        }
        defineHelpers()
    }

    /// The values of an ordinary map.
    func valueAddress(ofMap index: Int) -> UInt64? {
        guard case .values(let address, _, _, _) = kinds[Self.handles | UInt64(index)] else { return nil }
        return address
    }

    /// Before a run; the socket keeps whom it has asked unless it is a new one.
    func begin(newSocket: Bool) throws {
        precondition(!isLocked, "every run gives back the lock that it takes")
        events.removeAll(keepingCapacity: true)
        counted = nil
        if newSocket { hasStorage = false }
    }

    private func defineHelpers() {
        define(.mapLookupElem) { kernel, arguments throws(Trap) in try kernel.lookUp(arguments) }
        define(.skbLoadBytes) { kernel, arguments throws(Trap) in try kernel.loadBytes(arguments) }
        define(.ringbufOutput) { kernel, arguments throws(Trap) in try kernel.output(arguments) }
        define(.skStorageGet) { kernel, arguments throws(Trap) in try kernel.getStorage(arguments) }
        define(.skFullsock) { _, arguments throws(Trap) in try arguments.word(.r1) }
        define(.spinLock) { kernel, arguments throws(Trap) in try kernel.lock(arguments) }
        define(.spinUnlock) { kernel, arguments throws(Trap) in try kernel.unlock(arguments) }
        for helper in [KernelHelper.ktimeGetBootNs, .skbCgroupId, .getCurrentCgroupId] {
            define(helper) { _, _ in 0x1234_5678 }
        }
    }

    private func define(
        _ helper: KernelHelper,
        _ body: @escaping (ModelledKernel, HelperArguments) throws(Trap) -> UInt64
    ) {
        helpers.define(helper) { [unowned self] arguments, _ throws(Trap) in
            if isLocked, helper != .spinUnlock { throw .helperMisuse(helper.rawValue, "a spin lock is held") }
            return try body(self, arguments)
        }
    }

    private func lookUp(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard
            case .values(let address, let count, let stride, let isCounters) = kinds[try arguments.word(.r1)]
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
            try memory.write([UInt8](repeating: 0, count: count), at: target)
            return Self.badAddress
        }
        for index in 0..<count {
            try memory.store(.byte, UInt64(packet[Int(start) + index]), at: target + UInt64(index))
        }
        return 0
    }

    private func output(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard kinds[try arguments.word(.r1)] == .ring else {
            throw .helperMisuse(KernelHelper.ringbufOutput.rawValue, "not a ring buffer")
        }
        events.append(
            try memory.bytes(at: try arguments.word(.r2), count: Int(try arguments.word(.r3) & 0xFFFF_FFFF)))
        return 0
    }

    private func getStorage(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard kinds[try arguments.word(.r1)] == .socketStorage, try arguments.word(.r2) == socket.address
        else {
            throw .helperMisuse(KernelHelper.skStorageGet.rawValue, "not a storage of the packet's socket")
        }
        if !hasStorage {
            guard try arguments.word(.r4) & 1 == 1 else { return 0 }
            hasStorage = true
            for offset in 0..<storageBytes { try memory.store(.byte, 0, at: storage + offset) }
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
