import CasaBPF
import Testing

@Suite struct ProgramTests {
    @Test("targets are instructions, not slots")
    func targetsAreInstructions() throws {
        let program = try Program([
            .branch(.equal, .bits64, .r1, 0, 2), .loadImmediate64(.r0, .value(1)), .call(.function(1)), .exit,
            .arithmetic(.move, .bits64, .r0, 2), .exit,
        ])
        #expect(program.slots == [0, 1, 3, 4, 5, 6])
        #expect(program.steps.map(\.target) == [2, -1, 4, -1, -1, -1])
        #expect(program.index(ofSlot: 3) == 2)
        #expect(program.index(ofSlot: 2) == nil)
        #expect(program.index(ofSlot: 7) == nil)
        #expect(try Program(decoding: program.encoded) == program)
    }

    @Test("control stays inside the program, and on instructions")
    func badTargets() {
        #expect(throws: ProgramError.empty) { try Program([]) }
        #expect(throws: ProgramError.runsOffTheEnd(slot: 0)) { try Program([.call(.helper(5))]) }
        #expect(throws: ProgramError.targetOutside(slot: 0, target: 2)) { try Program([.jump(1), .exit]) }
        #expect(throws: ProgramError.targetOutside(slot: 1, target: -1)) { try Program([.exit, .jump(-3)]) }
        #expect(throws: ProgramError.targetInsideWideLoad(slot: 0, target: 2)) {
            try Program([.jumpFar(1), .loadImmediate64(.r0, .value(0)), .exit])
        }
        #expect(throws: ProgramError.targetInsideWideLoad(slot: 0, target: 2)) {
            try Program([.call(.function(1)), .loadImmediate64(.r0, .value(0)), .exit])
        }
    }

    @Test("blocks begin at targets and end at jumps")
    func blocks() throws {
        let flow = try ControlFlow(
            of: Program([
                .branch(.equal, .bits64, .r1, 0, 2), .arithmetic(.move, .bits64, .r0, 1), .call(.function(3)),
                .arithmetic(.add, .bits64, .r0, 1), .branch(.less, .bits64, .r0, 9, -3), .exit,
                .arithmetic(.move, .bits64, .r0, 2), .exit,
            ]))
        #expect(flow.blocks.map(\.range) == [0..<1, 1..<2, 2..<3, 3..<5, 5..<6, 6..<8])
        #expect(flow.blocks.map(\.successors) == [[1, 3], [2], [3], [4, 2], [], []])
        #expect(flow.functions.map(\.range) == [0..<6, 6..<8])
        #expect(flow.functions.map(\.blocks) == [0..<5, 5..<6])
    }

    @Test("a function keeps to itself")
    func functionsAreClosed() {
        #expect(throws: ProgramError.leavesFunction(slot: 0, function: 0)) {
            try ControlFlow(
                of: Program([.branch(.equal, .bits64, .r1, 0, 2), .call(.function(1)), .exit, .exit]))
        }
        #expect(throws: ProgramError.leavesFunction(slot: 0, function: 0)) {
            try ControlFlow(of: Program([.arithmetic(.move, .bits64, .r0, 0), .exit]), entries: [1])
        }
    }
}
