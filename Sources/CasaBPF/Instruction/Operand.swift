/// The right-hand side of an operation: a register, or 32 bits that are sign-extended to 64.
package enum Operand: Hashable, Sendable {
    case register(Register)
    case immediate(Int32)

    package var kind: OperandKind {
        switch self {
        case .register: .register
        case .immediate: .immediate
        }
    }
}

extension Operand: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int32) {
        self = .immediate(value)
    }
}

/// Where an operation finds its right-hand side.
package enum OperandKind: CaseIterable, Hashable, Sendable {
    case register
    case immediate
}
