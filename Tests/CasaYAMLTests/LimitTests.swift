import CasaDiagnostics
import CasaYAML
import Testing

@Suite("No file costs more than its limits")
struct LimitTests {
    @Test("a file that is too large is not looked at")
    func bytes() {
        let reading = Reading("a: [", limits: YAMLLimits(bytes: 3))
        #expect(reading.diagnostics.map(\.code) == [.inputTooLarge])
        #expect(Reading("a: 1", limits: YAMLLimits(bytes: 4)).diagnostics.isEmpty)
    }

    @Test("nesting ends at the limit, however it is written")
    func depth() throws {
        let limits = YAMLLimits(depth: 3)
        #expect(Reading("[[[1]]]", limits: limits).diagnostics.isEmpty)
        let flow = Reading("[[[[1]]]]", limits: limits)
        #expect(flow.diagnostics.map(\.code) == [.nestedTooDeep])
        #expect(flow.diagnostics.first?.primary?.bytes == 3..<4)
        let block = Reading("a:\n  b:\n    c:\n      d: 1\n", limits: limits)
        #expect(block.diagnostics.map(\.code) == [.nestedTooDeep])
        #expect(block.diagnostics.first?.primary?.bytes == 21..<22)
    }

    @Test("aliases cannot nest what could not be written nested")
    func depthByAliases() {
        let text = "a: &a [[1]]\nb: &b [[*a]]\n"
        #expect(Reading(text, limits: YAMLLimits(depth: 5)).diagnostics.isEmpty)
        let reading = Reading(text, limits: YAMLLimits(depth: 4))
        #expect(reading.diagnostics.map(\.code) == [.nestedTooDeep])
        #expect(reading.diagnostics.first?.primary?.text == "*a")
    }

    @Test("a hundred thousand brackets end at the sixty-fifth", arguments: ["[", "{a: ", "- ", "[\n", "? "])
    func bottomless(opening: String) {
        let clock = ContinuousClock()
        let reading = Reading(String(repeating: opening, count: 100_000))
        #expect(reading.diagnostics.map(\.code) == [.nestedTooDeep])
        let again = clock.measure { _ = Reading(String(repeating: opening, count: 100_000)) }
        #expect(again < .seconds(1))
    }

    @Test(
        "tag directives are bounded, whatever breaks the lines",
        arguments: ["\n", "\r", "\u{85}", "\u{2028}"])
    func directives(lineBreak: String) {
        let lines = (0..<200_000).map { "%TAG !t\($0)! x" + lineBreak }
        let clock = ContinuousClock()
        var reading = Reading("")
        let time = clock.measure { reading = Reading(lines.joined()) }
        #expect(reading.diagnostics.map(\.message) == ["more than 64 `%TAG` directives"])
        #expect(time < .seconds(1))
        #expect(Reading("%TAG !e! tag:yaml.org,2002:\n---\n!e!str 80\n").root?.scalar?.string == "80")
    }

    @Test("keys and values are counted")
    func nodes() {
        #expect(Reading("a: [1, 2]", limits: YAMLLimits(nodes: 5)).diagnostics.isEmpty)
        let reading = Reading("a: [1, 2, 3]", limits: YAMLLimits(nodes: 5))
        #expect(reading.diagnostics.map(\.code) == [.inputTooLarge])
        #expect(reading.diagnostics.first?.primary?.text == "3")
    }

    @Test("a billion laughs are counted before they are built")
    func aliasBomb() throws {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...40 {
            let uses = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(uses)]\n"
        }
        let clock = ContinuousClock()
        var reading = Reading("")
        let time = clock.measure { reading = Reading(text) }
        #expect(reading.diagnostics.map(\.code) == [.aliasBomb])
        #expect(reading.diagnostics.first?.primary?.text == "*a3")
        #expect(time < .seconds(1))
    }

    @Test("aliases within the limit are read, one more is not")
    func aliases() {
        let text = "a: &a [1, 2]\nb: *a\nc: *a\n"
        #expect(Reading(text, limits: YAMLLimits(aliases: 6)).diagnostics.isEmpty)
        let reading = Reading(text, limits: YAMLLimits(aliases: 5))
        #expect(reading.diagnostics.map(\.code) == [.aliasBomb])
        #expect(reading.diagnostics.first?.primary?.bytes == 22..<24)
    }

    @Test(
        "eight mebibytes of anything are read or refused in seconds",
        arguments: [
            "%TAG !a! b\n", "a: &a 1\n---\n", "# comment\n", "- {a: b}\n", "[],\n", "\"é\\n\n", "? a\n", "'",
            "  - x\n", "%A\n",
            "*a ", "&a ", "!a ", "{}", ": ", "-\n", "|\n", "a\n\n", "漢 ", "\"a\": \"b\",\n",
        ])
    func large(unit: String) {
        let text = String(repeating: unit, count: (8 << 20) / unit.utf8.count)
        let clock = ContinuousClock()
        let time = clock.measure { _ = Reading(text) }
        #expect(time < .seconds(10), "\(time)")
    }
}
