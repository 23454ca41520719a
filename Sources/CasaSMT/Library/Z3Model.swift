internal import CZ3

/// Owns a model that a solver found.
final class Z3Model {
    private let context: Z3Context
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer, in context: Z3Context) {
        self.context = context
        self.raw = raw
        Z3_model_inc_ref(context.raw, raw)
    }

    deinit { Z3_model_dec_ref(context.raw, raw) }

    /// The value of a variable; what the model leaves open becomes zero or false.
    func value(of term: OpaquePointer, _ sort: Sort) throws(SolverError) -> UInt128 {
        var value: OpaquePointer?
        let isKnown = try context.call { Z3_model_eval($0, raw, term, true, &value) }
        guard isKnown, let value else { throw .library("a model has no value for a variable") }
        try context.call { Z3_inc_ref($0, value) }
        defer { Z3_dec_ref(context.raw, value) }
        if sort.isBoolean { return try context.call { Z3_get_bool_value($0, value) } == Z3_L_TRUE ? 1 : 0 }
        let digits = try context.call { Z3_get_numeral_string($0, value).map { String(cString: $0) } }
        guard let digits, let number = UInt128(digits) else {
            throw .library("a model's value is not a number")
        }
        return number
    }
}
