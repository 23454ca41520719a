extension AssemblyStatement {
    /// The instruction of a statement that does not jump; `nil` where the mnemonic is another one.
    func straightLine() throws(AssemblySyntaxError) -> Instruction? {
        if mnemonic == "lock" { return try atomic() }
        if let memory = try memoryAccess() { return memory }
        if let form = Mnemonic.signExtensions[mnemonic] {
            try expect(2)
            return .extendSign(form, try register(0), from: try register(1))
        }
        if let (order, width) = Mnemonic.byteOrder(mnemonic) {
            try expect(1)
            return .orderBytes(order, width, try register(0))
        }
        let (stem, width) = Mnemonic.split(mnemonic)
        if stem == "neg" {
            try expect(1)
            return .negate(width, try register(0))
        }
        guard let operation = Mnemonic.arithmetic[stem] else { return nil }
        try expect(2)
        return .arithmetic(operation, width, try register(0), try operand(1))
    }

    private func memoryAccess() throws(AssemblySyntaxError) -> Instruction? {
        if mnemonic == "lddw" {
            try expect(2)
            return .loadImmediate64(try register(0), .value(try number(operands[1])))
        }
        if let size = Mnemonic.loads[mnemonic] {
            try expect(2)
            let (base, offset) = try address(1)
            return .load(size, try register(0), base: base, offset: offset)
        }
        if let size = Mnemonic.signedLoads[mnemonic] {
            try expect(2)
            let (base, offset) = try address(1)
            return .loadSigned(size, try register(0), base: base, offset: offset)
        }
        if let size = Mnemonic.immediateStores[mnemonic] {
            try expect(2)
            let (base, offset) = try address(0)
            return .store(size, base: base, offset: offset, .immediate(try immediate(operands[1])))
        }
        if let size = Mnemonic.registerStores[mnemonic] {
            try expect(2)
            let (base, offset) = try address(0)
            return .store(size, base: base, offset: offset, .register(try register(1)))
        }
        return nil
    }

    /// `lock add [%r10-8], %r1`, `lock fetch or32 [%r1], %r2`.
    private func atomic() throws(AssemblySyntaxError) -> Instruction {
        try expect(2)
        let bracket = operands[0].firstIndex(of: "[") ?? operands[0].endIndex
        var words = operands[0][..<bracket].split { $0 == " " || $0 == "\t" }
        let fetches = words.first == "fetch"
        if fetches { words.removeFirst() }
        guard words.count == 1 else { throw failure(.unknownMnemonic("lock \(operands[0])")) }
        let (stem, width) = Mnemonic.split(words[0])
        guard let operation = (fetches ? Mnemonic.fetchingAtomics : Mnemonic.atomics)[stem] else {
            throw failure(.unknownMnemonic("lock \(words[0])"))
        }
        let place = AssemblyStatement(line: line, mnemonic: mnemonic, operands: [operands[0][bracket...]])
        let (base, offset) = try place.address(0)
        return .atomic(operation, width, base: base, offset: offset, try register(1))
    }
}
