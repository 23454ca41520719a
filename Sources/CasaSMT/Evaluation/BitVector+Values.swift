extension BitVector {
    /// Numbers of which the value is always one, in ascending order; `nil` where that would be more than `limit`.
    ///
    /// Read off the term: there may be numbers among them that it never is.
    package func possibleValues(limit: Int = 64) -> [UInt128]? {
        arena.possibleValues(of: id, limit: limit).map { Set($0).sorted() }
    }
}

extension TermArena {
    fileprivate func possibleValues(of term: TermID, limit: Int) -> [UInt128]? {
        let width = width(term)
        switch node(term) {
        case .constant(let value): return [value]
        case .extend(let kind, let inner):
            return possibleValues(of: inner, limit: limit)?
                .map { kind.apply($0, from: self.width(inner), to: width) }
        case .concatenate(let high, let low):
            return combine(high, low, limit) { $0 << UInt128(self.width(low)) | $1 }
        case .binary(let operation, let left, let right):
            if let values = combine(left, right, limit, { operation.apply($0, $1, width: width) }) {
                return values
            }
        case .select(_, let consequent, let alternative):
            guard let first = possibleValues(of: consequent, limit: limit),
                let second = possibleValues(of: alternative, limit: limit),
                first.count + second.count <= limit
            else { break }
            return first + second
        case .truth, .variable, .not, .connective, .relation, .unary, .extract: break
        }
        guard width < 7, 1 << width <= limit else { return nil }
        return (0..<1 << width).map { UInt128($0) }
    }

    private func combine(
        _ left: TermID, _ right: TermID, _ limit: Int, _ operation: (UInt128, UInt128) -> UInt128
    ) -> [UInt128]? {
        guard let first = possibleValues(of: left, limit: limit),
            let second = possibleValues(of: right, limit: limit), first.count * second.count <= limit
        else { return nil }
        return first.flatMap { one in second.map { operation(one, $0) } }
    }
}
