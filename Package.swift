// swift-tools-version: 6.2

import PackageDescription

/// Language settings of every Swift target; held in one place so that no room is laxer than another.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "casa",
    products: [
        .executable(name: "casa", targets: ["casa"])
    ],
    targets: [
        // C libraries, one module each.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CELF", pkgConfig: "libelf", providers: [.apt(["libelf-dev"])]),
        .systemLibrary(name: "CLibBPF", pkgConfig: "libbpf", providers: [.apt(["libbpf-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZ3", pkgConfig: "z3", providers: [.apt(["libz3-dev"])]),
        .target(name: "CBPFShims"),
        .target(name: "CSystemShims"),

        // The rooms, in the order in which data passes through them.
        .target(name: "CasaDiagnostics"),
        .target(name: "CasaYAML", dependencies: ["CYAML", "CasaDiagnostics"]),
        .target(name: "CasaBPF", dependencies: ["CELF", "CLibBPF", "CBPFShims"]),
        .target(name: "CasaPolicyIR", dependencies: ["CasaDiagnostics"]),
        .target(name: "CasaPolicyLang", dependencies: ["CasaDiagnostics", "CasaYAML", "CasaPolicyIR"]),
        .target(name: "CasaSMT", dependencies: ["CZ3"]),
        .target(
            name: "CasaVerify",
            dependencies: ["CasaBPF", "CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaSMT"]),
        .target(
            name: "CasaBundle", dependencies: ["COpenSSL", "CSystemShims", "CasaDiagnostics", "CasaPolicyIR"]),
        .target(name: "CasaAttestation", dependencies: ["COpenSSL", "CasaBundle", "CasaDiagnostics"]),
        .target(
            name: "CasaCodegen",
            dependencies: ["CasaBPF", "CasaBundle", "CasaDiagnostics", "CasaPolicyIR"],
            plugins: ["EmbedTemplates"]),
        .target(
            name: "CasaCompiler",
            dependencies: [
                "CasaDiagnostics", "CasaYAML", "CasaPolicyLang", "CasaPolicyIR", "CasaSMT", "CasaVerify",
                "CasaCodegen", "CasaBundle",
            ]),
        .target(
            name: "CasaNode",
            dependencies: [
                "CasaBPF", "CasaBundle", "CasaDiagnostics", "CasaPolicyIR", "CasaYAML", "CLibBPF",
                "CSystemShims",
            ]),
        .executableTarget(
            name: "casa",
            dependencies: [
                "CasaAttestation", "CasaBPF", "CasaCompiler", "CasaNode", "CasaDiagnostics", "CasaPolicyIR",
                "CasaBundle", "CasaCodegen", "CasaSMT", "CasaVerify",
            ]),

        // For those who work on CASA: `make demo`.
        .executableTarget(
            name: "casa-dev",
            dependencies: [
                "CSystemShims", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaCompiler", "CasaDiagnostics",
                "CasaNode", "CasaPolicyIR", "CasaPolicyLang", "CasaSMT", "CasaVerify",
            ]),

        // What is promised, measured: `make bench`.
        .executableTarget(
            name: "casa-bench",
            dependencies: [
                "CLibBPF", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaCompiler", "CasaDiagnostics",
                "CasaNode",
                "CasaPolicyIR", "CasaTestSupport",
            ],
            path: "Benchmarks/Driver"),

        // Tests mirror the rooms; conformance, kernel and end-to-end stand beside them.
        .target(
            name: "CasaTestSupport",
            dependencies: [
                "CasaBPF", "CasaBundle", "CasaCodegen", "CasaCompiler", "CasaDiagnostics", "CasaNode",
                "CasaPolicyIR",
            ]),
        .testTarget(
            name: "ArchitectureTests", dependencies: ["CasaBundle", "CasaCompiler", "CasaDiagnostics"]),
        .testTarget(name: "CasaDiagnosticsTests", dependencies: ["CasaDiagnostics"]),
        .testTarget(name: "CasaYAMLTests", dependencies: ["CasaDiagnostics", "CasaYAML"]),
        .testTarget(name: "CasaBPFTests", dependencies: ["CasaBPF"]),
        .testTarget(name: "CasaSMTTests", dependencies: ["CasaSMT"]),
        .testTarget(name: "ConformanceTests", dependencies: ["CasaBPF", "CasaSMT", "CasaVerify"]),
        .testTarget(
            name: "CasaPolicyLangTests",
            dependencies: ["CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaYAML"]),
        .testTarget(
            name: "CasaCodegenTests",
            dependencies: ["CasaBPF", "CasaBundle", "CasaCodegen", "CasaDiagnostics", "CasaPolicyIR"]),
        .testTarget(
            name: "CasaAttestationTests",
            dependencies: ["CasaAttestation", "CasaBundle", "CasaDiagnostics", "CasaTestSupport"]),
        .testTarget(
            name: "CasaNodeTests",
            dependencies: [
                "CasaBPF", "CasaBundle", "CasaDiagnostics", "CasaNode", "CasaPolicyIR", "CasaYAML",
            ]),
        .testTarget(
            name: "KernelTests",
            dependencies: [
                "CSystemShims", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaDiagnostics", "CasaNode",
                "CasaPolicyIR",
                "CasaTestSupport",
            ]),
        .testTarget(
            name: "CasaCompilerTests",
            dependencies: [
                "CasaCompiler", "CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaTestSupport",
                "CasaVerify",
                "CasaYAML",
            ]),
        .testTarget(
            name: "CasaVerifyTests",
            dependencies: [
                "casa-dev", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaCompiler", "CasaDiagnostics",
                "CasaPolicyIR", "CasaSMT", "CasaTestSupport", "CasaVerify",
            ]),
        .testTarget(
            name: "DifferentialTests",
            dependencies: [
                "CSystemShims", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaDiagnostics", "CasaNode",
                "CasaPolicyIR",
                "CasaTestSupport",
            ]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["casa", "casa-dev", "CasaBundle", "CasaTestSupport"]),

        // Build-time tools: the templates are compiled when CASA is built and embedded.
        .executableTarget(name: "TemplateEmbedder"),
        .plugin(name: "EmbedTemplates", capability: .buildTool(), dependencies: ["TemplateEmbedder"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
