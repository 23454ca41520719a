import CasaBPF
import Testing

@Suite struct ObjectBTFTests {
    /// A type of every kind.
    static func everything() -> BTF {
        var builder = BTFBuilder()
        let word = builder.integer("unsigned int", byteCount: 4)
        let pointer = builder.pointer(to: word)
        let array = builder.array(of: word, count: 6)
        let pair = builder.structure(
            "pair", byteCount: 16, members: [("left", word, 0), ("right", pointer, 8)])
        _ = builder.add(
            .composite(
                BTFComposite(
                    name: builder.string("either"), byteCount: 24, isUnion: true, hasBitFields: true,
                    members: [.init(name: builder.string("all"), type: array, offset: 3 << 24)])))
        let low = builder.string("LOW")
        _ = builder.add(
            .enumeration(
                BTFEnumeration(
                    name: builder.string("level"), byteCount: 4, isSigned: true,
                    values: [.init(name: low, bits: .max)])))
        _ = builder.add(
            .enumeration64(
                BTFEnumeration64(
                    name: builder.string("wide"), byteCount: 8, isSigned: false,
                    values: [.init(name: low, bits: 1 << 40)])))
        _ = builder.add(.forward(name: builder.string("far"), isUnion: true))
        let alias = builder.alias("__u32", of: word)
        let constant = builder.constant(builder.volatile(alias))
        _ = builder.add(.restrict(of: pointer))
        let prototype = builder.functionPrototype(returns: .void, parameters: [("p", pair), ("q", constant)])
        let function = builder.function("run", prototype: prototype, linkage: .global)
        let variable = builder.variable("state", type: constant, linkage: .static)
        _ = builder.dataSection(
            ".data", byteCount: 4, entries: [.init(variable: variable, offset: 0, byteCount: 4)])
        _ = builder.add(.floatingPoint(name: builder.string("double"), byteCount: 8))
        _ = builder.add(.declarationTag(name: builder.string("tag"), of: function, component: -1))
        _ = builder.add(.typeTag(name: builder.string("user"), of: word))
        return builder.build()
    }

    @Test("types are the same after writing and reading")
    func roundTrip() throws {
        let btf = Self.everything()
        let read = try BTFReader.read(btf.encoded[...])
        #expect(read == btf)
        #expect(read.encoded == btf.encoded)
    }

    @Test("equal types and texts are stored once")
    func interning() {
        var builder = BTFBuilder()
        let first = builder.integer("int", byteCount: 4, encoding: .signed)
        #expect(builder.integer("int", byteCount: 4, encoding: .signed) == first)
        #expect(builder.integer("int", byteCount: 4) != first)
        #expect(builder.string("a") == builder.string("a"))
        #expect(builder.build().types.count == 2)
    }

    @Test("a text ends at a zero byte, as every reader sees it")
    func textWithZero() {
        var builder = BTFBuilder()
        let text = builder.string("before\0after")
        #expect(builder.build()[text] == "before")
    }

    @Test("sizes follow names, qualifiers and arrays")
    func sizes() throws {
        var builder = BTFBuilder()
        let word = builder.integer("unsigned int", byteCount: 4)
        let row = builder.array(of: builder.constant(builder.alias("__u32", of: word)), count: 3)
        let grid = builder.array(of: row, count: 5)
        let huge = builder.array(of: builder.array(of: word, count: 1 << 30), count: 1 << 30)
        let btf = builder.build()
        #expect(btf.byteCount(of: grid) == 60)
        #expect(btf.byteCount(of: huge) == nil)
        #expect(btf.byteCount(of: .void) == nil)
    }

    @Test("a type that contains itself has no size")
    func cycle() throws {
        var builder = BTFBuilder()
        let own = BTFTypeID(rawValue: 1)
        #expect(builder.constant(own) == own)
        let btf = try BTFReader.read(builder.build().encoded[...])
        #expect(btf.byteCount(of: own) == nil)
        #expect(btf.unqualified(own) == own)
    }

    @Test("a type that names another one that does not exist is refused")
    func badReference() {
        var builder = BTFBuilder()
        _ = builder.pointer(to: BTFTypeID(rawValue: 9))
        let bytes = builder.build().encoded
        let error = #expect(throws: ObjectError.self) { try BTFReader.read(bytes[...]) }
        #expect(error?.problem == .badTypeID(9))
    }

    @Test("records are the same after writing and reading")
    func records() throws {
        let btf = Self.everything()
        let function = try #require(
            btf.typeIDs.first { if case .function = btf[$0] { true } else { false } })
        let text = BTFString(rawValue: 1)
        let records = BTFExtension(
            functions: [.init(section: text, records: [.init(instruction: 3, type: function)])],
            lines: [
                .init(
                    section: text,
                    records: [.init(instruction: 3, file: text, text: text, line: 70_000, column: 1023)])
            ])
        #expect(try BTFExtension(records.encoded[...], btf: btf) == records)
    }

    @Test("CO-RE relocations are refused")
    func coreRelocations() {
        var bytes = BTFExtension(functions: [], lines: []).encoded
        bytes[28] = 4
        let error = #expect(throws: ObjectError.self) {
            try BTFExtension(bytes[...], btf: Self.everything())
        }
        #expect(error?.problem == .coreRelocations)
        #expect(error?.section == ".BTF.ext")
        #expect(error?.offset == 28)
    }

    @Test("lines beyond what the format holds are written as its largest")
    func largestLine() throws {
        let text = BTFString(rawValue: 1)
        let record = BTFLineRecord(instruction: 0, file: text, text: text, line: 1 << 30, column: 5000)
        let bytes = BTFExtension(functions: [], lines: [.init(section: text, records: [record])]).encoded
        let read = try BTFExtension(bytes[...], btf: Self.everything())
        #expect(read.lines[0].records[0].line == BTFLineRecord.maximumLine)
        #expect(read.lines[0].records[0].column == BTFLineRecord.maximumColumn)
    }
}
