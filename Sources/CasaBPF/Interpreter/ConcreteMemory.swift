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

    /// The stack of a frame, in bytes.
    package static let stackSize = 512
    private static let frameCount = MachineState<ConcreteDomain>.frameLimit

    package var maps = ConcreteMapTable()
    private var regions: [Region] = []
    private let frames: UnsafeMutableRawPointer

    // What ordinary accesses need of the regions. Exclusive without a check each time: nothing that reads or writes them
    // calls anything meanwhile.
    @exclusivity(unchecked) private var extents: UnsafeMutablePointer<Extent>
    @exclusivity(unchecked) private var extentCount = 0
    private var extentCapacity = 64

    private struct Region {
        var count: UInt64
        var permissions: Permissions
        /// Four-byte fields that read as a whole address, as the kernel rewrites `data` and `data_end` of a context.
        var addresses: [UInt64: UInt64] = [:]
        /// Whether the bytes are this region's own, and go with it.
        let ownsBytes: Bool
    }

    /// Where a region is, and how many bytes of it can be read and written without a further look.
    private struct Extent {
        var start: UnsafeMutableRawPointer
        var readable: UInt64
        var writable: UInt64
    }

    package init() {
        extents = .allocate(capacity: extentCapacity)
        frames = .allocate(byteCount: Self.frameCount * Self.stackSize, alignment: 16)
        clearStack()
        add(Region(count: 0, permissions: [], ownsBytes: false), at: frames)
        for frame in 0..<Self.frameCount {
            let region = Region(count: UInt64(Self.stackSize), permissions: .all, ownsBytes: false)
            add(region, at: frames + frame * Self.stackSize)
        }
    }

    deinit {
        for (number, region) in regions.enumerated() where region.ownsBytes {
            extents[number].start.deallocate()
        }
        extents.deallocate()
        frames.deallocate()
    }

    // MARK: Regions

    /// Makes a region of zeros and answers its address.
    package func allocate(_ count: Int, _ permissions: Permissions = .all) -> UInt64 {
        let start = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: max(count, 1))
        add(Region(count: UInt64(count), permissions: permissions, ownsBytes: true), at: start)
        return UInt64(regions.count - 1) << 32
    }

    /// Makes a region that holds these bytes and answers its address.
    package func allocate(_ bytes: [UInt8], _ permissions: Permissions = .all) -> UInt64 {
        let address = allocate(bytes.count, permissions)
        UnsafeMutableRawBufferPointer(start: extents[Int(address >> 32)].start, count: bytes.count)
            .copyBytes(from: bytes)
        return address
    }

    /// Ends a region: every later access to it traps.
    package func release(_ address: UInt64) {
        change(Int(address >> 32)) { region in
            region.count = 0
            region.permissions = []
            region.addresses = [:]
        }
    }

    /// Lets a four-byte load at `field` yield a whole address.
    package func setAddress(_ address: UInt64, inField field: UInt64) {
        change(Int(field >> 32)) { $0.addresses[field & 0xFFFF_FFFF] = address }
    }

    private func add(_ region: Region, at start: UnsafeMutableRawPointer) {
        if extentCount == extentCapacity {
            let larger = UnsafeMutablePointer<Extent>.allocate(capacity: extentCapacity * 2)
            larger.moveInitialize(from: extents, count: extentCount)
            extents.deallocate()
            extents = larger
            extentCapacity *= 2
        }
        regions.append(region)
        (extents + extentCount).initialize(to: Extent(start: start, readable: 0, writable: 0))
        extentCount += 1
        change(extentCount - 1) { _ in }
    }

    private func change(_ index: Int, _ body: (inout Region) -> Void) {
        precondition(regions.indices.contains(index), "only what was allocated is changed")
        body(&regions[index])
        let region = regions[index]
        let isPlain = region.addresses.isEmpty && region.permissions.contains(.read)
        extents[index].readable = isPlain ? region.count : 0
        extents[index].writable = region.permissions.contains(.write) ? region.count : 0
    }

    // MARK: The stack

    /// Fills all frames with zeros, so that a run does not depend on the one before.
    func clearStack() {
        frames.initializeMemory(as: UInt8.self, repeating: 0, count: Self.frameCount * Self.stackSize)
    }

    @inline(__always)
    func framePointer(depth: Int) -> UInt64 {
        UInt64(depth + 1) << 32 | UInt64(Self.stackSize)
    }

    // MARK: Accesses

    @inline(__always)
    package func load(_ size: MemorySize, at address: UInt64) throws(Trap) -> UInt64 {
        let index = Int(address >> 32)
        let offset = address & 0xFFFF_FFFF
        // SOUNDNESS: the access lies in the bytes of the region, which live as long as this.
        guard index < extentCount, offset &+ UInt64(size.rawValue) <= extents[index].readable else {
            return try loadAddress(size, at: address)
        }
        return Self.load(size, extents[index].start + Int(offset))
    }

    @inline(__always)
    private static func load(_ size: MemorySize, _ place: UnsafeMutableRawPointer) -> UInt64 {
        switch size {
        case .byte: UInt64(place.load(as: UInt8.self))
        case .half: UInt64(UInt16(littleEndian: place.loadUnaligned(as: UInt16.self)))
        case .word: UInt64(UInt32(littleEndian: place.loadUnaligned(as: UInt32.self)))
        case .double: UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
        }
    }

    /// A load from a region that cannot be read just so.
    @inline(never)
    private func loadAddress(_ size: MemorySize, at address: UInt64) throws(Trap) -> UInt64 {
        let place = try place(.read, size.byteCount, at: address)
        if size == .word, let whole = regions[Int(address >> 32)].addresses[address & 0xFFFF_FFFF] {
            return whole
        }
        return Self.load(size, place)
    }

    @inline(__always)
    package func store(_ size: MemorySize, _ word: UInt64, at address: UInt64) throws(Trap) {
        let index = Int(address >> 32)
        let offset = address & 0xFFFF_FFFF
        // SOUNDNESS: as in `load`.
        guard index < extentCount, offset &+ UInt64(size.rawValue) <= extents[index].writable else {
            throw trap(.write, size.byteCount, at: address)
        }
        let place = extents[index].start + Int(offset)
        switch size {
        case .byte: place.storeBytes(of: UInt8(truncatingIfNeeded: word), as: UInt8.self)
        case .half: place.storeBytes(of: UInt16(truncatingIfNeeded: word).littleEndian, as: UInt16.self)
        case .word: place.storeBytes(of: UInt32(truncatingIfNeeded: word).littleEndian, as: UInt32.self)
        case .double: place.storeBytes(of: word.littleEndian, as: UInt64.self)
        }
    }

    /// Where so many bytes are that may be accessed.
    func place(
        _ access: Trap.Access, _ count: Int, at address: UInt64
    ) throws(Trap) -> UnsafeMutableRawPointer {
        let index = Int(address >> 32)
        let offset = address & 0xFFFF_FFFF
        guard index < extentCount, offset + UInt64(count) <= regions[index].count,
            regions[index].permissions.contains(access == .read ? .read : .write)
        else { throw trap(access, count, at: address) }
        return extents[index].start + Int(offset)
    }

    /// Why an access is none.
    @inline(never)
    private func trap(_ access: Trap.Access, _ count: Int, at address: UInt64) -> Trap {
        let index = Int(address >> 32)
        let offset = address & 0xFFFF_FFFF
        guard index < extentCount, offset + UInt64(count) <= regions[index].count else {
            return .outOfBounds(access, address: address, count: count)
        }
        return .forbidden(access, address: address)
    }
}
