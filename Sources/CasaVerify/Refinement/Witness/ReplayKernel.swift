internal import CasaBPF

/// The kernel as far as the programs of an object see it: maps, the bytes of a packet, a socket and its storage.
///
/// As strict as the kernel's verifier where it costs nothing: what is misused traps.
final class ReplayKernel {
    let memory = ConcreteMemory()
    let helpers = HelperTable()
    let socket: UInt64
    var packet: [UInt8] = []
    /// The index of the counter that was asked for last.
    private(set) var counter: Int?

    /// The numbers that references to maps are given.
    private let names: [String]
    private let storage: UInt64
    private let storageBytes: Int
    private var hasStorage = false
    private var isLocked = false

    /// What a handle of a map stands for.
    private enum Kind: Equatable {
        case values(address: UInt64, count: UInt64, stride: UInt64)
        case counters(address: UInt64, count: UInt64, stride: UInt64)
        case ring
        case socketStorage
    }

    private var kinds: [UInt64: Kind] = [:]
    private static let handles: UInt64 = 0xCA5A << 48
    private static let badAddress = UInt64(bitPattern: -14)
    private static let time: UInt64 = 0x1234_5678

    /// `contents` replace those of data sections, as a loader replaces them.
    init(_ object: BPFObject, counters: Int, contents: [String: [UInt8]]) {
        names = object.maps.map(\.name) + object.dataMaps.map(\.name)
        socket = memory.allocate(ReplaySocket.byteCount)
        storageBytes = Int(object.map(named: "casa_peers")?.valueByteCount ?? 0)
        storage = memory.allocate(storageBytes)
        for (index, map) in object.maps.enumerated() { add(map, number: index, counters: counters) }
        for data in object.dataMaps {
            let address = memory.allocate(contents[data.name] ?? data.bytes, .read)
            memory.maps[.descriptor(descriptor(of: data.name))] = .init(handle: address, value: address)
        }
        defineHelpers()
    }

    func descriptor(of map: String) -> Int32 { Int32(names.firstIndex(of: map) ?? -1) }

    /// Before another run; the socket keeps whom it has asked unless it is a new one.
    func begin(newSocket: Bool) throws(Trap) {
        counter = nil
        isLocked = false
        guard newSocket else { return }
        hasStorage = false
        try memory.write([UInt8](repeating: 0, count: storageBytes), at: storage)
    }

    /// Puts other bytes in place of a data section.
    func replace(_ section: String, with bytes: [UInt8]) {
        let map = MapReference.descriptor(descriptor(of: section))
        if let old = memory.maps[map]?.value { memory.release(old) }
        let address = memory.allocate(bytes, .read)
        memory.maps[map] = .init(handle: address, value: address)
    }

    private func add(_ map: BPFMapDefinition, number: Int, counters: Int) {
        let handle = Self.handles | UInt64(number)
        memory.maps[.descriptor(Int32(number))] = .init(handle: handle)
        let stride = (Int(map.valueByteCount) + 7) / 8 * 8
        switch map.name {
        case "casa_events": kinds[handle] = .ring
        case "casa_peers": kinds[handle] = .socketStorage
        case "casa_counters":
            kinds[handle] = .counters(
                address: memory.allocate(counters * stride), count: UInt64(counters), stride: UInt64(stride))
        default:
            let count = min(Int(map.maximumEntries), Self.entryLimit)
            kinds[handle] = .values(
                address: memory.allocate(count * stride), count: UInt64(count), stride: UInt64(stride))
        }
    }

    private static let entryLimit = 1 << 16

    private func defineHelpers() {
        define(.mapLookupElem) { kernel, arguments throws(Trap) in try kernel.lookUp(arguments) }
        define(.skbLoadBytes) { kernel, arguments throws(Trap) in try kernel.loadBytes(arguments) }
        define(.ringbufOutput) { kernel, arguments throws(Trap) in try kernel.output(arguments) }
        define(.skStorageGet) { kernel, arguments throws(Trap) in try kernel.getStorage(arguments) }
        define(.skFullsock) { _, arguments throws(Trap) in try arguments.word(.r1) }
        define(.spinLock) { kernel, arguments throws(Trap) in try kernel.lock(arguments) }
        define(.spinUnlock) { kernel, arguments throws(Trap) in try kernel.unlock(arguments) }
        for helper in [KernelHelper.ktimeGetBootNs, .skbCgroupId, .getCurrentCgroupId] {
            define(helper) { _, _ in Self.time }
        }
    }

    private func define(
        _ helper: KernelHelper, _ body: @escaping (ReplayKernel, HelperArguments) throws(Trap) -> UInt64
    ) {
        helpers.define(helper) { [unowned self] arguments, _ throws(Trap) in
            if isLocked, helper != .spinUnlock {
                throw .helperMisuse(helper.rawValue, "a spin lock is held")
            }
            return try body(self, arguments)
        }
    }

    private func lookUp(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        let key = try memory.load(.word, at: try arguments.word(.r2))
        switch kinds[try arguments.word(.r1)] {
        case .values(let address, let count, let stride): return key < count ? address + key * stride : 0
        case .counters(let address, let count, let stride):
            counter = Int(key)
            return key < count ? address + key * stride : 0
        case .ring, .socketStorage, nil:
            throw .helperMisuse(KernelHelper.mapLookupElem.rawValue, "not a map of values")
        }
    }

    /// As `bpf_skb_load_bytes`: all of the bytes, or zeros and an error.
    private func loadBytes(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        let start = try arguments.word(.r2) & 0xFFFF_FFFF
        let target = try arguments.word(.r3)
        let count = try arguments.word(.r4) & 0xFFFF_FFFF
        guard count > 0, count <= UInt64(ConcreteMemory.stackSize) else {
            throw .helperMisuse(KernelHelper.skbLoadBytes.rawValue, "\(count) bytes fit into no buffer")
        }
        guard start + count <= UInt64(packet.count) else {
            try memory.write([UInt8](repeating: 0, count: Int(count)), at: target)
            return Self.badAddress
        }
        try memory.write(Array(packet[Int(start)..<Int(start + count)]), at: target)
        return 0
    }

    private func output(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        let count = try arguments.word(.r3)
        guard kinds[try arguments.word(.r1)] == .ring, count <= UInt64(ConcreteMemory.stackSize) else {
            throw .helperMisuse(KernelHelper.ringbufOutput.rawValue, "not a record for a ring buffer")
        }
        _ = try memory.bytes(at: try arguments.word(.r2), count: Int(count))
        return 0
    }

    private func getStorage(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        guard kinds[try arguments.word(.r1)] == .socketStorage, try arguments.word(.r2) == socket else {
            throw .helperMisuse(KernelHelper.skStorageGet.rawValue, "not a storage of the packet's socket")
        }
        if !hasStorage {
            guard try arguments.word(.r4) & 1 == 1 else { return 0 }
            hasStorage = true
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

/// A socket as programs see it (`struct bpf_sock`).
enum ReplaySocket {
    static let byteCount = 80
}
