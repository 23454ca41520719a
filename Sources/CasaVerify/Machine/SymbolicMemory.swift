package import CasaBPF
package import CasaSMT

/// Memory of a symbolic machine: regions, and what is known on the way to this state.
///
/// A value, so that both sides of a branch have their own. That a program stays inside what it points to is the
/// kernel's verifier's to prove; what cannot be placed in one region here is refused all the same.
package struct SymbolicMemory {
    package let world: SymbolicWorld
    package var path = PathCondition()
    package private(set) var regions: [SymbolicRegion]
    /// The region of each frame's stack; a frame that was left keeps its bytes until it is entered again.
    private var frames: [Int] = []

    package init(_ world: SymbolicWorld) {
        self.world = world
        regions = world.regions
    }

    /// The stack of a frame, in bytes.
    static let stackSize = 512

    mutating func framePointer(depth: Int) -> UInt64 {
        let empty = SymbolicRegion.Content.bytes(
            Array(repeating: nil, count: Self.stackSize), isWritable: true)
        while frames.count <= depth {
            regions.append(SymbolicRegion(name: "stack \(frames.count)", content: empty))
            frames.append(regions.count - 1)
        }
        regions[frames[depth]].content = empty
        return SymbolicPlace.address(ofRegion: frames[depth]) + UInt64(Self.stackSize)
    }

    // MARK: Reading

    package func load(_ count: Int, at address: BitVector) throws(Trap) -> BitVector {
        if let (condition, consequent, alternative) = choice(of: address) {
            switch knows(condition, consequent, alternative) {
            case true?: return try load(count, at: consequent)
            case false?: return try load(count, at: alternative)
            case nil:
                return condition.select(
                    try knowing(condition).load(count, at: consequent),
                    else: try knowing(!condition).load(count, at: alternative))
            }
        }
        let (region, offset) = try place(address, .read)
        switch regions[region].content {
        case .bytes(let bytes, isWritable: _):
            guard let start = offset.constantValue.flatMap({ Int(exactly: $0) }) else {
                return try loadSomewhere(count, in: bytes, region, offset)
            }
            return try word(bytes, start, count, region)
        case .unknown: return world.content(ofRegion: regions[region].name, at: offset, count: count)
        case .shared: return world.fresh("shared \(regions[region].name)", width: count * 8)
        }
    }

    /// The same memory on a way on which more is known.
    private func knowing(_ outcome: Boolean) -> SymbolicMemory {
        var memory = self
        memory.path.append(outcome)
        return memory
    }

    private func word(_ bytes: [BitVector?], _ start: Int, _ count: Int, _ region: Int) throws(Trap)
        -> BitVector
    {
        guard start >= 0, start <= bytes.count - count else { throw outside(.read, region, start, count) }
        var result: BitVector?
        for index in (start..<start + count).reversed() {
            let byte = simplified(bytes[index] ?? world.fresh("undefined", width: 8))
            result = result.map { $0.concatenated(withLow: byte) } ?? byte
        }
        return result ?? world.constant(0)
    }

    /// What a choice comes to on this way.
    func simplified(_ term: BitVector) -> BitVector {
        var term = term
        while let (condition, consequent, alternative) = term.choice, let value = path.knows(condition) {
            term = value ? consequent : alternative
        }
        return term
    }

    /// Takes the choices on the stack that are decided on this way.
    ///
    /// Done where ways part, because where they meet again it would be too late: what is one byte here and the same
    /// byte there stays that byte.
    mutating func simplifyStack() {
        for frame in frames {
            guard case .bytes(var bytes, isWritable: true) = regions[frame].content else { continue }
            var isChanged = false
            for (index, byte) in bytes.enumerated() {
                guard let byte, byte.selection != nil else { continue }
                let simple = simplified(byte)
                guard simple != byte else { continue }
                bytes[index] = simple
                isChanged = true
            }
            if isChanged { regions[frame].content = .bytes(bytes, isWritable: true) }
        }
    }

    private func loadSomewhere(
        _ count: Int, in bytes: [BitVector?], _ region: Int, _ offset: BitVector
    ) throws(Trap) -> BitVector {
        var result: BitVector?
        for start in try world.values(of: offset, on: path) {
            let found = try word(bytes, Int(truncatingIfNeeded: start), count, region)
            let isHere = offset.equals(offset.constant(start))
            result = result.map { isHere.select(found, else: $0) } ?? found
        }
        guard let result else {
            throw .unsupported("a read of \(regions[region].name) on a way that nothing takes")
        }
        return result
    }

    // MARK: Writing

    package mutating func store(_ word: BitVector, at address: BitVector) throws(Trap) {
        if let (condition, consequent, alternative) = choice(of: address) {
            guard let value = knows(condition, consequent, alternative) else {
                throw .unsupported("a write to one of two places")
            }
            return try store(word, at: value ? consequent : alternative)
        }
        let (region, offset) = try place(address, .write)
        switch regions[region].content {
        case .bytes(var bytes, isWritable: true):
            regions[region].content = .unknown
            if let start = offset.constantValue.flatMap({ Int(exactly: $0) }) {
                try write(word, to: &bytes, start, region) { _, new in new }
            } else {
                for start in try world.values(of: offset, on: path) {
                    let isHere = offset.equals(offset.constant(start))
                    try write(word, to: &bytes, Int(truncatingIfNeeded: start), region) { [world] old, new in
                        isHere.select(new, else: old ?? world.fresh("undefined", width: 8))
                    }
                }
            }
            regions[region].content = .bytes(bytes, isWritable: true)
        case .bytes(_, isWritable: false), .unknown:
            throw .unsupported("a write to \(regions[region].name)")
        case .shared: break
        }
    }

    private func write(
        _ word: BitVector, to bytes: inout [BitVector?], _ start: Int, _ region: Int,
        _ replace: (BitVector?, BitVector) -> BitVector
    ) throws(Trap) {
        let count = word.width / 8
        guard start >= 0, start <= bytes.count - count else { throw outside(.write, region, start, count) }
        for index in 0..<count {
            bytes[start + index] = replace(bytes[start + index], word[index * 8..<index * 8 + 8])
        }
    }

    // MARK: Places

    /// An address that is one of two, with what may have been added to both.
    private func choice(
        of address: BitVector
    ) -> (condition: Boolean, consequent: BitVector, alternative: BitVector)? {
        if let choice = address.selection { return choice }
        guard let (term, constant) = address.sum, let choice = term.selection else { return nil }
        let distance = address.constant(constant)
        return (choice.condition, choice.consequent + distance, choice.alternative + distance)
    }

    /// Which of two addresses it is: read off the way here, or asked where one of them is no place at all.
    private func knows(_ condition: Boolean, _ consequent: BitVector, _ alternative: BitVector) -> Bool? {
        if let value = path.knows(condition) { return value }
        if isNowhere(alternative), !world.isPossible(path.with(!condition)) { return true }
        if isNowhere(consequent), !world.isPossible(path.with(condition)) { return false }
        return nil
    }

    private func isNowhere(_ address: BitVector) -> Bool {
        guard let value = address.constantValue else { return false }
        return SymbolicPlace.region(of: UInt64(truncatingIfNeeded: value)).map(regions.indices.contains)
            != true
    }

    private func place(
        _ address: BitVector, _ access: Trap.Access
    ) throws(Trap) -> (region: Int, offset: BitVector) {
        if let value = address.constantValue {
            let (region, offset) = try place(UInt64(truncatingIfNeeded: value), access)
            return (region, address.constant(offset))
        }
        if let (term, constant) = address.sum,
            let region = SymbolicPlace.region(of: UInt64(truncatingIfNeeded: constant)),
            regions.indices.contains(region)
        {
            // Before a region is behind the one below it, by nearly as much as an address space.
            let offset = SymbolicPlace.offset(of: UInt64(truncatingIfNeeded: constant))
            guard offset <= regions[region].byteCount else { throw outside(access, region, offset) }
            return (region, term + address.constant(offset))
        }
        return try placeOfValues(address, access)
    }

    private func place(_ address: UInt64, _ access: Trap.Access) throws(Trap) -> (region: Int, offset: UInt64)
    {
        guard let region = SymbolicPlace.region(of: address), regions.indices.contains(region) else {
            throw .unsupported("a \(access.rawValue) at 0x\(String(address, radix: 16))")
        }
        let offset = SymbolicPlace.offset(of: address)
        guard offset < regions[region].byteCount else { throw outside(access, region, offset) }
        return (region, offset)
    }

    /// For a term that does not show a region: the one that it is in whatever its value.
    private func placeOfValues(
        _ address: BitVector, _ access: Trap.Access
    ) throws(Trap) -> (region: Int, offset: BitVector) {
        guard world.hasSolver else { throw .unsupported("a \(access.rawValue) at an unknown place") }
        var found: Int?
        for value in try world.values(of: address, on: path) {
            let region = try place(value, access).region
            guard found == nil || found == region else {
                throw .unsupported("a \(access.rawValue) in one of two regions")
            }
            found = region
        }
        guard let found else { throw .unsupported("a \(access.rawValue) on a way that nothing takes") }
        return (found, address - address.constant(SymbolicPlace.address(ofRegion: found)))
    }

    private func outside(_ access: Trap.Access, _ region: Int, _ offset: UInt64) -> Trap {
        .unsupported("a \(access.rawValue) at offset \(offset) of \(regions[region].name)")
    }

    private func outside(_ access: Trap.Access, _ region: Int, _ start: Int, _ count: Int) -> Trap {
        .unsupported("a \(access.rawValue) of \(count) bytes at \(start) of \(regions[region].name)")
    }

    // MARK: Meeting

    /// What memory is where two ways meet; `path` becomes what both had in common.
    func joined(with other: SymbolicMemory, path: PathCondition, isFirst: Boolean) -> SymbolicMemory {
        var result = regions.count >= other.regions.count ? self : other
        result.path = path
        for index in 0..<min(regions.count, other.regions.count) {
            guard case .bytes(let mine, let isWritable) = regions[index].content, isWritable,
                case .bytes(let others, _) = other.regions[index].content
            else { continue }
            let bytes = zip(mine, others).map { mine, others -> BitVector? in
                guard let mine, let others else { return nil }
                return mine == others ? mine : isFirst.select(mine, else: others)
            }
            result.regions[index].content = .bytes(bytes, isWritable: true)
        }
        return result
    }
}
