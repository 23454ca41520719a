import FoundationEssentials

/// The files of the public BPF conformance suite, where this machine has them.
///
/// They lie beside the checkout, or where `CASA_CONFORMANCE` says. Naming `conformance` in `CASA_REQUIRE` makes their
/// absence a failure.
enum ConformanceSuite {
    static let folder: String = {
        if let named = environment["CASA_CONFORMANCE"] { return named }
        let checkout = #filePath.split(separator: "/").dropLast(3)
        return "/" + (checkout.dropLast() + ["shared", "conformance", "bpf"]).joined(separator: "/")
    }()

    static let isRequired = (environment["CASA_REQUIRE"] ?? "").split(separator: ",").contains("conformance")

    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".data") }.sorted()
    }()

    static var isPresent: Bool { !files.isEmpty }

    static func text(of file: String) throws -> String {
        try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
    }

    private static let environment = ProcessInfo.processInfo.environment
}
