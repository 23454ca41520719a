extension Instruction {
    /// The register that it writes, if any; a call writes `r0` and makes `r1` to `r5` unreadable.
    package var writtenRegister: Register? {
        switch self {
        case .arithmetic(_, _, let destination, _), .negate(_, let destination),
            .extendSign(_, let destination, from: _), .orderBytes(_, _, let destination),
            .load(_, let destination, base: _, offset: _),
            .loadSigned(_, let destination, base: _, offset: _),
            .loadImmediate64(let destination, _):
            destination
        case .atomic(let operation, _, base: _, offset: _, let source):
            switch operation {
            case .add, .or, .and, .exclusiveOr: nil
            case .fetchAdd, .fetchOr, .fetchAnd, .fetchExclusiveOr, .exchange: source
            case .compareExchange: .r0
            }
        case .call: .r0
        case .store, .jump, .jumpFar, .branch, .exit: nil
        }
    }

    /// How far control may go from the next instruction, in slots; `nil` where it only goes on.
    package var jumpDistance: Int? {
        switch self {
        case .jump(let distance), .branch(_, _, _, _, let distance): Int(distance)
        case .jumpFar(let distance): Int(distance)
        case .arithmetic, .negate, .extendSign, .orderBytes, .load, .loadSigned, .store, .atomic,
            .loadImmediate64,
            .call, .exit:
            nil
        }
    }

    /// How far away the function is that it calls or takes the address of, in slots from the next instruction.
    package var functionDistance: Int? {
        switch self {
        case .call(.function(let distance)), .loadImmediate64(_, .function(let distance)): Int(distance)
        case .arithmetic, .negate, .extendSign, .orderBytes, .load, .loadSigned, .store, .atomic,
            .loadImmediate64,
            .jump, .jumpFar, .branch, .call, .exit:
            nil
        }
    }

    /// Whether control can reach the instruction that follows.
    package var fallsThrough: Bool {
        switch self {
        case .jump, .jumpFar, .exit: false
        case .arithmetic, .negate, .extendSign, .orderBytes, .load, .loadSigned, .store, .atomic,
            .loadImmediate64,
            .branch, .call:
            true
        }
    }
}
