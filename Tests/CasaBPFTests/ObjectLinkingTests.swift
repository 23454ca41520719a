import CasaBPF
import Foundation
import Testing

@Suite struct ObjectLinkingTests {
    @Test("template and policy become one object that a loader understands", .requiresClang)
    func linked() throws {
        let object = try BPFObject(ObjectFixtures.linked(subject: 2))
        #expect(object.programs.map(\.name) == ["casa_egress", "casa_ingress", "casa_connect4"])
        #expect(object.programs.map(\.kind) == [.egress, .ingress, .connect4])
        #expect(object.functions.map(\.name) == ["count", "casa_verdict", "casa_region4", "decide"])
        #expect(
            object.maps.map(\.name) == [
                "casa_counters", "casa_events", "casa_peers", "casa_settings",
            ])
        let counters = try #require(object.map(named: "casa_counters"))
        #expect(counters.type == 6)
        #expect(counters.keyByteCount == 4)
        #expect(counters.valueByteCount == 16)
        #expect(counters.maximumEntries == 16)
        #expect(object.btf.byteCount(of: counters.valueType) == 16)
        let peers = try #require(object.map(named: "casa_peers"))
        #expect(peers.flags == 1)
        #expect(peers.keyByteCount == 4)
        #expect(peers.valueByteCount == 8)
        let settings = try #require(object.map(named: "casa_settings"))
        #expect(settings.keyType == .void)
        #expect(settings.valueByteCount == 24)
        #expect(
            object.dataMaps.map(\.name) == [
                ".rodata.addresses4", ".rodata", ".bss", ".rodata.subject", ".rodata.decisions",
            ])
        #expect(object.dataMaps.map(\.isReadOnly) == [true, true, false, true, true])
        #expect(object.dataMap(named: ".rodata.subject")?.bytes == [2, 0, 0, 0])
        #expect(object.dataMap(named: ".rodata")?.bytes == [7, 0, 0, 0])
        #expect(object.dataMap(named: ".bss")?.bytes == [0, 0, 0, 0])
        for map in object.dataMaps { #expect(map.type != nil) }
    }

    @Test("a linked program carries its maps, its functions and the lines of the policy", .requiresClang)
    func program() throws {
        let object = try BPFObject(ObjectFixtures.linked())
        let egress = try object.linkedProgram(named: "casa_egress")
        #expect(egress.functions.count == 5)
        let targets = egress.references.map(\.target)
        #expect(targets.contains(.mapValue(map: ".rodata.subject", offset: 0)))
        #expect(targets.contains(.mapValue(map: ".rodata.addresses4", offset: 0)))
        #expect(targets.contains(.mapValue(map: ".rodata.decisions", offset: 4)))
        #expect(targets.contains(.map("casa_counters")))
        let files = Set(egress.lines.compactMap { object.btf[$0.file] })
        #expect(files.contains("policies/a.yaml"))
        #expect(files.allSatisfy { !$0.hasPrefix("/") })
    }

    @Test("an object straight from the compiler is understood, debug information and all", .requiresClang)
    func compiled() throws {
        let definitions = """

            const volatile __u32 casa_subject = 1;
            __attribute__((noinline)) __u32 casa_verdict(__u32 class, __u32 question)
            {
                return casa_subject + class + question;
            }
            __attribute__((noinline, visibility("hidden"))) __u32 casa_region4(__u32 address)
            {
                return casa_subject ^ address;
            }
            """
        let bytes = try ObjectTools.compile(ObjectFixtures.template + definitions)
        let container = try ELFObject(bytes)
        #expect(container.sections.contains { $0.name == ".debug_info" && !$0.relocations.isEmpty })
        let object = try BPFObject(container)
        let data = try #require(object.dataMap(named: ".rodata"))
        #expect(data.variables.map(\.name).sorted() == ["casa_subject", "wanted"])
        // The compiler leaves size and places to the loader.
        guard let type = data.type, case .dataSection(_, let byteCount, let entries) = object.btf[type] else {
            Issue.record("no data section type")
            return
        }
        #expect(byteCount == 8)
        #expect(entries.map(\.offset) == [0, 4])
        let region = try #require(object.functions.first { $0.name == "casa_region4" })
        #expect(!region.isGlobal)
        guard case .function(_, _, .static) = object.btf[region.type] else {
            Issue.record("a hidden function must be static to the kernel")
            return
        }
        let linked = try object.linkedProgram(named: "casa_egress")
        #expect(linked.functions.count == 4)
    }

    @Test("an unlinked template is refused because of what it lacks", .requiresClang)
    func unlinked() throws {
        let template = try ObjectTools.compile(ObjectFixtures.template)
        let error = #expect(throws: ObjectError.self) { try BPFObject(template) }
        guard case .unresolvedSymbol = error?.problem else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("linking gives the same bytes again", .requiresClang)
    func deterministic() throws {
        #expect(try ObjectFixtures.linked() == ObjectFixtures.linked())
    }

    /// Hash tables are seeded anew in each process, so this is where an order that leaks would show.
    @Test("linking gives the same bytes in another process", .requiresClang)
    func deterministicAcrossProcesses() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            print("fingerprint", Self.fingerprint(try ObjectFixtures.linked()), terminator: ".")
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let expected = Self.fingerprint(try ObjectFixtures.linked())
        #expect(output.contains("fingerprint \(expected)."), "\(output)")
    }

    private static func fingerprint(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    @Test("the linker's own words are in the error", .requiresClang)
    func messages() throws {
        let template = try ObjectTools.compile(ObjectFixtures.template)
        var policy = ObjectFixtures.policy()
        let signed = policy.btf.integer("int", byteCount: 4, encoding: .signed)
        let wide = policy.btf.integer("unsigned long long", byteCount: 8)
        policy.functions[0].prototype = policy.btf.functionPrototype(
            returns: signed, parameters: [("class", wide)])
        let bytes = try policy.write()
        let error = #expect(throws: ObjectLinkError.self) {
            try ObjectLinker().link([
                .init(name: "template.o", bytes: template), .init(name: "policy.o", bytes: bytes),
            ])
        }
        guard case .refused("policy.o", _) = error?.problem else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.log.contains("casa_verdict") == true)
        #expect(error?.log.contains("casa-link-") == false)
    }

    @Test("what is not an object never reaches the linker")
    func notAnObject() {
        let error = #expect(throws: ObjectLinkError.self) {
            try ObjectLinker().link([.init(name: "a.o", bytes: [1, 2, 3])])
        }
        guard case .unreadable("a.o", _) = error?.problem else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("nothing is left behind")
    func cleanup() throws {
        try ObjectTools.withDirectory { directory in
            let linker = ObjectLinker(temporaryDirectory: directory.path)
            _ = try linker.link([.init(name: "../../policy.o", bytes: ObjectFixtures.standalone().write())])
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
        }
    }

    @Test("a temporary directory that cannot be made is an error")
    func noDirectory() throws {
        let bytes = try ObjectFixtures.standalone().write()
        let error = #expect(throws: ObjectLinkError.self) {
            try ObjectLinker(temporaryDirectory: "/nonexistent").link([.init(name: "a.o", bytes: bytes)])
        }
        #expect(error?.problem == .temporaryDirectory(errno: ENOENT))
    }
}
