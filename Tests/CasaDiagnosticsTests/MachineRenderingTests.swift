import CasaDiagnostics
import Testing

@Suite("Reports for programs")
struct MachineRenderingTests {
    @Test("the concise form is one line each")
    func concise() {
        let text = Rendering(format: .concise).text([Example.unknownKey, Example.placeless])
        #expect(
            text == """
                policies/payments.yaml:7:5: error[CASA1001]: unknown key `alow`
                error[CASA6003]: loading needs the capability CAP_BPF

                """)
        #expect(Rendering(format: .concise).text([]).isEmpty)
    }

    @Test("the JSON form is one line with sorted keys")
    func json() {
        let text = Rendering(format: .json).text([Example.unknownKey])
        #expect(
            text == #"{"diagnostics":[{"code":"CASA1001","labels":[{"end":{"byte":85,"column":9,"line":7},"#
                + #""file":"policies/payments.yaml","primary":true,"start":{"byte":81,"column":5,"line":7},"#
                + #""text":"not a key of a rule"}],"message":"unknown key `alow`","name":"unknown-key","#
                + #""notes":[{"kind":"help","text":"did you mean `allow`?"}],"severity":"error"}],"version":1}"#
                + "\n")
        #expect(Rendering(format: .json).text([]) == "{\"diagnostics\":[],\"version\":1}\n")
    }

    @Test("only the first label is primary")
    func primary() {
        let text = Rendering(format: .json).text([Example.shadowed])
        #expect(text.split(separator: "\"primary\":true").count == 2)
        #expect(text.split(separator: "\"primary\":false").count == 2)
    }

    @Test("JSON strings hide nothing")
    func strings() {
        let message =
            "quote \" backslash \\ tab \t line \n bell \u{7} c1 \u{9B} bidi \u{202E} tag \u{E0041} é 漢 🎉 /"
        let text = Rendering(format: .json).text([Diagnostic(.wrongType, at: nil, message)])
        #expect(
            text.contains(
                #""quote \" backslash \\ tab \t line \n bell \u0007 c1 \u009b bidi \u202e tag \udb40\udc41 é 漢 🎉 /""#
            ))
    }
}
