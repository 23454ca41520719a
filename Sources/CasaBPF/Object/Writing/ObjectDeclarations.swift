/// The BTF and the records that declare an object's functions and variables.
///
/// libbpf's linker asks for a declaration of every global symbol; the kernel asks for one of every function.
struct ObjectDeclarations {
    private var btf: BTFBuilder
    private var records = BTFExtension(functions: [], lines: [])

    init(_ object: ObjectWriter, layout: ObjectLayout) {
        btf = object.btf
        for section in layout.code { declare(section) }
        for section in object.dataSections { declare(section) }
    }

    var encoded: (btf: [UInt8], records: [UInt8]) {
        (btf.build().encoded, records.encoded)
    }

    private mutating func declare(_ section: ObjectLayout.CodeSection) {
        let name = btf.string(section.name)
        var functions: [BTFFunctionRecord] = []
        var lines: [BTFLineRecord] = []
        for (function, start) in section.functions {
            let type = btf.function(
                function.name, prototype: function.prototype, linkage: function.isGlobal ? .global : .static)
            functions.append(BTFFunctionRecord(instruction: start, type: type))
            lines += function.lines.map { $0.moved(by: start) }
        }
        records.functions.append(.init(section: name, records: functions))
        if !lines.isEmpty { records.lines.append(.init(section: name, records: lines)) }
    }

    private mutating func declare(_ section: ObjectWriter.DataSection) {
        var entries: [BTFDataSectionEntry] = []
        for variable in section.variables {
            let type = btf.variable(
                variable.name, type: variable.type, linkage: variable.isGlobal ? .global : .static)
            entries.append(
                BTFDataSectionEntry(
                    variable: type, offset: UInt32(variable.offset), byteCount: UInt32(variable.byteCount)))
        }
        guard !entries.isEmpty else { return }
        _ = btf.dataSection(section.name, byteCount: section.bytes.count, entries: entries)
    }
}
