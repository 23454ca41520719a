import CLibFuzzer
import CasaDiagnostics
import CasaPolicyIR
import CasaPolicyLang
import CasaVerify
import CasaYAML

/// Any bytes as a policy: what is wrong with them is said, and nothing traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzYAML(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    let file = SourceFile(name: "input.yaml", bytes: bytes)
    var diagnostics = DiagnosticBag()
    do {
        let documents = try ReadDocuments().run(file, reporting: &diagnostics)
        let syntax = try ReadSyntax().run(documents, reporting: &diagnostics)
        let checked = try Check().run(syntax, reporting: &diagnostics)
        for finding in Analysis().findings(in: checked) { diagnostics.report(finding) }
        precondition(Lower().run(checked).namespaces.allSatisfy { $0.rules.count < DecisionWord.ruleLimit })
    } catch {
        precondition(
            diagnostics.diagnostics.contains { $0.severity == .error }, "a phase stops only with an error")
    }
    render(diagnostics.diagnostics)
    return 0
}

/// The input stands in messages and excerpts too.
private func render(_ diagnostics: [Diagnostic]) {
    for format in Format.allCases {
        let text = Rendering(format: format, width: 80).text(diagnostics)
        precondition(
            text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control },
            "nothing of the input reaches the terminal as a control character")
    }
}

/// SwiftPM gives an executable a main function of its own name; it hands over to libFuzzer's.
@_cdecl("FuzzYAML_main")
public func mainYAML(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var count = count
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
    return LLVMFuzzerRunDriver(&count, &arguments) { data, count in data.map { fuzzYAML($0, count) } ?? 0 }
}
