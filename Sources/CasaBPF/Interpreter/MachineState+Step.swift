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
    package mutating func execute(
        _ step: Program.Step, in domain: borrowing Machine
    ) throws(Trap) -> StepOutcome<Machine.Word, Machine.Truth> {
        var next = position + 1
        defer { position = next }
        return try perform(PreparedStep(step), &next, in: domain)
    }

    /// Does what an instruction says; `next` is the place after it, and becomes the one where the program goes on.
    ///
    /// SOUNDNESS: this is what instructions mean, for every domain. Held by the conformance suite, and by the kernel's own
    /// answers to random programs.
    @inline(__always)
    mutating func perform(
        _ step: PreparedStep, _ next: inout Int, in domain: borrowing Machine
    ) throws(Trap) -> StepOutcome<Machine.Word, Machine.Truth> {
        switch step.operation {
        case .arithmetic(.move, let width, let kind):
            let word = try operand(kind, step, in: domain)
            registers.write(step.destination, domain.truncate(word, to: width.memorySize))
        case .arithmetic(let operation, let width, let kind):
            let left = try registers.read(step.destination)
            let right = try operand(kind, step, in: domain)
            registers.write(step.destination, domain.arithmetic(operation, width, left, right))
        case .negate(let width):
            let word = try registers.read(step.destination)
            registers.write(step.destination, domain.apply(.subtract, width, domain.constant(0), word))
        case .extendSign(let form):
            let word = try registers.read(step.source)
            registers.write(step.destination, domain.extendSign(word, from: form.source, to: form.width))
        case .orderBytes(let order, let width):
            let word = try registers.read(step.destination)
            registers.write(step.destination, domain.orderBytes(order, width, word))
        case .load(let size):
            let address = try address(step.source, step, in: domain)
            registers.write(step.destination, try domain.load(size, at: address, from: &memory))
        case .loadSigned(let size):
            let address = try address(step.source, step, in: domain)
            let word = try domain.load(size.memorySize, at: address, from: &memory)
            registers.write(step.destination, domain.extendSign(word, from: size, to: .bits64))
        case .store(let size, let kind):
            let address = try address(step.destination, step, in: domain)
            try domain.store(size, try operand(kind, step, in: domain), at: address, to: &memory)
        case .atomic(let operation, let width):
            let address = try address(step.destination, step, in: domain)
            try update(operation, width, at: address, step.source, in: domain)
        case .loadImmediate64(.value):
            registers.write(step.destination, domain.constant(step.immediate))
        case .loadImmediate64(let kind):
            try loadImport(kind, step, in: domain)
        case .jump, .jumpFar:
            next = Int(step.place)
        case .branch(let condition, let width, let kind):
            let left = try registers.read(step.destination)
            let truth = domain.holds(condition, width, left, try operand(kind, step, in: domain))
            return .branched(truth, taken: Int(step.place))
        case .callFunction:
            next = try enter(Int(step.place), from: next, in: domain)
        case .callHelper:
            try call(helper: Int32(truncatingIfNeeded: step.immediate), in: domain)
        case .callRegister:
            next = try callRegister(step, from: next, in: domain)
        case .exit:
            guard let place = leave() else { return .exited(try registers.read(.r0)) }
            next = place
        }
        return .proceeded
    }

    @inline(__always)
    private func operand(
        _ kind: OperandKind, _ step: PreparedStep, in domain: borrowing Machine
    ) throws(Trap) -> Machine.Word {
        switch kind {
        case .register: try registers.read(step.source)
        case .immediate: domain.constant(step.immediate)
        }
    }

    @inline(__always)
    private func address(
        _ base: Register, _ step: PreparedStep, in domain: borrowing Machine
    ) throws(Trap) -> Machine.Word {
        let offset = domain.constant(UInt64(bitPattern: Int64(step.place)))
        return domain.apply(.add, .bits64, try registers.read(base), offset)
    }

    @inline(never)
    private mutating func loadImport(
        _ kind: ImmediateKind, _ step: PreparedStep, in domain: borrowing Machine
    ) throws(Trap) {
        let function = Int(step.place)
        registers.write(
            step.destination, try domain.address(of: step.imported(kind), function: function, in: &memory))
    }

    @inline(never)
    private mutating func callRegister(
        _ step: PreparedStep, from next: Int, in domain: borrowing Machine
    ) throws(Trap) -> Int {
        switch try domain.callee(try registers.read(step.destination)) {
        case .function(let index):
            guard index < Int(step.place) else { throw .noFunction(index) }
            return try enter(index, from: next, in: domain)
        case .helper(let number):
            try call(helper: number, in: domain)
            return next
        }
    }

    @inline(never)
    private mutating func call(helper number: Int32, in domain: borrowing Machine) throws(Trap) {
        let result = try domain.call(helper: number, registers, &memory)
        registers.clear(.r1, through: .r5)
        registers.write(.r0, result)
    }

    /// Reads memory, writes it, and hands out what was there where the instruction asks for it.
    @inline(never)
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
