/// Memory as regions, each with a size and permissions that every access is held to.
///
/// An address is the number of a region in the high 32 bits and an offset in the low 32 bits, so arithmetic that leaves
/// a region by less than 4 GiB never lands in another one unnoticed. Region 0 does not exist: null is no address.
/// A class, because a concrete machine never copies its memory.
package final class ConcreteMemory {
    package struct Permissions: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package static let read = Permissions(rawValue: 1)
        package static let write = Permissions(rawValue: 2)
        package static let all: Permissions = [.read, .write]

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }
    }

    /// What a program gets where it loads a map.
    package struct Map: Hashable, Sendable {
        /// What calls take as the map.
        package var handle: UInt64
        /// The address of the only value, where the program may refer to it directly.
        package var value: UInt64?

        package init(handle: UInt64, value: UInt64? = nil) {
            self.handle = handle
            self.value = value
        }
    }

    private struct Region {
        var start: UnsafeMutableRawPointer
        var count: UInt64
        var permissions: Permissions
        /// Four-byte fields that read as a whole address, as the kernel rewrites `data` and `data_end` of a context.
        var addresses: [UInt64: UInt64]?
    }

    /// The stack of a frame, in bytes.
    package static let stackSize = 512
    private static let frameCount = MachineState<ConcreteDomain>.frameLimit

    package var maps: [MapReference: Map] = [:]
    private var regions: [Region] = []

    package init() {
        regions.append(Region(start: .allocate(byteCount: 1, alignment: 16), count: 0, permissions: []))
        for _ in 0..<Self.frameCount { _ = allocate(Self.stackSize) }
    }

    deinit {
        for region in regions { region.start.deallocate() }
    }

    /// Makes a region of zeros and answers its address.
    package func allocate(_ count: Int, _ permissions: Permissions = .all) -> UInt64 {
        let start = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: max(count, 1))
        regions.append(Region(start: start, count: UInt64(count), permissions: permissions))
        return UInt64(regions.count - 1) << 32
    }

    /// Makes a region that holds these bytes and answers its address.
    package func allocate(_ bytes: [UInt8], _ permissions: Permissions = .all) -> UInt64 {
        let address = allocate(bytes.count, permissions)
        UnsafeMutableRawBufferPointer(start: regions[Int(address >> 32)].start, count: bytes.count)
            .copyBytes(from: bytes)
        return address
    }

    /// Ends a region: every later access to it traps.
    package func release(_ address: UInt64) {
        let index = Int(address >> 32)
        precondition(regions.indices.contains(index), "only what was allocated is released")
        regions[index].count = 0
        regions[index].permissions = []
        regions[index].addresses = nil
    }

    /// Lets a four-byte load at `field` yield a whole address.
    package func setAddress(_ address: UInt64, inField field: UInt64) {
        let index = Int(field >> 32)
        precondition(regions.indices.contains(index), "a field lies in a region")
        regions[index].addresses = regions[index].addresses ?? [:]
        regions[index].addresses?[field & 0xFFFF_FFFF] = address
    }

    /// Fills all frames with zeros, so that a run does not depend on the one before.
    func clearStack() {
        for region in regions[1...Self.frameCount] {
            region.start.initializeMemory(as: UInt8.self, repeating: 0, count: Self.stackSize)
        }
    }

    @inline(__always)
    func framePointer(depth: Int) -> UInt64 {
        UInt64(depth + 1) << 32 | UInt64(Self.stackSize)
    }

    @inline(__always)
    package func load(_ size: MemorySize, at address: UInt64) throws(Trap) -> UInt64 {
        let index = Int(address >> 32)
        let offset = address & 0xFFFF_FFFF
        guard index < regions.count, offset + UInt64(size.rawValue) <= regions[index].count else {
            throw .outOfBounds(.read, address: address, count: size.byteCount)
        }
        guard regions[index].permissions.contains(.read) else { throw .forbidden(.read, address: address) }
        if size == .word && regions[index].addresses != nil, let value = regions[index].addresses?[offset] {
            return value
        }
        let place = regions[index].start + Int(offset)
        return switch size {
        case .byte: UInt64(place.load(as: UInt8.self))
        case .half: UInt64(UInt16(littleEndian: place.loadUnaligned(as: UInt16.self)))
        case .word: UInt64(UInt32(littleEndian: place.loadUnaligned(as: UInt32.self)))
        case .double: UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
        }
    }

    @inline(__always)
    package func store(_ size: MemorySize, _ word: UInt64, at address: UInt64) throws(Trap) {
        let index = Int(address >> 32)
        let offset = address & 0xFFFF_FFFF
        guard index < regions.count, offset + UInt64(size.rawValue) <= regions[index].count else {
            throw .outOfBounds(.write, address: address, count: size.byteCount)
        }
        guard regions[index].permissions.contains(.write) else { throw .forbidden(.write, address: address) }
        let place = regions[index].start + Int(offset)
        switch size {
        case .byte: place.storeBytes(of: UInt8(truncatingIfNeeded: word), as: UInt8.self)
        case .half: place.storeBytes(of: UInt16(truncatingIfNeeded: word).littleEndian, as: UInt16.self)
        case .word: place.storeBytes(of: UInt32(truncatingIfNeeded: word).littleEndian, as: UInt32.self)
        case .double: place.storeBytes(of: word.littleEndian, as: UInt64.self)
        }
    }
}
