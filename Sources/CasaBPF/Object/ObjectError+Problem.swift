extension ObjectError {
    /// The ways in which an object can fail to be what it claims.
    package enum Problem: Hashable, Sendable {
        // The container.
        case tooLarge(limit: Int)
        case tooMany(Items, limit: Int)
        case truncated(needed: Int)
        case notABPFObject
        case unreadableHeaders
        case sectionOutsideFile
        case sectionsOverlap
        case unterminatedName
        case nameTooLong(limit: Int)
        case nameNotUTF8
        case brokenTable
        case unknownValue(Field, UInt64)
        case badIndex(Field, UInt64)
        case duplicate(String)
        case missingSection(String)

        // BTF.
        case notBTF
        case badTypeID(UInt32)
        case unsizedType(UInt32)
        case unexpectedType(UInt32)
        case coreRelocations

        // What a loader needs.
        case unknownSection(String)
        case unknownProgramSection(String)
        case unexpectedRelocations
        case badFunctionExtent(String)
        case strayInstructions
        case brokenInstruction
        case misplacedRelocation
        case unresolvedSymbol(String)
        case unsupportedReference(String)
        case referenceOutsideTarget(String)
        case unresolvedPseudoInstruction
        case badMapDefinition(String)
        case badVariable(String)
        case missingFunctionInfo(String)
        case missingLineInfo(String)
        case unorderedRecords
        case badLicense
        case noSuchProgram(String)
    }

    /// What there can be too many of.
    package enum Items: String, Hashable, Sendable {
        case sections
        case symbols
        case relocations
        case instructions
        case types
        case records
    }

    /// The field that holds a value nobody defined.
    package enum Field: String, Hashable, Sendable {
        case sectionIndex = "section index"
        case symbolIndex = "symbol index"
        case symbolBinding = "symbol binding"
        case symbolKind = "symbol kind"
        case symbolVisibility = "symbol visibility"
        case relocationKind = "relocation kind"
        case alignment = "alignment"
        case typeKind = "type kind"
        case linkage = "linkage"
        case integerEncoding = "integer encoding"
        case recordSize = "record size"
        case headerLength = "header length"
        case stringOffset = "string offset"
        case instructionOffset = "instruction offset"
    }
}

extension ObjectError.Problem {
    /// The problem in one sentence without its place.
    package var sentence: String {
        switch self {
        case .tooLarge(let limit): "larger than the limit of \(limit) bytes"
        case .tooMany(let items, let limit): "more than \(limit) \(items.rawValue)"
        case .truncated(let needed): "ends before \(needed) bytes that belong here"
        case .notABPFObject: "not a relocatable 64-bit little-endian BPF object"
        case .unreadableHeaders: "the section headers cannot be read"
        case .sectionOutsideFile: "the section reaches beyond the file"
        case .sectionsOverlap: "the sections together are larger than the file"
        case .unterminatedName: "a name does not end inside its table"
        case .nameTooLong(let limit): "a name is longer than \(limit) bytes"
        case .nameNotUTF8: "a name is not UTF-8"
        case .brokenTable: "the table is not a whole number of its records, or lies where it must not"
        case .unknownValue(let field, let value): "unknown \(field.rawValue) \(value)"
        case .badIndex(let field, let value): "\(field.rawValue) \(value) leads nowhere"
        case .duplicate(let name): "`\(name)` is there twice"
        case .missingSection(let name): "there is no section `\(name)`"
        case .notBTF: "not BTF of version 1"
        case .badTypeID(let type): "type \(type) does not exist"
        case .unsizedType(let type): "type \(type) has no size"
        case .unexpectedType(let type): "type \(type) is of a kind that cannot stand here"
        case .coreRelocations: "CO-RE relocations are not supported"
        case .unknownSection(let name): "section `\(name)` has content that nobody would load"
        case .unknownProgramSection(let name): "`\(name)` is not a hook that CASA attaches to"
        case .unexpectedRelocations: "relocations of a section that cannot have them"
        case .badFunctionExtent(let name): "function `\(name)` does not lie inside its section"
        case .strayInstructions: "instructions that belong to no function, or to two"
        case .brokenInstruction: "a two-slot instruction without its second slot"
        case .misplacedRelocation: "a relocation of something that is not a reference"
        case .unresolvedSymbol(let name): "`\(name)` is not defined in this object"
        case .unsupportedReference(let name): "`\(name)` cannot be referred to like this"
        case .referenceOutsideTarget(let name): "a reference that leads out of `\(name)`"
        case .unresolvedPseudoInstruction: "an instruction that wants a reference and has none"
        case .badMapDefinition(let name): "the definition of map `\(name)` is not understood"
        case .badVariable(let name): "variable `\(name)` does not lie where its section says"
        case .missingFunctionInfo(let name): "function `\(name)` has no BTF function record"
        case .missingLineInfo(let name): "function `\(name)` does not begin with a line record"
        case .unorderedRecords: "records are not in strictly ascending order"
        case .badLicense: "the license is not one short terminated text"
        case .noSuchProgram(let name): "there is no program `\(name)`"
        }
    }
}
