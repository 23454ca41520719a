import CasaYAML
import Testing

@Suite("A scalar is asked what it means")
struct ScalarTests {
    @Test(
        "plain texts that Kubernetes' reader takes for something else are not strings",
        arguments: [
            "1", "-1", "+1", "0", "0777", "08", "1_000", "0x1F", "0o17", "0b11", "1.5", ".5", "5.", "1e3",
            "-1.5E-3", ".inf",
            "-.Inf", ".NAN", "true", "No", "y", "N", "on", "~", "", "null",
        ])
    func notStrings(text: String) {
        #expect(YAMLScalar(text: text, isPlain: true).string == nil)
        #expect(YAMLScalar(text: text, isPlain: false).string == text)
    }

    @Test(
        "other plain texts are strings",
        arguments: [
            "a", "nan", "inf", "infinity", "0x", "0xg", "1.2.3", "10.0.0.1", "10.0.0.0/8", "1e", "e1", ".",
            "-", "+", "_1",
            "2001-01-01", "yess", "0x1p3", "1:30", "--1", "._5", "v1",
        ])
    func strings(text: String) {
        #expect(YAMLScalar(text: text, isPlain: true).string == text)
    }

    @Test("integers are decimal, and never guessed from a leading zero")
    func integers() {
        #expect(YAMLScalar(text: "8080", isPlain: true).integer == 8080)
        #expect(YAMLScalar(text: "-1", isPlain: true).integer == -1)
        for text in ["0777", "0x10", "1_0", "1.0", "99999999999999999999", ""] {
            #expect(YAMLScalar(text: text, isPlain: true).integer == nil)
        }
        #expect(YAMLScalar(text: "8080", isPlain: false).integer == nil)
    }

    @Test(
        "core tags decide what a scalar is",
        arguments: [
            ("!!str 80", YAMLScalar(text: "80", isPlain: false)),
            ("! 80", YAMLScalar(text: "80", isPlain: false)),
            ("!!str", YAMLScalar(text: "", isPlain: false)),
            ("!!int \"80\"", YAMLScalar(text: "80", isPlain: true)),
            ("!!bool 'true'", YAMLScalar(text: "true", isPlain: true)),
            ("!!float 1", YAMLScalar(text: "1", isPlain: true)),
            ("!!null ''", YAMLScalar(text: "", isPlain: true)),
            ("!<tag:yaml.org,2002:str> 80", YAMLScalar(text: "80", isPlain: false)),
        ])
    func tags(text: String, expected: YAMLScalar) {
        let reading = Reading("a: " + text + "\n")
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.root?["a"]?.scalar == expected)
    }
}
