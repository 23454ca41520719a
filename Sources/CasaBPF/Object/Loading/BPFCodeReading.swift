/// Cuts sections of code into functions.
struct BPFCodeReading {
    struct Bodies {
        var programs: [BPFProgram] = []
        var functions: [BPFFunction] = []

        /// Types of functions that are global for the linker only.
        var hidden: [BTFTypeID] = []

        /// The kernel verifies hidden functions with their callers, so they must be static to it.
        func hidingHiddenFunctions(in btf: BTF) -> BTF {
            var result = btf
            for id in hidden {
                guard case .function(let name, let prototype, _) = btf[id] else { continue }
                result.types[Int(id.rawValue) - 1] =
                    .function(name: name, prototype: prototype, linkage: .static)
            }
            return result
        }
    }

    let elf: ELFObject
    let sections: BPFSections
    let symbols: BPFSymbols
    let records: BPFRecords
    let limits: ObjectLimits

    func functions() throws(ObjectError) -> Bodies {
        var bodies = Bodies()
        var entries: [Int: String] = [:]
        if let text = sections.text {
            for symbol in symbols.symbols(of: .function, in: text) where symbol.value.isMultiple(of: 8) {
                entries[symbol.value / 8] = symbol.name
            }
            let (functions, hidden) = try functions(in: text, textEntries: entries)
            bodies.functions = functions
            bodies.hidden = hidden
        }
        for (index, kind) in sections.programs {
            for body in try functions(in: index, textEntries: entries).functions {
                guard body.isGlobal else {
                    throw failure(.unsupportedReference(body.name), section: index, instruction: 0)
                }
                bodies.programs.append(BPFProgram(kind: kind, body: body))
            }
        }
        return bodies
    }

    private func functions(
        in index: Int, textEntries: [Int: String]
    ) throws(ObjectError) -> (functions: [BPFFunction], hidden: [BTFTypeID]) {
        let section = elf.sections[index]
        guard section.size / 8 <= limits.instructions else {
            throw failure(.tooMany(.instructions, limit: limits.instructions), section: index, instruction: 0)
        }
        let types = try records.types(in: section.name)
        let lines = try records.lines(in: section.name)
        var references = try BPFReferenceReading(
            elf: elf, sections: sections, index: index, textEntries: textEntries)
        var functions: [BPFFunction] = []
        var hidden: [BTFTypeID] = []
        var end = 0
        var line = 0
        for symbol in symbols.symbols(of: .function, in: index) {
            guard symbol.size > 0, symbol.value.isMultiple(of: 8), symbol.size.isMultiple(of: 8) else {
                throw failure(.badFunctionExtent(symbol.name), section: index, instruction: symbol.value / 8)
            }
            let range = symbol.value / 8..<(symbol.value + symbol.size) / 8
            guard range.lowerBound == end else {
                throw failure(.strayInstructions, section: index, instruction: end)
            }
            end = range.upperBound
            guard let type = types[range.lowerBound] else {
                throw failure(
                    .missingFunctionInfo(symbol.name), section: index, instruction: range.lowerBound)
            }
            let firstLine = line
            while line < lines.count, lines[line].instruction < end { line += 1 }
            let ownLines = lines[firstLine..<line].map { $0.moved(by: -range.lowerBound) }
            guard !records.hasLines || ownLines.first?.instruction == 0 else {
                throw failure(.missingLineInfo(symbol.name), section: index, instruction: range.lowerBound)
            }
            let body = try references.body(of: range)
            try check(ownLines, code: body.code, section: index, start: range.lowerBound)
            if symbol.visibility != .default { hidden.append(type) }
            functions.append(
                BPFFunction(
                    name: symbol.name,
                    isGlobal: symbol.binding != .local && symbol.visibility == .default,
                    code: body.code, references: body.references, type: type, lines: ownLines))
        }
        guard end * 8 == section.size, line == lines.count else {
            throw failure(.strayInstructions, section: index, instruction: end)
        }
        return (functions, hidden)
    }

    /// A line record must not point at the second slot of a load: the kernel would refuse the program.
    private func check(
        _ lines: [BTFLineRecord], code: [UInt8], section: Int, start: Int
    ) throws(ObjectError) {
        for line in lines where code[line.instruction * 8] == 0 {
            throw failure(.unorderedRecords, section: section, instruction: start + line.instruction)
        }
    }

    private func failure(
        _ problem: ObjectError.Problem, section: Int, instruction: Int
    ) -> ObjectError {
        ObjectError(section: elf.sections[section].name, offset: instruction * 8, problem: problem)
    }
}

extension BTFLineRecord {
    /// The same record of code that moved.
    func moved(by instructions: Int) -> BTFLineRecord {
        var record = self
        record.instruction += instructions
        return record
    }
}
