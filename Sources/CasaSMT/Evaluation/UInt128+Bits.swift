extension UInt128 {
    /// As many ones as there are bits.
    static func mask(_ width: Int) -> UInt128 { width == 128 ? .max : (1 << UInt128(width)) - 1 }

    /// The sign bit of a number of that many bits, repeated upwards.
    func signExtended(from width: Int) -> UInt128 {
        let unused = 128 - width
        return UInt128(bitPattern: Int128(bitPattern: self << unused) >> unused)
    }

    /// As a signed number of that many bits.
    func signed(_ width: Int) -> Int128 { Int128(bitPattern: signExtended(from: width)) }
}

extension UInt128 {
    fileprivate init(bitPattern value: Int128) { self.init(truncatingIfNeeded: value) }
}

extension Int128 {
    fileprivate init(bitPattern value: UInt128) { self.init(truncatingIfNeeded: value) }
}
