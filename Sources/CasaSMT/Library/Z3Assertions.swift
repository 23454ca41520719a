internal import CZ3

/// What a text in SMT-LIB asserts, as Z3's own parser reads it.
final class Z3Assertions {
    private let context: Z3Context
    private let raw: OpaquePointer
    let terms: [OpaquePointer]

    init(of text: String, in context: Z3Context) throws(SolverError) {
        let raw = try context.handle { Z3_parse_smtlib2_string($0, text, 0, nil, nil, 0, nil, nil) }
        Z3_ast_vector_inc_ref(context.raw, raw)
        self.context = context
        self.raw = raw
        // The vector holds its terms for as long as it is held.
        terms = (0..<Z3_ast_vector_size(context.raw, raw)).compactMap {
            Z3_ast_vector_get(context.raw, raw, $0)
        }
    }

    deinit { Z3_ast_vector_dec_ref(context.raw, raw) }
}
