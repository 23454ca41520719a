/// The domain of numbers: what a processor computes.
package struct ConcreteDomain: Domain {
    package typealias Word = UInt64
    package typealias Truth = Bool
    package typealias Memory = ConcreteMemory

    /// The region number of addresses of functions; no region of memory has it.
    private static let codeRegion: UInt64 = 0xFFFF_FFFF

    private let environment: any HelperEnvironment

    package init(_ environment: any HelperEnvironment) {
        self.environment = environment
    }

    @inline(__always)
    package func constant(_ value: UInt64) -> UInt64 { value }

    package func address(
        of source: ImmediateSource, function: Int, in memory: inout ConcreteMemory
    ) throws(Trap) -> UInt64 {
        switch source {
        case .value(let value):
            return value
        case .map(let map):
            guard let handle = memory.maps[map]?.handle else { throw .unknownMap(map) }
            return handle
        case .mapValue(let map, offset: let offset):
            guard let value = memory.maps[map]?.value else { throw .unknownMap(map) }
            return value + UInt64(offset)
        case .variable(let variable):
            throw .unknownVariable(variable)
        case .function:
            return Self.codeRegion << 32 | UInt64(function)
        }
    }

    package func callee(_ word: UInt64) throws(Trap) -> Callee {
        if word >> 32 == Self.codeRegion { return .function(Int(word & 0xFFFF_FFFF)) }
        guard let number = Int32(exactly: word) else { throw .notCallable(word) }
        return .helper(number)
    }

    @inline(__always)
    package func framePointer(depth: Int, in memory: inout ConcreteMemory) throws(Trap) -> UInt64 {
        memory.framePointer(depth: depth)
    }

    @inline(__always)
    package func load(
        _ size: MemorySize, at address: UInt64, from memory: inout ConcreteMemory
    ) throws(Trap) -> UInt64 {
        try memory.load(size, at: address)
    }

    @inline(__always)
    package func store(
        _ size: MemorySize, _ word: UInt64, at address: UInt64, to memory: inout ConcreteMemory
    ) throws(Trap) {
        try memory.store(size, word, at: address)
    }

    package func call(
        helper number: Int32, _ registers: borrowing RegisterFile<UInt64>, _ memory: inout ConcreteMemory
    ) throws(Trap) -> UInt64 {
        try environment.call(number, HelperArguments(copy registers), memory)
    }
}
