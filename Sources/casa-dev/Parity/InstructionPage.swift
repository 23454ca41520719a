internal import CasaBPF

/// Every form of an instruction.
struct InstructionPage {
    private let vectors: VectorCount
    private let rows: [EncodingRow]
    private let refusals: [Operation: Refusal]
    private let evidence: String

    private struct Refusal {
        let interpreter: Trap?
        let symbolic: Trap?
    }

    init(_ vectors: VectorCount, _ claims: ClaimCheck) throws {
        self.vectors = vectors
        rows = EncodingTable.rows
        var refusals: [Operation: Refusal] = [:]
        for row in rows {
            let trial = FormTrial(row: row)
            let refusal = Refusal(
                interpreter: try trial.refusalOfInterpreter(), symbolic: try trial.refusalOfSymbolicMachine())
            if refusal.interpreter != nil || refusal.symbolic != nil { refusals[row.operation] = refusal }
        }
        self.refusals = refusals
        evidence = """
            Decoding is strict: \(try claims.tests("DecoderTests", "EncodingTests")). The interpreter does what the kernel does: \
            \(try claims.tests("RandomProgramTests")). The symbolic machine does what the interpreter does: \
            \(try claims.tests("RandomMachineTests", "ExplorationTests")). Its random programs execute \
            every form but far jumps, calls through registers and the wide loads of what only a kernel or a loader has. Both machines do \
            what the suite says: \
            \(try claims.tests("InterpreterConformanceTests", "SymbolicConformanceTests")).
            """
    }

    var text: String {
        """
        # Instructions

        The \(rows.count) forms of the encoding table (`Sources/CasaBPF/Instruction/EncodingTable.swift`): RFC 9669 and `callx`. Each is
        decoded, and run by the interpreter and by the symbolic machine, unless it stands under [refused](#refused). A number says how many of
        \(vectors.total) conformance vectors execute the form, each with the right result in both machines.

        \(evidence)

        ## Arithmetic

        \(arithmetic)

        ## Signs and byte orders

        \(conversions)

        ## Memory

        \(memory)

        ## Atomics

        \(atomics)

        ## Wide loads

        \(wideLoads)

        ## Control

        \(control)

        ## Refused

        \(refused)

        """
    }

    private var arithmetic: String {
        var table = MarkdownTable("", "64, register", "64, immediate", "32, register", "32, immediate")
        for operation in ArithmeticOperation.allCases {
            table.add(["\(operation)".words] + forms { .arithmetic(operation, $0, $1) })
        }
        table.add("negate", count(.negate(.bits64)), "", count(.negate(.bits32)), "")
        return table.text
    }

    private var conversions: String {
        var table = MarkdownTable("", "form", "vectors")
        for form in SignExtension.allCases {
            table.add("sign extension", "\(form)".words, count(.extendSign(form)))
        }
        for order in ByteOrder.allCases {
            for width in SwapWidth.allCases {
                table.add("\(order)".words, "\(width.rawValue)", count(.orderBytes(order, width)))
            }
        }
        return table.text
    }

    private var memory: String {
        var table = MarkdownTable("", "load", "signed load", "store register", "store immediate")
        for size in MemorySize.allCases {
            let signed = SignedMemorySize.allCases.first { $0.memorySize == size }
            table.add(
                "\(size)", count(.load(size)), signed.map { count(.loadSigned($0)) } ?? "",
                count(.store(size, .register)), count(.store(size, .immediate)))
        }
        return table.text
    }

    private var atomics: String {
        var table = MarkdownTable("", "64", "32")
        for operation in AtomicOperation.allCases {
            table.add(
                "\(operation)".words, count(.atomic(operation, .bits64)), count(.atomic(operation, .bits32)))
        }
        return table.text
    }

    private var wideLoads: String {
        var table = MarkdownTable("of", "vectors")
        for kind in ImmediateKind.allCases { table.add("\(kind)".words, count(.loadImmediate64(kind))) }
        return table.text
    }

    private var control: String {
        var branches = MarkdownTable(
            "branch if", "64, register", "64, immediate", "32, register", "32, immediate")
        for condition in Condition.allCases {
            branches.add(["\(condition)".words] + forms { .branch(condition, $0, $1) })
        }
        var table = MarkdownTable("", "vectors")
        for operation in [Operation.jump, .jumpFar, .callHelper, .callFunction, .callRegister, .exit] {
            table.add("\(operation)".words, count(operation))
        }
        return branches.text + "\n\n" + table.text
    }

    private var refused: String {
        var table = MarkdownTable("form", "interpreter", "symbolic machine")
        for row in rows {
            guard let refusal = refusals[row.operation] else { continue }
            table.add(
                name(row.operation), refusal.interpreter.map { "\($0)" } ?? "runs",
                refusal.symbolic.map { "\($0)" } ?? "runs")
        }
        return table.text
    }

    private func name(_ operation: Operation) -> String {
        guard case .loadImmediate64(let kind) = operation else { return "\(operation)".asCode }
        return "wide load of \("\(kind)".words)"
    }

    private func forms(_ operation: (Width, OperandKind) -> Operation) -> [String] {
        [Width.bits64, .bits32].flatMap { width in
            [OperandKind.register, .immediate].map { count(operation(width, $0)) }
        }
    }

    private func count(_ operation: Operation) -> String {
        refusals[operation] == nil ? "\(vectors[operation])" : "refused"
    }
}
