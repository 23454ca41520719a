extension Instruction {
    /// The instruction as the kernel's verifier prints it; places are given as distances only.
    package var text: String {
        switch self {
        case .arithmetic(.move, let width, let destination, let operand):
            "\(destination.name(width)) = \(operand.text(width))"
        case .arithmetic(let operation, let width, let destination, let operand):
            "\(destination.name(width)) \(operation.symbol)= \(operand.text(width))"
        case .negate(let width, let destination):
            "\(destination.name(width)) = -\(destination.name(width))"
        case .extendSign(let form, let destination, from: let source):
            "\(destination.name(form.width)) = (s\(form.source.memorySize.bitCount))\(source.name(form.width))"
        case .orderBytes(let order, let width, let destination):
            "\(destination.name) = \(order.prefix)\(width.rawValue) \(destination.name)"
        case .load(let size, let destination, base: let base, offset: let offset):
            "\(destination.name) = *(u\(size.bitCount) *)\(base.address(offset))"
        case .loadSigned(let size, let destination, base: let base, offset: let offset):
            "\(destination.name) = *(s\(size.memorySize.bitCount) *)\(base.address(offset))"
        case .store(let size, base: let base, offset: let offset, let operand):
            "*(u\(size.bitCount) *)\(base.address(offset)) = \(operand.text(.bits64))"
        case .atomic(let operation, let width, base: let base, offset: let offset, let source):
            operation.text(width, "(u\(width.rawValue) *)\(base.address(offset))", source.name(width))
        case .loadImmediate64(let destination, let source):
            "\(destination.name) = \(source.text)"
        case .jump(let distance):
            "goto \(distance.signed)"
        case .jumpFar(let distance):
            "gotol \(distance.signed)"
        case .branch(let condition, let width, let left, .register(let right), let distance):
            "if \(left.name(width)) \(condition.symbol) \(right.name(width)) goto \(distance.signed)"
        case .branch(let condition, let width, let left, .immediate(let right), let distance):
            "if \(left.name(width)) \(condition.symbol) \(right.hexadecimal) goto \(distance.signed)"
        case .call(.helper(let number)):
            "call \(KernelHelper(rawValue: number)?.symbol ?? "unknown")#\(number)"
        case .call(.function(let distance)):
            "call pc\(distance.signed)"
        case .call(.register(let register)):
            "callx \(register.name)"
        case .exit:
            "exit"
        }
    }
}

extension Register {
    package var name: String { "r\(rawValue)" }

    /// `w1` is the low half of `r1`.
    fileprivate func name(_ width: Width) -> String {
        switch width {
        case .bits32: "w\(rawValue)"
        case .bits64: name
        }
    }

    fileprivate func address(_ offset: Int16) -> String {
        "(\(name) \(offset.signed))"
    }
}

extension Operand {
    fileprivate func text(_ width: Width) -> String {
        switch self {
        case .register(let register): register.name(width)
        case .immediate(let value): String(value)
        }
    }
}

extension FixedWidthInteger where Self: SignedInteger {
    fileprivate var signed: String {
        self < 0 ? String(self) : "+\(self)"
    }
}

extension Int32 {
    fileprivate var hexadecimal: String {
        "0x" + String(UInt32(bitPattern: self), radix: 16)
    }
}

extension ArithmeticOperation {
    fileprivate var symbol: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .signedDivide: "s/"
        case .or: "|"
        case .and: "&"
        case .shiftLeft: "<<"
        case .shiftRight: ">>"
        case .modulo: "%"
        case .signedModulo: "s%"
        case .exclusiveOr: "^"
        case .move: ""
        case .signedShiftRight: "s>>"
        }
    }
}

extension ByteOrder {
    fileprivate var prefix: String {
        switch self {
        case .toLittleEndian: "le"
        case .toBigEndian: "be"
        case .swap: "bswap"
        }
    }
}

extension Condition {
    fileprivate var symbol: String {
        switch self {
        case .equal: "=="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .anyBit: "&"
        case .notEqual: "!="
        case .signedGreater: "s>"
        case .signedGreaterOrEqual: "s>="
        case .less: "<"
        case .lessOrEqual: "<="
        case .signedLess: "s<"
        case .signedLessOrEqual: "s<="
        }
    }
}

extension AtomicOperation {
    fileprivate func text(_ width: Width, _ place: String, _ source: String) -> String {
        let prefix =
            switch width {
            case .bits32: "atomic"
            case .bits64: "atomic64"
            }
        let result =
            switch width {
            case .bits32: "w0"
            case .bits64: "r0"
            }
        return switch self {
        case .add: "lock *\(place) += \(source)"
        case .or: "lock *\(place) |= \(source)"
        case .and: "lock *\(place) &= \(source)"
        case .exclusiveOr: "lock *\(place) ^= \(source)"
        case .fetchAdd: "\(source) = \(prefix)_fetch_add(\(place), \(source))"
        case .fetchOr: "\(source) = \(prefix)_fetch_or(\(place), \(source))"
        case .fetchAnd: "\(source) = \(prefix)_fetch_and(\(place), \(source))"
        case .fetchExclusiveOr: "\(source) = \(prefix)_fetch_xor(\(place), \(source))"
        case .exchange: "\(source) = \(prefix)_xchg(\(place), \(source))"
        case .compareExchange: "\(result) = \(prefix)_cmpxchg(\(place), \(result), \(source))"
        }
    }
}

extension ImmediateSource {
    fileprivate var text: String {
        switch self {
        case .value(let value): "0x" + String(value, radix: 16) + " ll"
        case .map(let map): map.text
        case .mapValue(let map, offset: let offset): "\(map.text)[0]+\(offset)"
        case .variable(let variable): "variable[\(variable)]"
        case .function(let distance): "function pc\(distance.signed)"
        }
    }
}

extension MapReference {
    fileprivate var text: String {
        switch self {
        case .descriptor(let descriptor): "map[fd:\(descriptor)]"
        case .index(let index): "map[idx:\(index)]"
        }
    }
}
