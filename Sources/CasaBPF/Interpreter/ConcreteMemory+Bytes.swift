extension ConcreteMemory {
    /// Reads bytes as a program would, byte by byte.
    package func bytes(at address: UInt64, count: Int) throws(Trap) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for index in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: try load(.byte, at: address &+ UInt64(index))))
        }
        return bytes
    }

    /// Writes bytes as a program would, byte by byte.
    package func write(_ bytes: [UInt8], at address: UInt64) throws(Trap) {
        for (index, byte) in bytes.enumerated() {
            try store(.byte, UInt64(byte), at: address &+ UInt64(index))
        }
    }
}
