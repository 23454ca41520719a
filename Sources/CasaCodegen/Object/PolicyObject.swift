internal import CasaBPF
internal import CasaBundle

/// What the template is told of the regions: it calls no function that could answer 0 only.
struct RegionFamilies: OptionSet, Sendable {
    let rawValue: UInt32

    static let v4 = RegionFamilies(rawValue: 1)
    static let v6 = RegionFamilies(rawValue: 2)

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ classes: ClassAssignment) {
        self = []
        if classes.regions4.hasRegions { insert(.v4) }
        if classes.regions6.hasRegions { insert(.v6) }
    }

    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: rawValue.littleEndian, Array.init) }
}

/// The relocatable object with the functions and tables of one namespace, before it is joined with the
/// template.
struct PolicyObject {
    let verdict: AssembledCode
    let region4: AssembledCode
    let region6: AssembledCode
    /// Which of the two region functions know any region.
    let regionFamilies: RegionFamilies
    /// The bytes of the decision table; empty for a tree.
    let tableBytes: [UInt8]
    let lines: LineTable

    func write() throws(ObjectWriterError) -> [UInt8] {
        var builder = BTFBuilder()
        let types = PolicyTypes(tableBytes: tableBytes.count, in: &builder)
        let functions = [
            function(PolicySymbols.verdict, types.verdict, verdict, in: &builder),
            function(PolicySymbols.region4, types.region4, region4, in: &builder),
            function(PolicySymbols.region6, types.region6, region6, in: &builder),
        ]
        var writer = ObjectWriter(btf: builder)
        writer.functions = functions
        writer.dataSections = [
            section(
                PolicySymbols.subjectSection, PolicySymbols.subject, types.subject, bytes: [0, 0, 0, 0],
                alignment: 4),
            section(
                PolicySymbols.regionSection, PolicySymbols.regions, types.subject,
                bytes: regionFamilies.bytes,
                alignment: 4),
        ]
        if !tableBytes.isEmpty {
            writer.dataSections.append(
                section(
                    PolicySymbols.decisionSection, PolicySymbols.decisions, types.decisions,
                    bytes: tableBytes,
                    alignment: 8))
        }
        return try writer.write()
    }

    private func function(
        _ name: String, _ prototype: BTFTypeID, _ code: AssembledCode, in builder: inout BTFBuilder
    ) -> ObjectWriter.Function {
        ObjectWriter.Function(
            name: name, prototype: prototype, code: code.bytes, references: code.relocations.map(reference),
            lines: lines.records(of: code, in: &builder))
    }

    private func reference(_ relocation: CodeRelocation) -> ObjectWriter.Reference {
        switch relocation.kind {
        case .map, .mapValue:
            ObjectWriter.Reference(
                instruction: relocation.instructionIndex,
                target: .address(symbol: relocation.symbol, addend: relocation.addend))
        case .call, .function:
            preconditionFailure("decision functions call nothing")
        }
    }

    private func section(
        _ name: String, _ variable: String, _ type: BTFTypeID, bytes: [UInt8], alignment: Int
    ) -> ObjectWriter.DataSection {
        ObjectWriter.DataSection(
            name: name, bytes: bytes, alignment: alignment, isReadOnly: true,
            variables: [.init(name: variable, offset: 0, byteCount: bytes.count, type: type)])
    }
}
