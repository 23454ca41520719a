internal import CasaSMT

/// Looks for a counterexample among likely circumstances, where the solver came to no end.
///
/// What it finds is as good as what a solver finds; that it finds nothing says nothing.
struct HookTrial {
    private static let count = 4_000

    let world: SymbolicWorld
    let premises: [Boolean]
    let claim: Boolean

    func counterexample() -> Model? {
        let cone = Cone(of: premises + [!claim])
        var random = SplitMix(state: 0xCA5A)
        for _ in 0..<Self.count {
            let model = Model(cone.variables.map { Model.Entry($0, Self.value(of: $0, &random)) })
            if cone.holds(under: model), world.functions.congruences(brokenBy: model).isEmpty { return model }
        }
        return nil
    }

    /// Decision words of each rank, weak ones more often.
    private static let words: [UInt128] = [0, 0, 0x02FF_FFFE, 0x02FF_FFFD, 0x01FF_FFFC, 0x03FF_FFFB, 0x04FF_FFFA]

    /// A value that such an unknown is likely to have; now and then any.
    private static func value(of variable: Variable, _ random: inout SplitMix) -> UInt128 {
        let width = variable.sort.isBoolean ? 1 : variable.sort.width
        let any = (UInt128(random.next()) << 64 | UInt128(random.next())) & mask(width)
        if random.below(16) == 0 { return any }
        let name = variable.name
        if name.hasPrefix("verdict") { return words[random.below(words.count)] }
        if name.hasPrefix("region") { return [0x10, 0x11, 0, 3][random.below(4)] & mask(width) }
        if name.hasPrefix("options") { return [0, 0, 0, 3, 7][random.below(5)] }
        if name.hasPrefix("extensions") { return [40 << 8 | 6, 48 << 8 | 17, 56 << 8 | 6, 3, 5][random.below(5)] }
        if name == "header words" { return [5, 5, 5, 6, 15, 4][random.below(6)] }
        switch variable.name {
        case "__sk_buff 0": return [60, 28, 33, 34, 48, 40][random.below(6)]
        case "__sk_buff 40", "subject": return [2, 1, 0, 3][random.below(4)]
        case "packet 9", "packet 6": return [6, 17, 6, 17, 0, 44][random.below(6)]
        case "bpf_sock_addr 32", "bpf_sock 8": return [1, 2, 1, 2, 3][random.below(5)]
        case "bpf_sock_addr 36", "bpf_sock 12": return [6, 17, 6, 17, 0][random.below(5)]
        default: break
        }
        if variable.sort.isBoolean || width == 1 { return random.below(4) == 0 ? 0 : 1 }
        if name.hasPrefix("packet") { return [any, 0, 2, 6, 17, 0x10, 0x12][random.below(7)] & mask(width) }
        return [0, 0, 0, any, 1][random.below(5)] & mask(width)
    }

    private static func mask(_ width: Int) -> UInt128 { width == 128 ? UInt128.max : 1 << UInt128(width) - 1 }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014: the same numbers everywhere.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
