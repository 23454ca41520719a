import Foundation
import Testing

/// The walls of `spec/architecture.md`, held: data flows one way, and the two sides of a proof never meet but in
/// bytes.
@Suite("imports point one way")
struct ImportTests {
    static let allowed: [String: Set<String>] = [
        "CasaDiagnostics": [],
        "CasaYAML": ["CasaDiagnostics"],
        "CasaBPF": [],
        "CasaPolicyIR": ["CasaDiagnostics"],
        "CasaPolicyLang": ["CasaDiagnostics", "CasaPolicyIR", "CasaYAML"],
        "CasaSMT": [],
        "CasaVerify": ["CasaBPF", "CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaSMT"],
        "CasaBundle": ["CasaDiagnostics", "CasaPolicyIR"],
        "CasaAttestation": ["CasaBundle", "CasaDiagnostics"],
        "CasaCodegen": ["CasaBPF", "CasaBundle", "CasaDiagnostics", "CasaPolicyIR"],
        "CasaCompiler": [
            "CasaBundle", "CasaCodegen", "CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaSMT",
            "CasaVerify", "CasaYAML",
        ],
        "CasaNode": ["CasaBPF", "CasaBundle", "CasaDiagnostics", "CasaPolicyIR", "CasaYAML"],
        "casa": [
            "CasaAttestation", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaCompiler", "CasaDiagnostics",
            "CasaNode", "CasaPolicyIR", "CasaSMT", "CasaVerify",
        ],
    ]

    /// The one room of each C library.
    static let libraries: [String: Set<String>] = [
        "CYAML": ["CasaYAML"],
        "CELF": ["CasaBPF"],
        "CLibBPF": ["CasaBPF", "CasaNode"],
        "CBPFShims": ["CasaBPF"],
        "COpenSSL": ["CasaAttestation", "CasaBundle"],
        "CZ3": ["CasaSMT"],
    ]

    @Test("a room imports only what the page of the architecture lets it", arguments: allowed.keys.sorted())
    func roomImportsWhatItMay(room: String) throws {
        let ours = Set(Self.allowed.keys)
        let permitted = try #require(Self.allowed[room])
        for file in try Repository.swiftFiles(in: "Sources/\(room)") {
            for name in try Repository.imports(of: file) {
                #expect(!ours.contains(name) || permitted.contains(name), "\(file) imports \(name)")
                if let rooms = Self.libraries[name] {
                    #expect(rooms.contains(room), "\(file) imports \(name), whose room is another")
                }
            }
        }
    }

    @Test("every room of the compiler is on the page")
    func everyRoomIsListed() throws {
        let tools: Set<String> = ["TemplateEmbedder", "casa-dev", "CasaTestSupport"]
        let rooms = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/Sources")
            .filter { $0.lowercased().hasPrefix("casa") || !$0.hasPrefix("C") }
        for room in rooms {
            #expect(Self.allowed[room] != nil || tools.contains(room), "\(room) has no line in the table")
        }
    }

    @Test("those who prove and those who emit never meet")
    func verifierAndEmitterAreApart() throws {
        for (room, other) in [("CasaVerify", "CasaCodegen"), ("CasaCodegen", "CasaVerify")] {
            for file in try Repository.swiftFiles(in: "Sources/\(room)") {
                #expect(try !Repository.imports(of: file).contains(other), "\(file)")
            }
        }
    }
}

/// Files of this repository.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func swiftFiles(in folder: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
        return names.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    }

    static func text(of file: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8)
    }

    static func imports(of file: String) throws -> [String] {
        try text(of: file).matches(of: /(?m)^(?:@\S+ )*(?:\w+ )?import (?:\w+ )?(\w+)/).map { String($0.1) }
    }
}
