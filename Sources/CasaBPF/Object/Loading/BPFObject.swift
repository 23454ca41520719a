/// What a loader needs of a BPF object, and nothing that it would have to guess.
///
/// Strict: a section whose content would be loaded by others and is not understood here is refused by name.
package struct BPFObject: Hashable, Sendable {
    /// In the order of the file.
    package let programs: [BPFProgram]

    /// The functions of `.text`, in the order of their places.
    package let functions: [BPFFunction]

    /// In the order of the file.
    package let dataMaps: [BPFDataMap]

    /// In the order of the object's BTF.
    package let maps: [BPFMapDefinition]

    /// Types with the sizes and places filled in that compilers leave to the loader.
    package let btf: BTF
    package let license: String

    package init(_ bytes: [UInt8], limits: ObjectLimits = ObjectLimits()) throws(ObjectError) {
        try self.init(ELFObject(bytes, limits: limits), limits: limits)
    }

    package init(_ elf: ELFObject, limits: ObjectLimits = ObjectLimits()) throws(ObjectError) {
        let sections = try BPFSections(elf)
        let symbols = BPFSymbols(elf)
        let read = try BTFReader.read(sections.btf.bytes, limits: limits)
        let placed = try DataPlacement(elf: elf, symbols: symbols).place(in: read)
        let records = BPFRecords(
            try BTFExtension(sections.btfExtension.bytes, btf: read, limits: limits), btf: read)
        let code = BPFCodeReading(
            elf: elf, sections: sections, symbols: symbols, records: records, limits: limits)

        maps = try BPFMapReading(elf: elf, sections: sections, symbols: symbols, btf: placed).maps()
        dataMaps = sections.data.map { symbols.dataMap(elf.sections[$0], index: $0, btf: placed) }
        let bodies = try code.functions()
        functions = bodies.functions
        programs = bodies.programs
        btf = bodies.hidingHiddenFunctions(in: placed)
        license = try sections.license()
        try checkNames()
    }

    /// The bytes to load into the kernel.
    package var btfBytes: [UInt8] { btf.encoded }

    package func program(named name: String) -> BPFProgram? {
        programs.first { $0.name == name }
    }

    package func dataMap(named name: String) -> BPFDataMap? {
        dataMaps.first { $0.name == name }
    }

    package func map(named name: String) -> BPFMapDefinition? {
        maps.first { $0.name == name }
    }

    /// References are by name, so a name must mean one thing.
    private func checkNames() throws(ObjectError) {
        var seen: Set<String> = []
        let names = programs.map(\.name) + functions.map(\.name) + dataMaps.map(\.name) + maps.map(\.name)
        for name in names where !seen.insert(name).inserted {
            throw ObjectError(section: ".symtab", offset: 0, problem: .duplicate(name))
        }
    }
}
