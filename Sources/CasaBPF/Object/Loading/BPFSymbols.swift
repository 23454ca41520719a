/// The symbols of an object, grouped by the section they lie in.
struct BPFSymbols {
    private let bySection: [[ELFSymbol]]

    init(_ elf: ELFObject) {
        var bySection = [[ELFSymbol]](repeating: [], count: elf.sections.count)
        for symbol in elf.symbols {
            guard case .section(let index) = symbol.place else { continue }
            bySection[index].append(symbol)
        }
        self.bySection = bySection
    }

    /// The symbols of one kind, by ascending place.
    func symbols(of kind: ELFSymbol.Kind, in section: Int) -> [ELFSymbol] {
        bySection[section].filter { $0.kind == kind }.sorted {
            ($0.value, $0.size, $0.name) < ($1.value, $1.size, $1.name)
        }
    }

    func dataMap(_ section: ELFSection, index: Int, btf: BTF) -> BPFDataMap {
        BPFDataMap(
            name: section.name, isReadOnly: section.isReadOnlyData,
            bytes: section.kind == .zeroed
                ? [UInt8](repeating: 0, count: section.size) : Array(section.bytes),
            variables: symbols(of: .object, in: index).map {
                .init(name: $0.name, offset: $0.value, byteCount: $0.size)
            },
            type: btf.dataSection(named: section.name))
    }
}
