/// Bytes of an object as they are written, little endian.
struct ObjectBytes {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(contentsOf content: some Sequence<UInt8>) {
        bytes.append(contentsOf: content)
    }

    /// Zeros up to the next multiple of a power of two.
    mutating func pad(to alignment: Int) {
        let rest = bytes.count % alignment
        if rest != 0 { bytes.append(contentsOf: repeatElement(0, count: alignment - rest)) }
    }
}
