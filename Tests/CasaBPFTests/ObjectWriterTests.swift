import CasaBPF
import Foundation
import Testing

@Suite struct ObjectWriterTests {
    @Test("what is written is what is read")
    func roundTrip() throws {
        let object = try ELFObject(ObjectFixtures.policy().write())
        let symbols = object.symbols.filter { $0.kind != .none }
        #expect(
            symbols.map(\.name) == [
                "decide", "casa_verdict", "casa_region4", "casa_subject", "casa_decisions",
            ])
        #expect(symbols.map(\.binding) == [.local, .global, .global, .global, .global])
        let text = try #require(object.section(named: ".text"))
        #expect(text.isExecutable && !text.isWritable)
        #expect(text.relocations.map(\.kind) == [.loadImmediate64, .call, .loadImmediate64])
        #expect(
            text.relocations.map { object.symbols[$0.symbol].name } == [
                "casa_subject", "decide", "casa_decisions",
            ])
        #expect(object.section(named: ".rodata.subject")?.bytes == [1, 0, 0, 0])
        #expect(object.section(named: ".rodata.decisions")?.isWritable == false)
    }

    @Test("a program is read with the functions it calls, depth first")
    func program() throws {
        let object = try BPFObject(ObjectFixtures.standalone().write())
        #expect(object.license == "GPL")
        #expect(object.functions.map(\.name) == ["casa_verdict", "casa_region4", "decide"])
        #expect(object.functions.map(\.isGlobal) == [true, true, false])
        #expect(object.dataMaps.map(\.name) == [".rodata.subject", ".rodata.decisions"])
        #expect(object.dataMap(named: ".rodata.subject")?.variable(named: "casa_subject")?.byteCount == 4)
        let linked = try object.linkedProgram(named: "casa_egress")
        #expect(linked.kind == .egress)
        #expect(linked.instructionCount == 7 + 11 + 2 + 5)
        #expect(linked.functions.map(\.instruction) == [0, 7, 18, 20])
        #expect(
            linked.references == [
                .init(instruction: 7, target: .mapValue(map: ".rodata.subject", offset: 0)),
                .init(instruction: 20, target: .mapValue(map: ".rodata.decisions", offset: 4)),
            ])
        #expect(linked.lines.map(\.instruction) == [0, 7, 11, 14, 18, 20])
        #expect(object.btf[linked.lines[2].file] == "policies/a.yaml")
        #expect(linked.functionRecordBytes.count == 4 * 8)
        #expect(linked.lineRecordBytes.count == 6 * 16)
        // The calls lead from behind the call to the first instruction of the callee.
        #expect(Array(linked.code[16..<24]) == ObjectFixtures.instruction(0x85, from: 1, 4))
        #expect(Array(linked.code[32..<40]) == ObjectFixtures.instruction(0x85, from: 1, 13))
        #expect(Array(linked.code[18 * 8..<19 * 8]) == ObjectFixtures.instruction(0x85, from: 1, 1))
        let filled = linked.code { map in map == ".rodata.subject" ? 5 : 6 }
        #expect(
            Array(filled[56..<72]) == ObjectFixtures.instruction(0x18, to: 3, from: 2, 5)
                + ObjectFixtures.instruction(0))
        #expect(
            Array(filled[20 * 8..<22 * 8]) == ObjectFixtures.instruction(0x18, to: 2, from: 2, 6)
                + ObjectFixtures.instruction(0, 4))
    }

    @Test("equal descriptions give equal bytes")
    func deterministic() throws {
        #expect(try ObjectFixtures.standalone().write() == ObjectFixtures.standalone().write())
    }

    @Test(
        "another reader of objects accepts what we write",
        .enabled("needs llvm-objdump") { ObjectTools.objdump != nil })
    func disassembly() throws {
        let objdump = try #require(ObjectTools.objdump)
        try ObjectTools.withDirectory { directory in
            try Data(ObjectFixtures.standalone().write()).write(to: directory.appending(path: "policy.o"))
            let (status, output) = try ObjectTools.run(objdump, ["-dr", "-t", "policy.o"], in: directory)
            #expect(status == 0)
            #expect(!output.lowercased().contains("warning"))
            #expect(output.contains("<casa_verdict>:"))
            #expect(output.contains("R_BPF_64_64\tcasa_subject"))
            #expect(output.contains("R_BPF_64_32\tdecide"))
        }
    }

    @Test("a description that makes no sense is refused")
    func refusals() {
        func failure(_ change: (inout ObjectWriter) -> Void) -> ObjectWriterError? {
            var object = ObjectFixtures.policy()
            change(&object)
            return #expect(throws: ObjectWriterError.self) { try object.write() }
        }
        #expect(failure { $0.functions[1].name = "casa_verdict" } == .duplicateName("casa_verdict"))
        #expect(failure { $0.dataSections[1].name = ".rodata.subject" } == .duplicateName(".rodata.subject"))
        #expect(failure { $0.functions[0].code.removeLast() } == .brokenCode(function: "casa_verdict"))
        #expect(failure { $0.dataSections[0].alignment = 3 } == .brokenAlignment(section: ".rodata.subject"))
        #expect(
            failure { $0.dataSections[0].variables[0].offset = 2 }
                == .variableOutsideSection(variable: "casa_subject"))
        #expect(
            failure { $0.dataSections[1].variables.append($0.dataSections[1].variables[0]) }
                == .overlappingVariables(section: ".rodata.decisions"))
        #expect(
            failure { $0.functions[0].references[0].instruction = 2 }
                == .misplacedReference(function: "casa_verdict", instruction: 2))
        #expect(
            failure { $0.functions[1].references[0].target = .call(function: "nobody") }
                == .unknownSymbol("nobody", function: "casa_region4", instruction: 0))
        #expect(
            failure { $0.functions[1].references[0].target = .call(function: "casa_subject") }
                == .misplacedReference(function: "casa_region4", instruction: 0))
        #expect(failure { $0.functions[0].lines.reverse() } == .missingLines(function: "casa_verdict"))
        #expect(failure { $0.functions[0].lines.swapAt(1, 2) } == .unorderedLines(function: "casa_verdict"))
        #expect(failure { $0.functions[2].lines = [] } == .missingLines(function: "decide"))
    }
}
