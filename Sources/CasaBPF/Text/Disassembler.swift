/// Prints a program as the kernel's verifier does, with names for the places that are jumped to.
///
/// `L1`, `L2`, … are targets of jumps and `F1`, `F2`, … are functions, both in the order of the code.
package struct Disassembler {
    private let program: Program
    private let labels: [String?]

    package init(_ program: Program) {
        self.program = program
        var jumps = [Bool](repeating: false, count: program.steps.count)
        var functions = jumps
        for step in program.steps where step.target >= 0 {
            if step.instruction.jumpDistance == nil {
                functions[Int(step.target)] = true
            } else {
                jumps[Int(step.target)] = true
            }
        }
        var jumpCount = 0
        var functionCount = 0
        labels = zip(jumps, functions).map { isJumped, isFunction in
            if isFunction {
                functionCount += 1
                return "F\(functionCount)"
            }
            guard isJumped else { return nil }
            jumpCount += 1
            return "L\(jumpCount)"
        }
    }

    /// One line for each instruction, and one for each label.
    package var lines: [String] {
        var lines: [String] = []
        for index in program.steps.indices {
            if let label = labels[index] { lines.append("\(label):") }
            lines.append("\(program.slots[index]): \(line(at: index))")
        }
        return lines
    }

    package var text: String {
        lines.map { $0 + "\n" }.joined()
    }

    /// One instruction, by its index.
    package func line(at index: Int) -> String {
        let step = program.steps[index]
        guard step.target >= 0, let label = labels[Int(step.target)] else { return step.instruction.text }
        return "\(step.instruction.text) <\(label)>"
    }
}
