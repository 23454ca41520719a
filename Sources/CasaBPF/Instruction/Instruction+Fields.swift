extension Instruction {
    /// What the instruction does, and the operands as the fields that carry them.
    package var fields: (operation: Operation, operands: OperandFields) {
        switch self {
        case .arithmetic(let operation, let width, let destination, let operand):
            (.arithmetic(operation, width, operand.kind), OperandFields(destination, operand))
        case .negate(let width, let destination):
            (.negate(width), OperandFields(destination: destination))
        case .extendSign(let form, let destination, from: let source):
            (.extendSign(form), OperandFields(destination: destination, source: source))
        case .orderBytes(let order, let width, let destination):
            (.orderBytes(order, width), OperandFields(destination: destination))
        case .load(let size, let destination, base: let base, offset: let offset):
            (.load(size), OperandFields(destination: destination, source: base, offset: offset))
        case .loadSigned(let size, let destination, base: let base, offset: let offset):
            (.loadSigned(size), OperandFields(destination: destination, source: base, offset: offset))
        case .store(let size, base: let base, offset: let offset, let operand):
            (.store(size, operand.kind), OperandFields(base, operand, offset: offset))
        case .atomic(let operation, let width, base: let base, offset: let offset, let source):
            (.atomic(operation, width), OperandFields(destination: base, source: source, offset: offset))
        case .loadImmediate64(let destination, let source):
            source.fields(destination)
        case .jump(let distance):
            (.jump, OperandFields(offset: distance))
        case .jumpFar(let distance):
            (.jumpFar, OperandFields(immediate: distance))
        case .branch(let condition, let width, let left, let right, let distance):
            (.branch(condition, width, right.kind), OperandFields(left, right, offset: distance))
        case .call(.helper(let number)):
            (.callHelper, OperandFields(immediate: number))
        case .call(.function(let distance)):
            (.callFunction, OperandFields(immediate: distance))
        case .call(.register(let register)):
            (.callRegister, OperandFields(destination: register))
        case .exit:
            (.exit, OperandFields())
        }
    }

    /// The instruction that does `operation` with `operands`.
    package init(_ operation: Operation, _ operands: OperandFields) {
        let destination = operands.destination
        let offset = operands.offset
        switch operation {
        case .arithmetic(let operation, let width, let kind):
            self = .arithmetic(operation, width, destination, operands.operand(kind))
        case .negate(let width):
            self = .negate(width, destination)
        case .extendSign(let form):
            self = .extendSign(form, destination, from: operands.source)
        case .orderBytes(let order, let width):
            self = .orderBytes(order, width, destination)
        case .load(let size):
            self = .load(size, destination, base: operands.source, offset: offset)
        case .loadSigned(let size):
            self = .loadSigned(size, destination, base: operands.source, offset: offset)
        case .store(let size, let kind):
            self = .store(size, base: destination, offset: offset, operands.operand(kind))
        case .atomic(let operation, let width):
            self = .atomic(operation, width, base: destination, offset: offset, operands.source)
        case .loadImmediate64(let kind):
            self = .loadImmediate64(destination, ImmediateSource(kind, operands))
        case .jump:
            self = .jump(offset)
        case .jumpFar:
            self = .jumpFar(operands.immediate)
        case .branch(let condition, let width, let kind):
            self = .branch(condition, width, destination, operands.operand(kind), offset)
        case .callHelper:
            self = .call(.helper(operands.immediate))
        case .callFunction:
            self = .call(.function(operands.immediate))
        case .callRegister:
            self = .call(.register(destination))
        case .exit:
            self = .exit
        }
    }
}

extension OperandFields {
    fileprivate init(_ destination: Register, _ operand: Operand, offset: Int16 = 0) {
        switch operand {
        case .register(let source): self.init(destination: destination, source: source, offset: offset)
        case .immediate(let value): self.init(destination: destination, offset: offset, immediate: value)
        }
    }

    fileprivate func operand(_ kind: OperandKind) -> Operand {
        switch kind {
        case .register: .register(source)
        case .immediate: .immediate(immediate)
        }
    }
}

extension ImmediateSource {
    fileprivate func fields(_ destination: Register) -> (operation: Operation, operands: OperandFields) {
        func row(_ kind: ImmediateKind, _ low: Int32, _ high: Int32 = 0) -> (Operation, OperandFields) {
            (.loadImmediate64(kind), OperandFields(destination: destination, immediate: low, next: high))
        }
        return switch self {
        case .value(let value):
            row(.value, Int32(truncatingIfNeeded: value), Int32(truncatingIfNeeded: value >> 32))
        case .map(.descriptor(let map)): row(.map, map)
        case .map(.index(let map)): row(.mapByIndex, map)
        case .mapValue(.descriptor(let map), offset: let offset):
            row(.mapValue, map, Int32(bitPattern: offset))
        case .mapValue(.index(let map), offset: let offset):
            row(.mapValueByIndex, map, Int32(bitPattern: offset))
        case .variable(let variable): row(.variable, variable)
        case .function(let distance): row(.function, distance)
        }
    }

    fileprivate init(_ kind: ImmediateKind, _ operands: OperandFields) {
        let low = operands.immediate
        let high = UInt32(bitPattern: operands.next)
        switch kind {
        case .value: self = .value(UInt64(UInt32(bitPattern: low)) | UInt64(high) << 32)
        case .map: self = .map(.descriptor(low))
        case .mapValue: self = .mapValue(.descriptor(low), offset: high)
        case .variable: self = .variable(low)
        case .function: self = .function(low)
        case .mapByIndex: self = .map(.index(low))
        case .mapValueByIndex: self = .mapValue(.index(low), offset: high)
        }
    }
}
