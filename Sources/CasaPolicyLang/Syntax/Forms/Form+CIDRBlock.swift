internal import CasaDiagnostics
internal import CasaPolicyIR

extension Form<CIDRBlock> {
    /// A block of addresses, written with its first address.
    static var block: Form {
        Form<String>.text.converting { text, reading in
            guard let block = CIDRBlock(text.value) else {
                return reading.refuse(
                    Diagnostic(.invalidCIDR, at: text.origin, "`\(text.value)` is not a block of addresses")
                        .help(help(for: text.value)))
            }
            guard !block.hasHostBits else {
                let address = "\(block.address)/\(width(of: block))"
                return reading.refuse(
                    Diagnostic(
                        .invalidCIDR, at: text.origin, "`\(text.value)` has bits set behind its prefix"
                    )
                    .help("write `\(block.normalised)` for the block, or `\(address)` for the address"))
            }
            return block
        }
    }

    private static func help(for text: String) -> String {
        if let address = IPAddress(text), let block = CIDRBlock("\(address)/0") {
            return "write `\(address)/\(width(of: block))` for this one address"
        }
        return "write an address and the length of its prefix, as in `10.0.0.0/8` or `fd00::/8`"
    }

    private static func width(of block: CIDRBlock) -> Int {
        switch block.address {
        case .v4: 32
        case .v6: 128
        }
    }
}

extension Form<IPAddress> {
    static var address: Form {
        Form<String>.text.converting { text, reading in
            if let address = IPAddress(text.value) { return address }
            return reading.refuse(
                Diagnostic(.invalidHost, at: text.origin, "`\(text.value)` is not an IP address")
                    .help("write it as `10.0.0.1` or `fd00::1`"))
        }
    }
}
