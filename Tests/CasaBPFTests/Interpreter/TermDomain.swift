import CasaBPF

/// A bit vector as a term over two unknown inputs.
indirect enum Term: Hashable {
    case input(Int)
    case constant(UInt64)
    case operation(BitOperation, Width, Term, Term)
    case select(Formula, Term, Term)
    case truncation(Term, MemorySize)
    case signExtension(Term, SignedMemorySize, Width)
    case reversal(Term, MemorySize)

    func value(_ inputs: [UInt64]) -> UInt64 {
        let numbers = ConcreteDomain(HelperTable())
        return switch self {
        case .input(let index): inputs[index]
        case .constant(let value): value
        case .operation(let operation, let width, let left, let right):
            numbers.apply(operation, width, left.value(inputs), right.value(inputs))
        case .select(let condition, let left, let right):
            condition.value(inputs) ? left.value(inputs) : right.value(inputs)
        case .truncation(let term, let size): numbers.truncate(term.value(inputs), to: size)
        case .signExtension(let term, let size, let width):
            numbers.extendSign(term.value(inputs), from: size, to: width)
        case .reversal(let term, let size): numbers.reverseBytes(term.value(inputs), size)
        }
    }
}

/// A statement about terms.
indirect enum Formula: Hashable {
    case relation(BitRelation, Width, Term, Term)
    case negation(Formula)

    func value(_ inputs: [UInt64]) -> Bool {
        switch self {
        case .relation(let relation, let width, let left, let right):
            ConcreteDomain(HelperTable()).compare(relation, width, left.value(inputs), right.value(inputs))
        case .negation(let formula): !formula.value(inputs)
        }
    }
}

/// A second domain for the one interpreter: terms instead of numbers, and memory that a fork can copy.
///
/// It shows that nothing in the meaning of instructions is tied to numbers; addresses have to be constants here.
struct TermDomain: Domain {
    typealias Memory = [UInt64: Term]

    func constant(_ value: UInt64) -> Term { .constant(value) }

    func address(of source: ImmediateSource, function: Int, in memory: inout Memory) throws(Trap) -> Term {
        throw .unsupported("no maps here")
    }

    func framePointer(depth: Int, in memory: inout Memory) throws(Trap) -> Term {
        .constant(UInt64(depth + 1) << 32 | 512)
    }

    func apply(_ operation: BitOperation, _ width: Width, _ left: Term, _ right: Term) -> Term {
        .operation(operation, width, left, right)
    }

    func compare(_ relation: BitRelation, _ width: Width, _ left: Term, _ right: Term) -> Formula {
        .relation(relation, width, left, right)
    }

    func not(_ truth: Formula) -> Formula { .negation(truth) }

    func select(_ truth: Formula, _ left: Term, _ right: Term) -> Term { .select(truth, left, right) }

    func truncate(_ word: Term, to size: MemorySize) -> Term { .truncation(word, size) }

    func extendSign(_ word: Term, from size: SignedMemorySize, to width: Width) -> Term {
        .signExtension(word, size, width)
    }

    func reverseBytes(_ word: Term, _ size: MemorySize) -> Term { .reversal(word, size) }

    func load(_ size: MemorySize, at address: Term, from memory: inout Memory) throws(Trap) -> Term {
        let start = address.value([])
        var word = Term.constant(0)
        for index in 0..<UInt64(size.byteCount) {
            guard let byte = memory[start + index] else {
                throw .outOfBounds(.read, address: start, count: size.byteCount)
            }
            let shifted = Term.operation(.shiftLeft, .bits64, byte, .constant(index * 8))
            word = .operation(.or, .bits64, word, shifted)
        }
        return word
    }

    func store(_ size: MemorySize, _ word: Term, at address: Term, to memory: inout Memory) throws(Trap) {
        let start = address.value([])
        for index in 0..<UInt64(size.byteCount) {
            let shifted = Term.operation(.shiftRight, .bits64, word, .constant(index * 8))
            memory[start + index] = .truncation(shifted, .byte)
        }
    }

    func call(
        helper number: Int32, _ registers: borrowing RegisterFile<Term>, _ memory: inout Memory
    ) throws(Trap) -> Term {
        throw .unknownHelper(number)
    }

    func callee(_ word: Term) throws(Trap) -> Callee { throw .unsupported("no calls of words here") }
}

/// One way through a program: what has to hold for it to be taken, and what it returns.
struct TermPath {
    var conditions: [Formula]
    let result: Term

    func isTaken(_ inputs: [UInt64]) -> Bool {
        conditions.allSatisfy { $0.value(inputs) }
    }

    /// Follows both sides of every branch.
    static func all(of program: Program, memory: TermDomain.Memory = [:]) throws(Trap) -> [TermPath] {
        let domain = TermDomain()
        let start = try MachineState(arguments: [.input(0), .input(1)], memory: memory, in: domain)
        var open = [(state: start, conditions: [Formula]())]
        var paths: [TermPath] = []
        while var (state, conditions) = open.popLast() {
            following: while true {
                switch try state.execute(program.steps[state.position], in: domain) {
                case .proceeded: continue
                case .branched(let condition, taken: let target):
                    var other = state
                    other.position = target
                    open.append((other, conditions + [condition]))
                    conditions.append(.negation(condition))
                case .exited(let result):
                    paths.append(TermPath(conditions: conditions, result: result))
                    break following
                }
            }
        }
        return paths
    }
}
