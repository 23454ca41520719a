internal import CasaPolicyIR

/// Address tables that know one address: what a node would load so that a packet shows a class.
struct WitnessTable {
    let address: IPAddress
    let classNumber: UInt16

    /// By section; the layout is that of `spec/bundle.md`.
    var contents: [String: [UInt8]] {
        var slots4 = [UInt8](repeating: 0, count: 16)
        var slots6 = [UInt8](repeating: 0, count: 32)
        let number = [UInt8(classNumber & 0xFF), UInt8(classNumber >> 8)]
        switch address {
        case .v4: slots4.replaceSubrange(0..<6, with: address.networkBytes.reversed() + number)
        case .v6:
            let bytes = address.networkBytes
            let halves = Array(bytes[..<8].reversed() + bytes[8...].reversed())
            slots6.replaceSubrange(0..<18, with: halves + number)
        }
        return [
            ".rodata.addresses4": Self.header + slots4, ".rodata.addresses6": Self.header + slots6,
        ]
    }

    /// One bucket and one slot, so that whatever the hash, the one slot is looked at.
    private static let header: [UInt8] =
        ObjectReplay.bytes(1) + ObjectReplay.bytes(1) + [UInt8](repeating: 0, count: 8)
        + ObjectReplay.bytes(32) + ObjectReplay.bytes(40) + [UInt8](repeating: 0, count: 16)
}
