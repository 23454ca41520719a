extension MachineState {
    /// The state that stands for two at the same place: each word is chosen between the two, memory is given.
    ///
    /// A register that has no word in one of them has none.
    package func joined(
        with other: MachineState, memory: Machine.Memory,
        choose: (Machine.Word, Machine.Word) -> Machine.Word
    ) throws(Trap) -> MachineState {
        precondition(
            position == other.position && callers.count == other.callers.count, "states meet at one place")
        var result = self
        result.memory = memory
        result.registers = try registers.joined(with: other.registers, choose: choose)
        var joined: [Caller] = []
        for (mine, others) in zip(callers, other.callers) {
            precondition(mine.position == others.position, "states meet under the same calls")
            joined.append(
                Caller(
                    registers: try mine.registers.joined(with: others.registers, choose: choose),
                    position: mine.position))
        }
        result.callers = joined
        return result
    }
}

extension RegisterFile {
    fileprivate func joined(with other: RegisterFile, choose: (Word, Word) -> Word) throws(Trap)
        -> RegisterFile
    {
        var result = self
        for register in Register.allCases {
            if isInitialised(register), other.isInitialised(register) {
                result.write(register, choose(try read(register), try other.read(register)))
            } else {
                result.clear(register, through: register)
            }
        }
        return result
    }
}
