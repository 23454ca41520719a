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
        return LinkedProgram(
            name: name, kind: program.kind, linked: try linkedCode(from: program.body, limits: limits))
    }

    /// A function, or a program's body, with every function that it calls, except those that stay outside.
    ///
    /// A call of a function that stays outside becomes the call of a helper with its number: a proof about the caller
    /// speaks of what such a function promises, not of what is in it.
    package func linkedCode(
        from body: BPFFunction, outside: [String: Int32] = [:], limits: ObjectLimits = ObjectLimits()
    ) throws(ObjectError) -> LinkedCode {
        let parts = [body] + callees(of: body, outside: outside)
        var starts: [String: Int] = [:]
        var total = 0
        for part in parts {
            starts[part.name] = total
            total += part.instructionCount
        }
        guard total <= limits.instructions else {
            throw ObjectError(
                section: body.name, offset: 0, problem: .tooMany(.instructions, limit: limits.instructions))
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
                    if let number = outside[callee] {
                        EncodedWord.setHelperCall(&code, at: place, number: number)
                        continue
                    }
                    guard let target = starts[callee] else {
                        preconditionFailure("reading an object resolves calls to its own functions only")
                    }
                    EncodedWord.setCall(&code, at: place, distance: Int32(target - place - 1))
                }
            }
        }
        return LinkedCode(
            code: code, references: references,
            functions: parts.map { BTFFunctionRecord(instruction: starts[$0.name] ?? 0, type: $0.type) },
            lines: parts.flatMap { part in part.lines.map { $0.moved(by: starts[part.name] ?? 0) } })
    }

    /// An explicit stack: how deep functions call is for the file to say, and our own stack is not.
    private func callees(of body: BPFFunction, outside: [String: Int32]) -> [BPFFunction] {
        var byName: [String: BPFFunction] = [:]
        for function in functions { byName[function.name] = function }
        var found: [BPFFunction] = []
        // A function that calls itself is there already.
        var seen: Set<String> = [body.name]
        var stack = [(body.references[...])]
        while let references = stack.popLast() {
            guard let reference = references.first else { continue }
            stack.append(references.dropFirst())
            guard case .function(let name) = reference.target, outside[name] == nil,
                seen.insert(name).inserted,
                let function = byName[name]
            else { continue }
            found.append(function)
            stack.append(function.references[...])
        }
        return found
    }
}
