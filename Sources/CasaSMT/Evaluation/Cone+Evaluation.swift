extension Cone {
    /// The values of the roots under a model; a truth is 0 or 1.
    package func evaluate(_ model: Model) -> [UInt128] { evaluate { model.value(of: $0) } }

    /// The same, where what a variable is is worked out when it is met.
    package func evaluate(_ valueOf: (Variable) -> UInt128) -> [UInt128] {
        var values: [UInt128] = []
        values.reserveCapacity(count)
        for place in nodes.indices {
            values.append(value(at: place, values, valueOf))
        }
        return roots.map { values[$0] }
    }

    /// Whether every root is true under a model.
    package func holds(under model: Model) -> Bool { evaluate(model).allSatisfy { $0 == 1 } }

    /// Stops the program unless every root is true under a model, which a solver says they are.
    package func requireSatisfied(by model: Model) {
        precondition(
            holds(under: model),
            "CASA9001: the solver's model does not satisfy the query; please report it:\n\(model)")
    }

    private func value(at place: Int, _ values: [UInt128], _ valueOf: (Variable) -> UInt128) -> UInt128 {
        let width = sorts[place].width
        switch nodes[place] {
        case .truth(let value): return value ? 1 : 0
        case .constant(let value): return value
        case .variable(let number): return valueOf(variable(number))
        case .not(let operand): return values[operand] ^ 1
        case .connective(let connective, let left, let right):
            return connective.apply(values[left] == 1, values[right] == 1) ? 1 : 0
        case .relation(let relation, let left, let right):
            return relation.holds(values[left], values[right], width: sorts[left].width) ? 1 : 0
        case .unary(let operation, let operand): return operation.apply(values[operand], width: width)
        case .binary(let operation, let left, let right):
            return operation.apply(values[left], values[right], width: width)
        case .extract(let operand, let low): return values[operand] >> UInt128(low) & UInt128.mask(width)
        case .concatenate(let high, let low):
            return values[high] << UInt128(sorts[low].width) | values[low]
        case .extend(let kind, let operand):
            return kind.apply(values[operand], from: sorts[operand].width, to: width)
        case .select(let condition, let consequent, let alternative):
            return values[condition] == 1 ? values[consequent] : values[alternative]
        }
    }
}
