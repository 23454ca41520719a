import CasaBPF
import Testing

@Suite struct ObjectLoadingTests {
    /// The error of reading a changed object.
    private func problem(_ change: (inout ObjectWriter) -> Void) -> ObjectError? {
        var object = ObjectFixtures.standalone()
        change(&object)
        return #expect(throws: ObjectError.self) { try BPFObject(object.write()) }
    }

    @Test("an unknown section with content is refused by name")
    func unknownSection() {
        let error = problem {
            $0.dataSections.append(
                .init(name: ".ksyms", bytes: [1], alignment: 1, isReadOnly: true, variables: []))
        }
        #expect(error?.problem == .unknownSection(".ksyms"))
    }

    @Test("a hook that CASA does not attach to is refused by name")
    func unknownHook() {
        let error = problem { $0.functions[3].section = "kprobe/execve" }
        #expect(error?.problem == .unknownProgramSection("kprobe/execve"))
    }

    @Test(
        "a license that is not one terminated text is refused",
        arguments: [[0x47], [0, 0], [0x1B, 0]] as [[UInt8]])
    func badLicense(bytes: [UInt8]) {
        let error = problem { object in
            object.dataSections[2].bytes = bytes
            object.dataSections[2].variables = []
        }
        #expect(error?.problem == .badLicense)
    }

    @Test("an object without a license has an empty one, which gives it no GPL helpers")
    func noLicense() throws {
        var object = ObjectFixtures.standalone()
        object.dataSections.removeLast()
        #expect(try BPFObject(object.write()).license.isEmpty)
    }

    @Test("a reference that leads out of its map is refused with its place")
    func outsideMap() {
        let error = problem {
            $0.functions[0].references[0].target = .address(symbol: "casa_subject", addend: 4)
        }
        #expect(error?.problem == .referenceOutsideTarget("casa_subject"))
        #expect(error?.section == ".text")
        #expect(error?.offset == 0)
    }

    @Test("an instruction that wants a reference and has none is refused")
    func missingReference() {
        let error = problem {
            $0.functions[0].code[1] = 0x13
            $0.functions[0].references = []
        }
        #expect(error?.problem == .unresolvedPseudoInstruction)
    }

    @Test("a static program is refused, as libbpf does")
    func staticProgram() {
        let error = problem { $0.functions[3].isGlobal = false }
        #expect(error?.problem == .unsupportedReference("casa_egress"))
    }

    @Test("a program that does not exist is an error")
    func noProgram() throws {
        let object = try BPFObject(ObjectFixtures.standalone().write())
        let error = #expect(throws: ObjectError.self) { try object.linkedProgram(named: "other") }
        #expect(error?.problem == .noSuchProgram("other"))
    }

    @Test("functions that call each other in a circle are linked once each")
    func circle() throws {
        var object = ObjectFixtures.standalone()
        object.functions[2].code = ObjectFixtures.regionCode
        object.functions[2].references = [.init(instruction: 0, target: .call(function: "casa_region4"))]
        let linked = try BPFObject(object.write()).linkedProgram(named: "casa_egress")
        #expect(linked.functions.count == 4)
        #expect(
            Array(linked.code.suffix(16).prefix(8)) == ObjectFixtures.instruction(0x85, from: 1, 0xFFFF_FFFD))
    }

    @Test("a chain of calls as long as an object allows does not use up the stack")
    func longChain() throws {
        var object = ObjectFixtures.standalone()
        let prototype = object.functions[1].prototype
        let line = object.functions[1].lines
        object.functions[2].code = ObjectFixtures.regionCode
        object.functions[2].references = [.init(instruction: 0, target: .call(function: "f0"))]
        for index in 0..<5000 {
            object.functions.append(
                .init(
                    name: "f\(index)", isGlobal: false, prototype: prototype, code: ObjectFixtures.regionCode,
                    references: index == 4999
                        ? [] : [.init(instruction: 0, target: .call(function: "f\(index + 1)"))],
                    lines: line))
        }
        object.functions[object.functions.count - 1].code = ObjectFixtures.instruction(0x95)
        let linked = try BPFObject(object.write()).linkedProgram(named: "casa_egress")
        #expect(linked.functions.count == 5004)
    }

    @Test("objects larger than a limit are refused")
    func limits() throws {
        let bytes = try ObjectFixtures.standalone().write()
        var limits = ObjectLimits()
        limits.bytes = bytes.count - 1
        #expect(
            throws: ObjectError(section: "ELF header", offset: 0, problem: .tooLarge(limit: bytes.count - 1))
        ) {
            try BPFObject(bytes, limits: limits)
        }
        limits = ObjectLimits()
        limits.types = 3
        #expect(throws: ObjectError.self) { try BPFObject(bytes, limits: limits) }
        limits = ObjectLimits()
        limits.instructions = 23
        let object = try BPFObject(bytes, limits: limits)
        #expect(throws: ObjectError.self) { try object.linkedProgram(named: "casa_egress", limits: limits) }
    }
}
