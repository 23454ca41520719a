import CasaBPF
import Testing

@Suite struct AssemblerTests {
    @Test("labels become distances, forwards and backwards, over wide loads")
    func labelsBecomeDistances() throws {
        var assembler = Assembler()
        let top = assembler.label()
        let end = assembler.label()
        assembler.place(top)
        assembler.branch(.equal, .bits64, .r1, 0, to: end)
        assembler.emit(.loadImmediate64(.r2, .value(1 << 40)))
        assembler.emit(.arithmetic(.subtract, .bits64, .r1, 1))
        assembler.jump(to: top)
        assembler.place(end)
        assembler.emit(.exit)
        let code = try assembler.finish()
        #expect(
            try Decoder().decode(code.slots) == [
                .branch(.equal, .bits64, .r1, 0, 4), .loadImmediate64(.r2, .value(1 << 40)),
                .arithmetic(.subtract, .bits64, .r1, 1), .jump(-5), .exit,
            ])
    }

    @Test("symbols become relocations and functions, tags come out again")
    func symbolsAndTags() throws {
        var assembler = Assembler()
        assembler.function("casa_verdict")
        assembler.emit(.arithmetic(.move, .bits64, .r0, 0), tag: 7)
        assembler.loadMapValue(.r1, symbol: "casa_decisions", addend: 16, tag: 8)
        assembler.loadMap(.r2, symbol: "casa_counters")
        assembler.call(symbol: "casa_region4", tag: 9)
        assembler.emit(.exit)
        assembler.function("casa_region4")
        assembler.emit(.exit, tag: 10)
        let code = try assembler.finish()
        #expect(
            code.relocations == [
                CodeRelocation(instructionIndex: 1, symbol: "casa_decisions", addend: 16, kind: .mapValue),
                CodeRelocation(instructionIndex: 3, symbol: "casa_counters", addend: 0, kind: .map),
                CodeRelocation(instructionIndex: 5, symbol: "casa_region4", addend: 0, kind: .call),
            ])
        #expect(
            code.functions == [
                CodeFunction(symbol: "casa_verdict", slots: 0..<7),
                CodeFunction(symbol: "casa_region4", slots: 7..<8),
            ])
        #expect(
            code.annotations == [
                CodeAnnotation(slot: 0, tag: 7), CodeAnnotation(slot: 1, tag: 8),
                CodeAnnotation(slot: 5, tag: 9), CodeAnnotation(slot: 7, tag: 10),
            ])
        #expect(code.slots[1].immediate == 16)
        #expect(code.slots[5] == EncodedInstruction(opcode: 0x85, src: 1, immediate: -1))
        #expect(code.bytes.count == 64)
    }

    @Test("a jump reaches 32 767 slots and no further")
    func reachIsLimited() throws {
        func assemble(_ count: Int, isFar: Bool) throws(AssemblyError) -> AssembledCode {
            var assembler = Assembler()
            let end = assembler.label()
            if isFar {
                assembler.jumpFar(to: end)
            } else {
                assembler.branch(.equal, .bits64, .r1, 0, to: end)
            }
            for _ in 0..<count { assembler.emit(.arithmetic(.add, .bits64, .r1, 1)) }
            assembler.place(end)
            assembler.emit(.exit)
            return try assembler.finish()
        }
        #expect(try assemble(32_767, isFar: false).slots[0].offset == .max)
        #expect(throws: AssemblyError.jumpOutOfReach(slot: 0, distance: 32_768)) {
            try assemble(32_768, isFar: false)
        }
        #expect(try assemble(32_768, isFar: true).slots[0].immediate == 32_768)
    }

    @Test("code that cannot be right is refused")
    func mistakesAreErrors() {
        var unplaced = Assembler()
        unplaced.emit(.exit)
        unplaced.jump(to: unplaced.label())
        #expect(throws: AssemblyError.unplacedLabel(slot: 1)) { try unplaced.finish() }
        var write = Assembler()
        write.emit(.exit)
        write.emit(.arithmetic(.add, .bits64, .r10, 8))
        #expect(throws: AssemblyError.writesFramePointer(slot: 1)) { try write.finish() }
    }
}
