/// What a step leaves to be decided.
package enum StepOutcome<Word, Truth> {
    /// The state is ready for the next step.
    case proceeded
    /// The state stands where it goes on if the condition is false; if it is true, it goes on at `taken`.
    case branched(Truth, taken: Int)
    /// The program returned a word.
    case exited(Word)
}

extension MachineState {
    /// Executes the instruction at `position`, which the caller has fetched as `step`.
    ///
    /// SOUNDNESS: this is what instructions mean, for every domain. Held by the conformance suite, and by the kernel's own
    /// answers to random programs.
    @inline(__always)
    package mutating func execute(
        _ step: Program.Step, in domain: borrowing Machine
    ) throws(Trap) -> StepOutcome<Machine.Word, Machine.Truth> {
        position += 1
        switch step.instruction {
        case .arithmetic(.move, let width, let destination, let operand):
            let word = try word(operand, in: domain)
            registers.write(destination, domain.truncate(word, to: width.memorySize))
        case .arithmetic(let operation, let width, let destination, let operand):
            let left = try registers.read(destination)
            let right = try word(operand, in: domain)
            registers.write(destination, domain.arithmetic(operation, width, left, right))
        case .negate(let width, let destination):
            let word = try registers.read(destination)
            registers.write(destination, domain.apply(.subtract, width, domain.constant(0), word))
        case .extendSign(let form, let destination, from: let source):
            let word = try registers.read(source)
            registers.write(destination, domain.extendSign(word, from: form.source, to: form.width))
        case .orderBytes(let order, let width, let destination):
            let word = try registers.read(destination)
            registers.write(destination, domain.orderBytes(order, width, word))
        case .load(let size, let destination, base: let base, offset: let offset):
            let address = try address(base, offset, in: domain)
            registers.write(destination, try domain.load(size, at: address, from: &memory))
        case .loadSigned(let size, let destination, base: let base, offset: let offset):
            let address = try address(base, offset, in: domain)
            let word = try domain.load(size.memorySize, at: address, from: &memory)
            registers.write(destination, domain.extendSign(word, from: size, to: .bits64))
        case .store(let size, base: let base, offset: let offset, let operand):
            let address = try address(base, offset, in: domain)
            try domain.store(size, try word(operand, in: domain), at: address, to: &memory)
        case .atomic(let operation, let width, base: let base, offset: let offset, let source):
            try update(operation, width, at: try address(base, offset, in: domain), source, in: domain)
        case .loadImmediate64(let destination, .value(let value)):
            registers.write(destination, domain.constant(value))
        case .loadImmediate64(let destination, let source):
            let function = Int(step.target)
            registers.write(destination, try domain.address(of: source, function: function, in: &memory))
        case .jump, .jumpFar:
            position = Int(step.target)
        case .branch(let condition, let width, let left, let right, _):
            let truth = domain.holds(condition, width, try registers.read(left), try word(right, in: domain))
            return .branched(truth, taken: Int(step.target))
        case .call(.function):
            try enter(Int(step.target), in: domain)
        case .call(.helper(let number)):
            try call(helper: number, in: domain)
        case .call(.register(let register)):
            switch try domain.callee(try registers.read(register)) {
            case .function(let index): try enter(index, in: domain)
            case .helper(let number): try call(helper: number, in: domain)
            }
        case .exit:
            if !leave() { return .exited(try registers.read(.r0)) }
        }
        return .proceeded
    }

    @inline(__always)
    private func word(_ operand: Operand, in domain: borrowing Machine) throws(Trap) -> Machine.Word {
        switch operand {
        case .register(let register): try registers.read(register)
        case .immediate(let value): domain.constant(UInt64(bitPattern: Int64(value)))
        }
    }

    @inline(__always)
    private func address(
        _ base: Register, _ offset: Int16, in domain: borrowing Machine
    ) throws(Trap) -> Machine.Word {
        let base = try registers.read(base)
        guard offset != 0 else { return base }
        return domain.apply(.add, .bits64, base, domain.constant(UInt64(bitPattern: Int64(offset))))
    }

    private mutating func call(helper number: Int32, in domain: borrowing Machine) throws(Trap) {
        let result = try domain.call(helper: number, registers, &memory)
        registers.clear(.r1, through: .r5)
        registers.write(.r0, result)
    }

    /// Reads memory, writes it, and hands out what was there where the instruction asks for it.
    private mutating func update(
        _ operation: AtomicOperation, _ width: Width, at address: Machine.Word, _ source: Register,
        in domain: borrowing Machine
    ) throws(Trap) {
        let operand = try registers.read(source)
        let size = width.memorySize
        let old = try domain.load(size, at: address, from: &memory)
        let new =
            switch operation {
            case .add, .fetchAdd: domain.apply(.add, width, old, operand)
            case .or, .fetchOr: domain.apply(.or, width, old, operand)
            case .and, .fetchAnd: domain.apply(.and, width, old, operand)
            case .exclusiveOr, .fetchExclusiveOr: domain.apply(.exclusiveOr, width, old, operand)
            case .exchange: operand
            case .compareExchange:
                domain.select(domain.compare(.equal, width, old, try registers.read(.r0)), operand, old)
            }
        try domain.store(size, new, at: address, to: &memory)
        switch operation {
        case .add, .or, .and, .exclusiveOr: break
        case .fetchAdd, .fetchOr, .fetchAnd, .fetchExclusiveOr, .exchange: registers.write(source, old)
        case .compareExchange: registers.write(.r0, old)
        }
    }
}
