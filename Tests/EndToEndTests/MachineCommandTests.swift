import Foundation
import Testing

/// `casa machine run`, called as the public conformance suite calls its plugins.
@Suite("the machine command")
struct MachineCommandTests {
    /// `ldxw %r0, [%r1]`, `be32 %r0`, `exit`.
    private static let program = "61 10 00 00 00 00 00 00 dc 00 00 00 20 00 00 00 95 00 00 00 00 00 00 00\n"

    @Test(
        "the result is on standard output, in hexadecimal",
        arguments: [
            ["aa bb 11 cc dd"], ["aabb11ccdd"], ["aa  bb  11  cc  dd  ", ""],
            ["--symbolic", "AA BB 11 CC DD"],
            ["aa  bb  11  cc  dd  ", "--symbolic"],
        ])
    func result(arguments: [String]) throws {
        let result = try Tool.run(
            Tool.products.appending(path: "casa"), ["machine", "run"] + arguments, input: Self.program)
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output == "aabb11cc\n")
        #expect(result.error.isEmpty)
    }

    @Test("without memory r1 and r2 are zero", arguments: [[], ["--symbolic"], [""]])
    func noMemory(arguments: [String]) throws {
        // mov %r0, %r1; add %r0, %r2; sub %r0, 1; exit
        let program = "bf100000 00000000 0f200000 00000000 17000000 01000000 95000000 00000000"
        let result = try Tool.run(
            Tool.products.appending(path: "casa"), ["machine", "run"] + arguments, input: program)
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output == "ffffffffffffffff\n")
    }

    @Test(
        "what gives no result says why, and prints none",
        arguments: [
            ("", [], 2, "CASA5101"),
            ("zz", [], 2, "CASA5101"),
            ("95 00 00 00", [], 2, "CASA5101"),
            // An unused field that is not zero.
            ("95 00 00 00 01 00 00 00", [], 2, "CASA5101"),
            // A map, which only a kernel has: 0 is no descriptor of one.
            ("18 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00", [], 1, "CASA5102"),
            (program, ["00"], 1, "CASA5102"),
            (program, ["--symbolic", "00"], 3, "CASA5104"),
            ("79 a0 f8 ff 00 00 00 00 95 00 00 00 00 00 00 00", ["--symbolic"], 1, "CASA5103"),
            ("05 00 ff ff 00 00 00 00 95 00 00 00 00 00 00 00", [], 1, "CASA5102"),
            ("05 00 ff ff 00 00 00 00 95 00 00 00 00 00 00 00", ["--symbolic"], 1, "CASA5102"),
            (program, ["0"], 2, "CASA5101"),
            (program, [String(repeating: "00", count: 4 << 10 + 1)], 2, "CASA1008"),
            (program, ["--elf", "00"], 2, "CASA5101"),
        ])
    func noResult(program: String, arguments: [String], code: Int32, diagnostic: String) throws {
        let result = try Tool.run(
            Tool.products.appending(path: "casa"), ["machine", "run"] + arguments, input: program)
        #expect(result.code == code, "\(result.error)")
        #expect(result.output.isEmpty)
        #expect(result.error.contains("error[\(diagnostic)]: "), "\(result.error)")
    }

    @Test(
        "words that fit no command are not asked",
        arguments: [[], ["walk"], ["run", "00", "11"], ["run", "--fast"]])
    func usage(arguments: [String]) throws {
        let result = try Tool.run(
            Tool.products.appending(path: "casa"), ["machine"] + arguments, input: Self.program)
        #expect(result.code == 2)
        #expect(result.error.contains("casa machine run"))
    }
}
