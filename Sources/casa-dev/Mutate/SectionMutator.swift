internal import CasaBPF

/// Changes what stands beside the code: words that are loaded, and which symbol an instruction refers to.
struct SectionMutator {
    let image: ObjectImage

    private static let constants = [
        ".rodata.regions", ".rodata.regions", ".rodata.subject", ".rodata.addresses4", ".rodata.addresses6",
    ]

    /// One bit of a constant.
    func constant(_ random: inout SeededRandom) -> Mutation? {
        let section = random.pick(Self.constants)
        let range = image.range(of: section)
        guard !range.isEmpty else { return nil }
        let offset = range.lowerBound + random.number(below: range.count)
        let bit = random.number(below: 8)
        return Mutation(
            kind: .constant, place: .section(section),
            words: "\(section): bit \(bit) of byte \(offset - range.lowerBound)",
            patches: [.init(offset: offset, bytes: [image.bytes[offset] ^ 1 << bit])])
    }

    /// An instruction refers to what another refers to.
    func reference(_ random: inout SeededRandom) -> Mutation? {
        guard image.relocations.count > 1 else { return nil }
        let one = random.pick(image.relocations)
        let others = image.relocations.filter { $0.kind == one.kind && $0.symbol != one.symbol }
        guard !others.isEmpty else { return nil }
        let other = random.pick(others)
        let symbol = UInt32(other.symbol)
        return Mutation(
            kind: .reference, place: .function(one.function),
            words: "\(one.function) \(one.slot): refers to \(name(other.symbol)), not to \(name(one.symbol))",
            patches: [
                .init(
                    offset: one.offset + 12,
                    bytes: (0..<4).map { UInt8(truncatingIfNeeded: symbol >> ($0 * 8)) })
            ])
    }

    private func name(_ symbol: Int) -> String {
        let symbol = image.elf.symbols[symbol]
        guard symbol.name.isEmpty, case .section(let index) = symbol.place else { return symbol.name }
        return image.elf.sections[index].name
    }
}
