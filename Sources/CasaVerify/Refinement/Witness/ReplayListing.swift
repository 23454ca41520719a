internal import CasaBPF

/// Prints instructions that were executed, under the functions and the lines of the policy they belong to.
struct ReplayListing {
    /// A function that was linked into a program.
    struct Part {
        let name: String
        /// The slot at which it begins.
        let start: Int
        let lines: [BTFLineRecord]
        let references: [BPFReference]

        init(_ function: BPFFunction, start: Int) {
            name = function.name
            self.start = start
            lines = function.lines
            references = function.references
        }
    }

    let program: Program
    /// In ascending order of their starts.
    let parts: [Part]
    let btf: BTF

    /// One line for each of the last instructions: place, text, and what came of it.
    ///
    /// Slots count from the start of the function, as in a listing of the object.
    func lines(of entries: [TracedMachine.Entry], atMost limit: Int = 12) -> [String] {
        let shown = entries.suffix(limit)
        let columns = shown.map { entry in (place(entry), text(entry), effect(entry)) }
        let width = columns.map(\.1.count).max() ?? 0
        var lines: [String] = []
        var function: String?
        for (place, text, effect) in columns {
            if place.part.name != function { lines.append("\(place.part.name):") }
            function = place.part.name
            let slot = String(place.slot)
            let margin = String(repeating: " ", count: max(0, 6 - slot.count))
            let gap = String(repeating: " ", count: width - text.count)
            lines.append("\(margin)\(slot): \(text)" + (effect.isEmpty ? "" : "\(gap)  ; \(effect)"))
        }
        return lines
    }

    /// Where the policy line that an instruction serves is written, as the object itself says.
    func provenance(of entry: TracedMachine.Entry) -> String? {
        let (part, slot) = place(entry)
        guard let line = part.lines.last(where: { $0.instruction <= slot }), let file = btf[line.file] else {
            return nil
        }
        let text = btf[line.text] ?? ""
        return file == "casa" ? text : "\(file):\(line.line):\(line.column): \(text)"
    }

    private func place(_ entry: TracedMachine.Entry) -> (part: Part, slot: Int) {
        let slot = program.slots[entry.index]
        guard let part = parts.last(where: { $0.start <= slot }) else {
            preconditionFailure("a program begins with a function")
        }
        return (part, slot - part.start)
    }

    private func text(_ entry: TracedMachine.Entry) -> String {
        let instruction = program.steps[entry.index].instruction
        let (part, slot) = place(entry)
        guard let reference = part.references.first(where: { $0.instruction == slot }) else {
            return instruction.text
        }
        let register = instruction.writtenRegister?.name ?? "r0"
        return switch reference.target {
        case .map(let map): "\(register) = map \(map)"
        case .mapValue(let map, let offset): "\(register) = \(map)+\(offset)"
        case .function(let name): "call \(name)"
        }
    }

    private func effect(_ entry: TracedMachine.Entry) -> String {
        switch entry.effect {
        case .nothing: ""
        case .wrote(let register, let value): "\(register.name) = \(Self.hexadecimal(value))"
        case .branched(let left, let right, let isTaken):
            "\(Self.hexadecimal(left)) and \(Self.hexadecimal(right)): \(isTaken ? "jumps" : "goes on")"
        }
    }

    private static func hexadecimal(_ value: UInt64) -> String { "0x\(String(value, radix: 16))" }
}
