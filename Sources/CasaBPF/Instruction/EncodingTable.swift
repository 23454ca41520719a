/// The encoding of every instruction, once: the encoder and the decoder both read these rows.
///
/// INVARIANT: two rows of one opcode differ in the fixed value of some field, so bytes match one row at most.
package enum EncodingTable {
    package static let rows: [EncodingRow] = arithmetic + memory + wideLoads + control

    /// The rows of each of the 256 opcodes.
    package static let rowsByOpcode: [[EncodingRow]] = {
        var table = [[EncodingRow]](repeating: [], count: 256)
        for row in rows { table[Int(row.opcode)].append(row) }
        return table
    }()

    private static let rowsByOperation = Dictionary(uniqueKeysWithValues: rows.map { ($0.operation, $0) })

    package static func row(of operation: Operation) -> EncodingRow {
        guard let row = rowsByOperation[operation] else {
            preconditionFailure("the encoding table has no row for \(operation)")
        }
        return row
    }

    private static var arithmetic: [EncodingRow] {
        var rows: [EncodingRow] = []
        for width in Width.allCases {
            for operation in ArithmeticOperation.allCases {
                let code = operation.opcode
                for kind in OperandKind.allCases {
                    rows.append(
                        EncodingRow(
                            operation: .arithmetic(operation, width, kind),
                            opcode: width.arithmeticClass | code.bits | kind.opcodeBit, destination: .operand,
                            source: kind == .register ? .operand : .fixed(0), offset: .fixed(code.offset),
                            immediate: kind == .immediate ? .operand : .fixed(0)))
                }
            }
            rows.append(
                EncodingRow(
                    operation: .negate(width), opcode: width.arithmeticClass | 0x80, destination: .operand))
        }
        for form in SignExtension.allCases {
            rows.append(
                EncodingRow(
                    operation: .extendSign(form), opcode: form.width.arithmeticClass | 0xB8,
                    destination: .operand, source: .operand,
                    offset: .fixed(Int32(form.source.memorySize.bitCount))))
        }
        for order in ByteOrder.allCases {
            for width in SwapWidth.allCases {
                rows.append(
                    EncodingRow(
                        operation: .orderBytes(order, width), opcode: order.opcode, destination: .operand,
                        immediate: .fixed(Int32(width.rawValue))))
            }
        }
        return rows
    }

    private static var memory: [EncodingRow] {
        var rows: [EncodingRow] = []
        for size in MemorySize.allCases {
            let bits = size.opcodeBits | OpcodeMode.memory
            rows.append(
                EncodingRow(
                    operation: .load(size), opcode: OpcodeClass.load | bits, destination: .operand,
                    source: .operand, offset: .operand))
            rows.append(
                EncodingRow(
                    operation: .store(size, .immediate), opcode: OpcodeClass.storeImmediate | bits,
                    destination: .operand, offset: .operand, immediate: .operand))
            rows.append(
                EncodingRow(
                    operation: .store(size, .register), opcode: OpcodeClass.store | bits,
                    destination: .operand, source: .operand, offset: .operand))
        }
        for size in SignedMemorySize.allCases {
            rows.append(
                EncodingRow(
                    operation: .loadSigned(size),
                    opcode: OpcodeClass.load | size.memorySize.opcodeBits | OpcodeMode.signedMemory,
                    destination: .operand, source: .operand, offset: .operand))
        }
        for width in Width.allCases {
            for operation in AtomicOperation.allCases {
                rows.append(
                    EncodingRow(
                        operation: .atomic(operation, width),
                        opcode: OpcodeClass.store | width.memorySize.opcodeBits | OpcodeMode.atomic,
                        destination: .operand, source: .operand, offset: .operand,
                        immediate: .fixed(operation.immediate)))
            }
        }
        return rows
    }

    private static var wideLoads: [EncodingRow] {
        ImmediateKind.allCases.map { kind in
            EncodingRow(
                operation: .loadImmediate64(kind),
                opcode: OpcodeClass.loadImmediate | MemorySize.double.opcodeBits | OpcodeMode.immediate,
                destination: .operand, source: .fixed(kind.sourceField), immediate: .operand,
                next: kind.usesNext ? .operand : .fixed(0))
        }
    }

    private static var control: [EncodingRow] {
        var rows = [
            EncodingRow(operation: .jump, opcode: OpcodeClass.jump64, offset: .operand),
            EncodingRow(operation: .jumpFar, opcode: OpcodeClass.jump32, immediate: .operand),
            EncodingRow(operation: .callHelper, opcode: OpcodeClass.jump64 | 0x80, immediate: .operand),
            EncodingRow(
                operation: .callFunction, opcode: OpcodeClass.jump64 | 0x80, source: .fixed(1),
                immediate: .operand),
            EncodingRow(operation: .callRegister, opcode: OpcodeClass.jump64 | 0x88, destination: .operand),
            EncodingRow(operation: .exit, opcode: OpcodeClass.jump64 | 0x90),
        ]
        for width in Width.allCases {
            for condition in Condition.allCases {
                for kind in OperandKind.allCases {
                    rows.append(
                        EncodingRow(
                            operation: .branch(condition, width, kind),
                            opcode: width.jumpClass | condition.opcodeBits | kind.opcodeBit,
                            destination: .operand, source: kind == .register ? .operand : .fixed(0),
                            offset: .operand, immediate: kind == .immediate ? .operand : .fixed(0)))
                }
            }
        }
        return rows
    }
}
