internal import CZ3

/// One arena's terms in a context: each is translated when it is first asked for, and kept.
final class Z3Translation {
    let arena: TermArena
    private let context: Z3Context
    private var translated: [OpaquePointer?] = []

    init(of arena: TermArena, in context: Z3Context) {
        self.arena = arena
        self.context = context
    }

    deinit {
        for case let term? in translated { Z3_dec_ref(context.raw, term) }
    }

    /// Makes every term of a cone, operands first.
    func translate(_ cone: Cone) throws(SolverError) {
        let missing = arena.termCount - translated.count
        if missing > 0 { translated.append(contentsOf: repeatElement(nil, count: missing)) }
        for (place, term) in cone.terms.enumerated() where translated[term.index] == nil {
            let made = try make(cone.nodes[place], cone.sorts[place], cone)
            try context.call { Z3_inc_ref($0, made) }
            translated[term.index] = made
        }
    }

    /// A term of a cone that was translated.
    func term(_ place: Int, of cone: Cone) throws(SolverError) -> OpaquePointer {
        try term(cone.terms[place])
    }

    /// A term that was translated.
    func term(_ id: TermID) throws(SolverError) -> OpaquePointer {
        guard let term = translated[id.index] else {
            throw .library("a term was asked for before it was translated")
        }
        return term
    }

    private func make(_ node: Node<Int>, _ sort: Sort, _ cone: Cone) throws(SolverError) -> OpaquePointer {
        switch node {
        case .truth(let value): return try context.handle { value ? Z3_mk_true($0) : Z3_mk_false($0) }
        case .constant(let value): return try constant(value, sort)
        case .variable(let number):
            let symbol = try context.symbol(cone.variable(number).symbol)
            let sort = try context.sort(sort)
            return try context.handle { Z3_mk_const($0, symbol, sort) }
        case .not(let operand):
            let operand = try term(operand, of: cone)
            return try context.handle { Z3_mk_not($0, operand) }
        case .connective(let connective, let left, let right):
            return try binary(left, right, cone) { connective.make($0, $1, $2) }
        case .relation(let relation, let left, let right):
            return try binary(left, right, cone) { relation.make($0, $1, $2) }
        case .binary(let operation, let left, let right):
            return try binary(left, right, cone) { operation.make($0, $1, $2) }
        case .concatenate(let high, let low):
            return try binary(high, low, cone) { Z3_mk_concat($0, $1, $2) }
        case .unary(let operation, let operand):
            let operand = try term(operand, of: cone)
            return try context.handle { operation.make($0, operand) }
        case .extract(let operand, let low):
            let operand = try term(operand, of: cone)
            let high = UInt32(low + sort.width - 1)
            return try context.handle { Z3_mk_extract($0, high, UInt32(low), operand) }
        case .extend(let kind, let place):
            let operand = try term(place, of: cone)
            let added = UInt32(sort.width - cone.sorts[place].width)
            return try context.handle { kind.make($0, added, operand) }
        case .select(let condition, let consequent, let alternative):
            let condition = try term(condition, of: cone)
            return try binary(consequent, alternative, cone) { Z3_mk_ite($0, condition, $1, $2) }
        }
    }

    private func constant(_ value: UInt128, _ sort: Sort) throws(SolverError) -> OpaquePointer {
        let raw = try context.sort(sort)
        guard sort.width > 64 else {
            return try context.handle { Z3_mk_unsigned_int64($0, UInt64(value), raw) }
        }
        return try context.handle { Z3_mk_numeral($0, String(value), raw) }
    }

    private func binary(
        _ left: Int, _ right: Int, _ cone: Cone,
        _ make: (OpaquePointer, OpaquePointer, OpaquePointer) -> OpaquePointer?
    ) throws(SolverError) -> OpaquePointer {
        let left = try term(left, of: cone)
        let right = try term(right, of: cone)
        return try context.handle { make($0, left, right) }
    }
}
