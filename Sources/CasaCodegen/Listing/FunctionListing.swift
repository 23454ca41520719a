internal import CasaBPF
internal import CasaPolicyIR

/// One function: labels, instructions, and before each run of them the source line it comes from.
struct FunctionListing {
    let text: String

    init(_ function: BPFFunction, btf: BTF, words: DecisionWords) throws(ListingError) {
        let program = try Self.program(of: function)
        var lines = function.lines[...]
        var references = function.references[...]
        let labels = Self.labels(of: program)
        var output: [String] = []
        for (index, step) in program.steps.enumerated() {
            let slot = program.slots[index]
            if let label = labels[index] { output.append("\(label):") }
            while let line = lines.first, line.instruction <= slot {
                if line.instruction == slot { output.append("    ; \(Self.words(for: line, btf: btf))") }
                lines.removeFirst()
            }
            var instruction = Self.words(for: step, labels: labels)
            while let reference = references.first, reference.instruction <= slot {
                if reference.instruction == slot {
                    instruction = Self.words(for: reference.target, step.instruction)
                }
                references.removeFirst()
            }
            var comment = ""
            if function.name == PolicySymbols.verdict { comment = Self.comment(on: step.instruction, words) }
            if function.name.hasPrefix(Self.regionPrefix) {
                comment = Self.comment(onRegion: step.instruction, words)
            }
            output.append("    \(slot): \(instruction)\(comment)")
        }
        text = output.joined(separator: "\n") + "\n"
    }

    private static let regionPrefix = "casa_region"

    private static func program(of function: BPFFunction) throws(ListingError) -> Program {
        guard let slots = EncodedInstruction.slots(of: function.code) else {
            throw .unreadable("`\(function.name)` is not whole instructions")
        }
        do {
            return try Program(decoding: slots)
        } catch {
            throw .unreadable("`\(function.name)`: \(error)")
        }
    }

    /// Names for the places that are jumped to, in the order of the code.
    private static func labels(of program: Program) -> [String?] {
        var isTarget = [Bool](repeating: false, count: program.steps.count)
        for step in program.steps where step.instruction.jumpDistance != nil {
            isTarget[Int(step.target)] = true
        }
        var count = 0
        return isTarget.map { isTarget in
            guard isTarget else { return nil }
            count += 1
            return "L\(count)"
        }
    }

    /// `policies.yaml:7:5:   - name: bank-mcp`, or the sentence of code that serves no rule.
    private static func words(for line: BTFLineRecord, btf: BTF) -> String {
        let file = btf[line.file] ?? "?"
        let text = btf[line.text] ?? ""
        return file == LineTable.ownFile ? text : "\(file):\(line.line):\(line.column): \(text)"
    }

    private static func words(for step: Program.Step, labels: [String?]) -> String {
        guard step.instruction.jumpDistance != nil, let label = labels[Int(step.target)] else {
            return step.instruction.text
        }
        return "\(step.instruction.text) <\(label)>"
    }

    private static func words(for target: BPFReference.Target, _ instruction: Instruction) -> String {
        let register = instruction.writtenRegister?.name ?? "r0"
        return switch target {
        case .map(let map): "\(register) = map \(map)"
        case .mapValue(let map, let offset): "\(register) = \(map)+\(offset)"
        case .function(let name): "call \(name)"
        }
    }

    private static func comment(on instruction: Instruction, _ words: DecisionWords) -> String {
        guard case .arithmetic(.move, .bits32, .r0, .immediate(let value)) = instruction,
            let decision = words.words(for: UInt32(bitPattern: value))
        else { return "" }
        return "  ; \(decision)"
    }

    private static func comment(onRegion instruction: Instruction, _ words: DecisionWords) -> String {
        guard case .arithmetic(.move, .bits32, .r0, .immediate(let value)) = instruction, value != 0,
            let number = UInt16(exactly: value)
        else { return "" }
        return "  ; \(words.words(forClass: number))"
    }
}
