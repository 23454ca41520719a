internal import CasaBundle

/// Different mutants of one object from a seed: the same in every run.
struct MutantGenerator {
    private let image: ObjectImage
    private let table: TableMutator?
    private let addresses: AddressTableMutator
    private var random: SeededRandom
    private var seen: Set<[Mutation.Patch]> = []

    /// Of the policy, which are smaller than the template and matter more.
    private static let policyFunctions = ["casa_verdict", "casa_region4", "casa_region6"]

    init(_ image: ObjectImage, entries: Int, tables: [AddressTable], seed: UInt64) {
        self.image = image
        table = TableMutator(image, entries: entries)
        addresses = AddressTableMutator(tables: tables)
        random = SeededRandom(seed: seed)
    }

    mutating func mutants(_ count: Int) -> [Mutation] {
        var mutants: [Mutation] = []
        // A small object has fewer mutants of some kinds than are asked for; others take their place.
        for _ in 0..<count * 50 where mutants.count < count {
            guard let mutant = next(), isNew(mutant) else { continue }
            mutants.append(mutant)
        }
        return mutants
    }

    private mutating func isNew(_ mutant: Mutation) -> Bool {
        if case .addresses(let name) = mutant.place {
            // Offsets of tables and of the object must not be confused.
            return seen.insert(mutant.patches + [.init(offset: -1, bytes: Array(name.utf8))]).inserted
        }
        return mutant.changes(image.bytes) && seen.insert(mutant.patches).inserted
    }

    private mutating func next() -> Mutation? {
        switch random.number(below: 100) {
        case 0..<12: addresses.mutate(&random)
        case 12..<45: boundary(random.pick([.portBoundary, .portBoundary, .subject, .direction, .tableBit]))
        case 45..<50: boundary(random.pick([.classBoundary, .slots]))
        case 50..<53: region()
        case 53..<57: SectionMutator(image: image).constant(&random)
        case 57..<60: SectionMutator(image: image).reference(&random)
        case 60..<80: instruction(of: policyFunction())
        default: instruction(of: templateFunction())
        }
    }

    /// In the table where there is one, else in the tree.
    private mutating func boundary(_ kind: Mutation.Kind) -> Mutation? {
        if let table { return table.mutate(random.chance(40) ? .tableBit : kind, &random) }
        guard let verdict = image.function(named: "casa_verdict") else { return nil }
        let tree = BoundaryMutator(instructions: .init(image: image, function: verdict))
        return tree.mutate(kind, &random)
    }

    private mutating func region() -> Mutation? {
        let name = random.chance(50) ? "casa_region4" : "casa_region6"
        guard let function = image.function(named: name) else { return nil }
        return RegionMutator(instructions: .init(image: image, function: function)).mutate(&random)
    }

    private mutating func policyFunction() -> ObjectImage.Function? {
        let name = random.chance(80) ? Self.policyFunctions[0] : random.pick(Self.policyFunctions)
        return image.function(named: name)
    }

    private mutating func templateFunction() -> ObjectImage.Function? {
        random.pick(image.functions.filter { !Self.policyFunctions.contains($0.name) })
    }

    private mutating func instruction(of function: ObjectImage.Function?) -> Mutation? {
        guard let function else { return nil }
        let kinds: [Mutation.Kind] = [
            .immediate, .immediate, .register, .condition, .width, .offset, .target, .dropped, .damage,
        ]
        return InstructionMutator(image: image, function: function).mutate(random.pick(kinds), &random)
    }
}
