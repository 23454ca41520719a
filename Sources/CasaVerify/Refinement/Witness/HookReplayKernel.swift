internal import CasaBPF

/// The kernel of one counterexample: it answers what the counterexample says, and knows no address tables but their bytes.
final class HookReplayKernel: HelperEnvironment {
    let memory = ConcreteMemory()
    private let circumstances: HookCircumstances
    private let packet: [UInt8]
    private let names: [String]
    private let values: [String: UInt64]
    private let storage: UInt64

    private static let handles: UInt64 = 0xCA5A << 48
    /// Regions of which only some bytes are known lie here, each at its number.
    private static let sparse: UInt64 = 0x5A << 56
    private static let sparseBits: UInt64 = 40
    private static let badAddress = UInt64(bitPattern: -14)
    private static let socketName = "socket"
    private static let storageBytes = 256
    private let sparseNames: [String]

    init(_ object: BPFObject, circumstances: HookCircumstances, packet: [UInt8]) {
        self.circumstances = circumstances
        self.packet = packet
        let names = object.maps.map(\.name) + object.dataMaps.map(\.name)
        self.names = names
        storage = memory.allocate(
            circumstances.numbered("peers", count: Self.storageBytes))
        var values: [String: UInt64] = [:]
        for (number, map) in object.maps.enumerated() {
            let handle = Self.handles | UInt64(number)
            memory.maps[.descriptor(Int32(number))] = .init(handle: handle)
            values[map.name] = memory.allocate(max(8, Int(map.valueByteCount)))
        }
        self.values = values
        var sparseNames = [Self.socketName]
        for data in object.dataMaps {
            let address: UInt64
            switch data.name {
            case ".rodata.subject":
                address = memory.allocate(Self.word(circumstances.value(of: "subject")), .read)
            case ".rodata.regions":
                address = memory.allocate(Self.word(circumstances.value(of: "regions")), .read)
            default:
                address = Self.sparse | UInt64(sparseNames.count) << Self.sparseBits
                sparseNames.append(data.name)
            }
            let number = Int32(names.firstIndex(of: data.name) ?? -1)
            memory.maps[.descriptor(number)] = .init(handle: address, value: address)
        }
        self.sparseNames = sparseNames
    }

    private static func word(_ value: UInt64?) -> [UInt8] {
        ObjectReplay.bytes(UInt32(truncatingIfNeeded: value ?? 0))
    }

    func descriptor(of map: String) -> Int32 { Int32(names.firstIndex(of: map) ?? -1) }

    /// The address of the socket; a packet may have none.
    func socket(always: Bool) -> UInt64 { always || circumstances.isTrue("has socket") ? Self.sparse : 0 }

    /// What a load from a region of which only some bytes are known reads; `nil` for other addresses.
    func load(_ size: MemorySize, at address: UInt64) -> UInt64? {
        guard address >> 56 == Self.sparse >> 56 else { return nil }
        let index = Int(address >> Self.sparseBits & 0xFFFF)
        guard sparseNames.indices.contains(index) else { return nil }
        let offset = address & (1 << Self.sparseBits - 1)
        return circumstances.number(of: sparseNames[index], at: offset, count: size.byteCount)
    }

    func call(
        _ number: Int32, _ arguments: HelperArguments, _ memory: ConcreteMemory
    ) throws(Trap) -> UInt64 {
        switch KernelHelper(rawValue: number) {
        case .skbLoadBytes: return try loadBytes(arguments)
        case .mapLookupElem:
            let map = Int(try arguments.word(.r1) & 0xFFFF)
            guard names.indices.contains(map), let value = values[names[map]] else {
                throw .helperMisuse(number, "not a map of values")
            }
            return value
        case .skFullsock:
            return circumstances.isTrue("is full socket") ? try arguments.word(.r1) : 0
        case .skStorageGet:
            let creates = try arguments.word(.r4) & 1 == 1
            return circumstances.isTrue(creates ? "peers can be kept" : "peers are kept") ? storage : 0
        case .spinLock, .spinUnlock, .ringbufOutput, .ktimeGetBootNs, .skbCgroupId, .getCurrentCgroupId:
            return 0
        case .some, nil: throw .unknownHelper(number)
        }
    }

    private func loadBytes(_ arguments: HelperArguments) throws(Trap) -> UInt64 {
        let start = try arguments.word(.r2) & 0xFFFF_FFFF
        let target = try arguments.word(.r3)
        let count = try arguments.word(.r4)
        guard count <= 64 else { throw .helperMisuse(KernelHelper.skbLoadBytes.rawValue, "\(count) bytes") }
        let length = circumstances.numbered("__sk_buff", count: 4).reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        let isThere = start + count <= length
        for index in 0..<count {
            try memory.store(.byte, isThere ? byte(at: start + index) : 0, at: target &+ index)
        }
        return isThere ? 0 : Self.badAddress
    }

    private func byte(at offset: UInt64) -> UInt64 {
        offset < UInt64(packet.count) ? UInt64(packet[Int(offset)]) : circumstances["packet", offset] & 0xFF
    }
}
