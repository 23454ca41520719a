/// Why a text is not assembly: the line, counted from one, and what is wrong with it.
package struct AssemblySyntaxError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case unknownMnemonic(String)
        case operandCount(expected: Int, found: Int)
        case notARegister(String)
        case notANumber(String)
        case outOfRange(String)
        case notAnAddress(String)
        case duplicateLabel(String)
        case unknownLabel(String)
        case layout(AssemblyError)
    }

    package let line: Int
    package let reason: Reason

    package init(line: Int, reason: Reason) {
        self.line = line
        self.reason = reason
    }
}

extension AssemblySyntaxError: CustomStringConvertible {
    package var description: String {
        let message =
            switch reason {
            case .unknownMnemonic(let text): "unknown mnemonic `\(text)`"
            case .operandCount(let expected, let found): "\(expected) operands expected, \(found) found"
            case .notARegister(let text): "`\(text)` is not a register"
            case .notANumber(let text): "`\(text)` is not a number"
            case .outOfRange(let text): "`\(text)` does not fit its field"
            case .notAnAddress(let text): "`\(text)` is not an address such as `[%r1+8]`"
            case .duplicateLabel(let text): "label `\(text)` is placed twice"
            case .unknownLabel(let text): "label `\(text)` is not placed anywhere"
            case .layout(let error): error.description
            }
        return "line \(line): \(message)"
    }
}
