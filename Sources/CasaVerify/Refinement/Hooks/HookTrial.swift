internal import CasaSMT

/// Looks for a counterexample among likely circumstances, where the solver came to no end.
///
/// What it finds is as good as what a solver finds; that it finds nothing says nothing.
struct HookTrial {
    private static let count = 20_000

    let world: SymbolicWorld
    let premises: [Boolean]
    let claim: Boolean

    func counterexample() -> Model? {
        let cone = Cone(of: premises + [!claim])
        var random = SplitMix(state: 0xCA5A)
        for number in 0..<Self.count {
            var guess = LikelyValues(isQuiet: number % 2 == 0)
            var model = Model(cone.variables.map { Model.Entry($0, guess.value(of: $0, &random)) })
            var rounds = 0
            while cone.holds(under: model), rounds < 8 {
                guard let repaired = world.functions.repaired(model) else { return model }
                model = repaired
                rounds += 1
            }
        }
        return nil
    }
}

/// Values that unknowns are likely to have where something is decided.
private struct LikelyValues {
    /// Whether addresses and tables hold mostly zeros, so that an address has an entry now and then.
    let isQuiet: Bool

    /// Decision words of each rank, weak ones more often.
    private static let words: [UInt128] = [
        0, 0, 0x02FF_FFFE, 0x02FF_FFFD, 0x01FF_FFFC, 0x03FF_FFFB, 0x04FF_FFFA,
    ]

    mutating func value(of variable: Variable, _ random: inout SplitMix) -> UInt128 {
        let width = variable.sort.isBoolean ? 1 : variable.sort.width
        let mask = width == 128 ? UInt128.max : 1 << UInt128(width) - 1
        let any = (UInt128(random.next()) << 64 | UInt128(random.next())) & mask
        if random.below(24) == 0 { return any }
        return likely(variable.name, any, &random) & mask
    }

    private func likely(_ name: String, _ any: UInt128, _ random: inout SplitMix) -> UInt128 {
        func pick(_ values: [UInt128]) -> UInt128 { values[random.below(values.count)] }
        if let value = field(name, &random) { return value }
        if name.hasPrefix("verdict") { return pick(Self.words) }
        if name.hasPrefix("regions") { return pick([3, 3, 3, 1, 2, 0]) }
        if name.hasPrefix("region") { return pick([0x10, 0x11, 0x12, 0]) }
        if name.hasPrefix("options") { return pick([0, 0, 0, 3, 7]) }
        if name.hasPrefix("extensions") { return pick([40 << 8 | 6, 48 << 8 | 17, 56 << 8 | 6, 3, 5]) }
        if name.hasPrefix("packet") {
            return isQuiet ? pick([0, 0, 0, 0, 0, 0, 0, 0, 0, 2]) : pick([any, 0, 2, 2, 0x12])
        }
        if name.hasPrefix(".rodata") {
            return isQuiet ? pick([0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10]) : pick([any, any, 0, 0x10])
        }
        if name.hasPrefix("has") || name.hasPrefix("is") || name.hasPrefix("peers ") {
            return pick([1, 1, 0])
        }
        return pick([0, 0, 0, 0, any])
    }

    /// Fields that have few values of interest.
    private func field(_ name: String, _ random: inout SplitMix) -> UInt128? {
        let values: [UInt128]? =
            switch name {
            case "header words": [5, 5, 5, 6, 15, 4]
            case "__sk_buff 0": [60, 28, 33, 34, 48, 40, 62]
            case "__sk_buff 40": [2, 2, 1, 0]
            case "subject": [1, 2, 3, 0]
            case "packet 9": [6, 17, 6, 17, 0]
            case "packet 6": [6, 17, 0, 0, 0, 44]
            case "__sk_buff 1", "__sk_buff 2", "__sk_buff 3": [0]
            case "__sk_buff 41", "__sk_buff 42", "__sk_buff 43": [0]
            case "bpf_sock_addr 18", "bpf_sock_addr 19": [255, 255, 0]
            case "bpf_sock_addr 32", "bpf_sock 8": [1, 2, 1, 2, 3]
            case "bpf_sock_addr 36", "bpf_sock 12": [6, 17, 6, 17, 0]
            default: nil
            }
        return values.map { $0[random.below($0.count)] }
    }
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
