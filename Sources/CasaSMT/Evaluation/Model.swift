/// A value for each of some variables; of any other, zero or false.
///
/// What a solver answers with; or made by hand, to ask what a term is under it.
package struct Model: Hashable, Sendable, CustomStringConvertible {
    package struct Entry: Hashable, Sendable {
        package let variable: Variable
        /// The bits; of a truth, 0 or 1.
        package let value: UInt128

        package init(_ variable: Variable, _ value: UInt128) {
            let width = variable.sort.isBoolean ? 1 : variable.sort.width
            precondition(value & ~UInt128.mask(width) == 0, "a value fits its variable")
            self.variable = variable
            self.value = value
        }
    }

    /// Sorted by name.
    package let entries: [Entry]

    package init(_ entries: [Entry] = []) {
        self.entries = entries.sorted { $0.variable.name < $1.variable.name }
        precondition(
            zip(self.entries, self.entries.dropFirst()).allSatisfy { $0.variable.name != $1.variable.name },
            "a variable has one value")
    }

    package func value(of variable: Variable) -> UInt128 {
        var candidates = entries[...]
        while let middle = candidates.indices.middle {
            let entry = entries[middle]
            if entry.variable.name == variable.name { return entry.variable == variable ? entry.value : 0 }
            candidates =
                variable.name < entry.variable.name ? candidates[..<middle] : candidates[(middle + 1)...]
        }
        return 0
    }

    /// The value of a term under this model.
    package func value(of term: BitVector) -> UInt128 { term.cone.evaluate(self)[0] }

    /// Whether a term is true under this model.
    package func holds(_ term: Boolean) -> Bool { term.cone.evaluate(self)[0] == 1 }

    /// One variable a line.
    package var description: String {
        entries.map { entry in
            if entry.variable.sort.isBoolean { return "\(entry.variable.name) = \(entry.value == 1)" }
            let digits = String(entry.value, radix: 16)
            return "\(entry.variable.name) = 0x\(digits) (\(entry.variable.sort.width) bits)"
        }
        .joined(separator: "\n")
    }
}

extension Range<Int> {
    fileprivate var middle: Int? { isEmpty ? nil : lowerBound + count / 2 }
}
