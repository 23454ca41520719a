internal import CZ3

/// Owns some settings.
final class Z3Parameters {
    private let context: Z3Context
    let raw: OpaquePointer

    init(in context: Z3Context) throws(SolverError) {
        self.context = context
        raw = try context.handle { Z3_mk_params($0) }
        Z3_params_inc_ref(context.raw, raw)
    }

    deinit { Z3_params_dec_ref(context.raw, raw) }

    func set(_ name: String, _ value: UInt32) throws(SolverError) {
        let symbol = try context.symbol(name)
        try context.call { Z3_params_set_uint($0, raw, symbol, value) }
    }

    func set(_ name: String, _ isOn: Bool) throws(SolverError) {
        let symbol = try context.symbol(name)
        try context.call { Z3_params_set_bool($0, raw, symbol, isOn) }
    }
}
