/// Where everything of an object lies: sections of code, offsets of functions, numbers of symbols.
struct ObjectLayout {
    struct CodeSection {
        let name: String
        var bytes: [UInt8] = []
        var relocations: [ELFRelocation] = []

        /// The functions of the section with their first instructions, ascending.
        var functions: [(function: ObjectWriter.Function, start: Int)] = []
    }

    private(set) var code: [CodeSection] = []

    /// Local symbols first, as ELF wants it; sections are numbered as ``ELFWriting`` writes them.
    private(set) var symbols: [ELFSymbol] = []
    private var numbers: [String: Int] = [:]

    init(_ object: ObjectWriter) throws(ObjectWriterError) {
        try check(object)
        for function in object.functions {
            let index = code.firstIndex { $0.name == function.section } ?? code.count
            if index == code.count { code.append(CodeSection(name: function.section)) }
            code[index].functions.append((function, code[index].bytes.count / 8))
            code[index].bytes += function.code
        }
        try number(object)
        for index in code.indices { try resolve(&code[index]) }
    }

    private func check(_ object: ObjectWriter) throws(ObjectWriterError) {
        let hasLines = object.functions.contains { !$0.lines.isEmpty }
        for function in object.functions {
            guard !function.code.isEmpty, function.code.count.isMultiple(of: 8) else {
                throw .brokenCode(function: function.name)
            }
            guard !hasLines || function.lines.first?.instruction == 0 else {
                throw .missingLines(function: function.name)
            }
            let lines = function.lines.map(\.instruction)
            guard zip(lines, lines.dropFirst()).allSatisfy(<), (lines.last ?? 0) < function.code.count / 8
            else { throw .unorderedLines(function: function.name) }
            let places = function.references.map(\.instruction)
            guard zip(places, places.dropFirst()).allSatisfy(<), places.first ?? 0 >= 0 else {
                throw .unorderedReferences(function: function.name)
            }
        }
        for section in object.dataSections {
            let alignment = section.alignment
            guard alignment > 0, alignment <= 4096, alignment & (alignment - 1) == 0 else {
                throw .brokenAlignment(section: section.name)
            }
            var end = 0
            for variable in section.variables {
                guard variable.offset >= end, variable.byteCount > 0 else {
                    throw .overlappingVariables(section: section.name)
                }
                end = variable.offset + variable.byteCount
                guard end <= section.bytes.count else {
                    throw .variableOutsideSection(variable: variable.name)
                }
            }
        }
    }

    private mutating func number(_ object: ObjectWriter) throws(ObjectWriterError) {
        var all: [ELFSymbol] = []
        for (index, section) in code.enumerated() {
            for (function, start) in section.functions {
                all.append(
                    ELFSymbol(
                        name: function.name, binding: function.isGlobal ? .global : .local, kind: .function,
                        visibility: .default, place: .section(ELFWriting.firstSection + index),
                        value: start * 8, size: function.code.count))
            }
        }
        for (index, section) in object.dataSections.enumerated() {
            for variable in section.variables {
                all.append(
                    ELFSymbol(
                        name: variable.name, binding: variable.isGlobal ? .global : .local, kind: .object,
                        visibility: .default, place: .section(ELFWriting.firstSection + code.count + index),
                        value: variable.offset, size: variable.byteCount))
            }
        }
        symbols = all.filter { $0.binding == .local } + all.filter { $0.binding != .local }
        var sections: Set<String> = []
        for name in code.map(\.name) + object.dataSections.map(\.name)
        where !sections.insert(name).inserted { throw .duplicateName(name) }
        for (index, symbol) in symbols.enumerated() {
            // The null symbol comes first.
            guard numbers.updateValue(index + 1, forKey: symbol.name) == nil else {
                throw .duplicateName(symbol.name)
            }
        }
    }

    private func resolve(_ section: inout CodeSection) throws(ObjectWriterError) {
        for (function, start) in section.functions {
            for reference in function.references {
                let place = start + reference.instruction
                guard reference.instruction < function.code.count / 8 else {
                    throw .misplacedReference(function: function.name, instruction: reference.instruction)
                }
                let word = EncodedWord(section.bytes, at: place)
                let (name, kind) = reference.target.relocation
                guard let number = numbers[name] else {
                    throw .unknownSymbol(name, function: function.name, instruction: reference.instruction)
                }
                let isFunction = symbols[number - 1].kind == .function
                switch reference.target {
                case .address(_, let addend):
                    guard word.isLoadImmediate64, !isFunction,
                        reference.instruction + 1 < function.code.count / 8
                    else {
                        throw .misplacedReference(function: function.name, instruction: reference.instruction)
                    }
                    word.clearReference(in: &section.bytes, at: place)
                    EncodedWord.set(&section.bytes, at: place, source: nil, immediate: addend)
                case .call:
                    guard word.opcode == EncodedWord.call, isFunction else {
                        throw .misplacedReference(function: function.name, instruction: reference.instruction)
                    }
                    // The distance from the end of a call to the symbol itself.
                    EncodedWord.setCall(&section.bytes, at: place, distance: -1)
                }
                section.relocations.append(ELFRelocation(offset: place * 8, kind: kind, symbol: number))
            }
        }
    }
}

extension ObjectWriter.Reference.Target {
    fileprivate var relocation: (symbol: String, kind: ELFRelocation.Kind) {
        switch self {
        case .address(let symbol, _): (symbol, .loadImmediate64)
        case .call(let function): (function, .call)
        }
    }
}
