/// The sections of an object by what they are for.
struct BPFSections {
    /// What a loader does with a section.
    private enum Role {
        case program(BPFProgramKind)
        case text
        case data
        case maps
        case license
        case btf
        case btfExtension
        case ignored
    }

    private(set) var programs: [(index: Int, kind: BPFProgramKind)] = []
    private(set) var text: Int?
    private(set) var data: [Int] = []
    private(set) var maps: Int?
    private(set) var btf: ELFSection
    private(set) var btfExtension: ELFSection
    private var licenseSection: ELFSection?

    static let mapsName = ".maps"

    init(_ elf: ELFObject) throws(ObjectError) {
        guard let btf = elf.section(named: ".BTF") else { throw Self.missing(".BTF") }
        guard let records = elf.section(named: ".BTF.ext") else { throw Self.missing(".BTF.ext") }
        self.btf = btf
        btfExtension = records
        var names: Set<String> = []
        for (index, section) in elf.sections.enumerated() {
            let role = try Self.role(of: section)
            if case .ignored = role { continue }
            guard names.insert(section.name).inserted else {
                throw Self.failure(.duplicate(section.name), section)
            }
            switch role {
            case .program(let kind): programs.append((index, kind))
            case .text: text = index
            case .data: data.append(index)
            case .maps: maps = index
            case .license: licenseSection = section
            case .btf, .btfExtension, .ignored: break
            }
            if !section.isExecutable, !section.relocations.isEmpty, !section.name.hasPrefix(".BTF") {
                throw Self.failure(.unexpectedRelocations, section)
            }
        }
    }

    private static func role(of section: ELFSection) throws(ObjectError) -> Role {
        switch section.kind {
        case .null, .symbolTable, .stringTable, .relocations, .addressSignificance: return .ignored
        case .zeroed:
            if section.name == ".bss" && !section.isExecutable { return .data }
        case .content:
            if section.isExecutable { return try executableRole(of: section) }
            switch section.name {
            case mapsName: return .maps
            case "license": return .license
            case ".BTF": return .btf
            case ".BTF.ext": return .btfExtension
            case ".comment": return .ignored
            default: break
            }
            if section.name.hasPrefix(".debug_") && !section.isAllocated { return .ignored }
            if section.isData { return section.size == 0 ? .ignored : .data }
        case .other: break
        }
        guard section.size == 0 else { throw failure(.unknownSection(section.name), section) }
        return .ignored
    }

    private static func executableRole(of section: ELFSection) throws(ObjectError) -> Role {
        if section.size == 0 { return .ignored }
        if section.name == ".text" { return .text }
        guard let kind = BPFProgramKind(rawValue: section.name) else {
            throw failure(.unknownProgramSection(section.name), section)
        }
        return .program(kind)
    }

    /// The license, which files hold as one short, printable, terminated text; empty when there is none.
    ///
    /// Without one no helper that is for GPL programs only may be called; the templates call none.
    func license() throws(ObjectError) -> String {
        guard let section = licenseSection else { return "" }
        let text = section.bytes.dropLast()
        let isPrintable = text.allSatisfy { (0x20..<0x7F).contains($0) }
        guard section.bytes.last == 0, text.count < 128, isPrintable else {
            throw Self.failure(.badLicense, section)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func failure(_ problem: ObjectError.Problem, _ section: ELFSection) -> ObjectError {
        ObjectError(section: section.name, offset: 0, problem: problem)
    }

    private static func missing(_ name: String) -> ObjectError {
        ObjectError(section: ObjectError.fileHeader, offset: 0, problem: .missingSection(name))
    }
}

extension ELFSection {
    /// Whether libbpf would make a map of it.
    fileprivate var isData: Bool {
        let isNamed =
            name == ".data" || name == ".rodata" || name.hasPrefix(".data.") || name.hasPrefix(".rodata.")
        return isNamed && isAllocated && !isExecutable
    }

    /// Whether libbpf would let programs only read it.
    var isReadOnlyData: Bool { name == ".rodata" || name.hasPrefix(".rodata.") }
}
