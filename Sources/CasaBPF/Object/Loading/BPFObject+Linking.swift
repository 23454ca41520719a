extension BPFObject {
    /// The program with every function that it calls, directly or not, appended once.
    ///
    /// Functions stand in the order in which libbpf appends them: of their first call, depth first.
    package func linkedProgram(
        named name: String, limits: ObjectLimits = ObjectLimits()
    ) throws(ObjectError) -> LinkedProgram {
        guard let program = program(named: name) else {
            throw ObjectError(section: ".symtab", offset: 0, problem: .noSuchProgram(name))
        }
        let parts = [program.body] + callees(of: program.body)
        var starts: [String: Int] = [:]
        var total = 0
        for part in parts {
            starts[part.name] = total
            total += part.instructionCount
        }
        guard total <= limits.instructions else {
            throw ObjectError(
                section: program.kind.section, offset: 0,
                problem: .tooMany(.instructions, limit: limits.instructions))
        }
        var code: [UInt8] = []
        code.reserveCapacity(total * 8)
        for part in parts { code += part.code }
        var references: [BPFReference] = []
        for part in parts {
            guard let start = starts[part.name] else { continue }
            for reference in part.references {
                let place = start + reference.instruction
                switch reference.target {
                case .map, .mapValue:
                    references.append(BPFReference(instruction: place, target: reference.target))
                case .function(let callee):
                    guard let target = starts[callee] else {
                        preconditionFailure("reading an object resolves calls to its own functions only")
                    }
                    EncodedWord.setCall(&code, at: place, distance: Int32(target - place - 1))
                }
            }
        }
        return LinkedProgram(
            name: name, kind: program.kind, code: code, references: references,
            functions: parts.map { BTFFunctionRecord(instruction: starts[$0.name] ?? 0, type: $0.type) },
            lines: parts.flatMap { part in part.lines.map { $0.moved(by: starts[part.name] ?? 0) } })
    }

    /// An explicit stack: how deep functions call is for the file to say, and our own stack is not.
    private func callees(of body: BPFFunction) -> [BPFFunction] {
        var byName: [String: BPFFunction] = [:]
        for function in functions { byName[function.name] = function }
        var found: [BPFFunction] = []
        var seen: Set<String> = []
        var stack = [(body.references[...])]
        while let references = stack.popLast() {
            guard let reference = references.first else { continue }
            stack.append(references.dropFirst())
            guard case .function(let name) = reference.target, seen.insert(name).inserted,
                let function = byName[name]
            else { continue }
            found.append(function)
            stack.append(function.references[...])
        }
        return found
    }
}
