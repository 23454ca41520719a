internal import CZ3

/// Owns a context of Z3: everything the library knows, terms and settings alike.
///
/// One context serves one thread at a time. Every call goes through `call`, which turns the context's error
/// into a typed one; the handler that Z3 would install without being asked ends the process.
final class Z3Context {
    let raw: OpaquePointer
    /// What its solvers spent until the last answer.
    var steps: UInt64 = 0

    init() throws(SolverError) {
        let configuration = Z3_mk_config()
        defer { Z3_del_config(configuration) }
        Z3_set_param_value(configuration, "model", "true")
        guard let context = Z3_mk_context_rc(configuration) else {
            throw .library("no context can be made")
        }
        raw = context
        Z3_set_error_handler(context) { _, _ in }
    }

    deinit { Z3_del_context(raw) }

    static var version: String { String(cString: Z3_get_full_version()) }

    /// Bytes that Z3 holds, in all contexts of the process.
    static var allocatedBytes: UInt64 { Z3_get_estimated_alloc_size() }

    func call<Value>(_ body: (OpaquePointer) -> Value) throws(SolverError) -> Value {
        let value = body(raw)
        try requireSuccess()
        return value
    }

    /// Throws what the last call left behind.
    func requireSuccess() throws(SolverError) {
        let code = Z3_get_error_code(raw)
        guard code == Z3_OK else { throw error(code) }
    }

    func handle(_ body: (OpaquePointer) -> OpaquePointer?) throws(SolverError) -> OpaquePointer {
        guard let handle = try call(body) else { throw .library("a call yielded nothing") }
        return handle
    }

    func symbol(_ name: String) throws(SolverError) -> OpaquePointer {
        try handle { Z3_mk_string_symbol($0, name) }
    }

    func sort(_ sort: Sort) throws(SolverError) -> OpaquePointer {
        try handle { sort.isBoolean ? Z3_mk_bool_sort($0) : Z3_mk_bv_sort($0, UInt32(sort.width)) }
    }

    private func error(_ code: Z3_error_code) -> SolverError {
        let message = String(cString: Z3_get_error_msg(raw, code))
        return switch code {
        case Z3_PARSER_ERROR: .text(message)
        case Z3_MEMOUT_FAIL: .memory(message)
        default: .library(message)
        }
    }
}
