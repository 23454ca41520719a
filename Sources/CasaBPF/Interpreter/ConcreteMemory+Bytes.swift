extension ConcreteMemory {
    /// Reads bytes as a program might.
    package func bytes(at address: UInt64, count: Int) throws(Trap) -> [UInt8] {
        guard count > 0 else { return [] }
        return Array(UnsafeRawBufferPointer(start: try place(.read, count, at: address), count: count))
    }

    /// Writes bytes as a program might; where they do not all fit, none is written.
    package func write(_ bytes: [UInt8], at address: UInt64) throws(Trap) {
        try write(bytes[...], at: address)
    }

    /// Writes bytes as a program might; where they do not all fit, none is written.
    package func write(_ bytes: ArraySlice<UInt8>, at address: UInt64) throws(Trap) {
        guard !bytes.isEmpty else { return }
        let place = try place(.write, bytes.count, at: address)
        bytes.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: place, count: source.count).copyMemory(from: source)
        }
    }

    /// Writes so many zeros.
    package func clear(_ count: Int, at address: UInt64) throws(Trap) {
        guard count > 0 else { return }
        try place(.write, count, at: address).initializeMemory(as: UInt8.self, repeating: 0, count: count)
    }
}
