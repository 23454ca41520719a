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
        .target(name: "CBPFShims"),
        .target(name: "CSystemShims"),

        // The rooms, in the order in which data passes through them.
        .target(name: "CasaDiagnostics"),
        .target(name: "CasaYAML", dependencies: ["CYAML", "CasaDiagnostics"]),
        .target(name: "CasaBPF", dependencies: ["CELF", "CLibBPF", "CBPFShims"]),
        .target(name: "CasaPolicyIR", dependencies: ["CasaDiagnostics"]),
        .target(name: "CasaPolicyLang", dependencies: ["CasaDiagnostics", "CasaYAML", "CasaPolicyIR"]),
        .target(name: "CasaVerify", dependencies: ["CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang"]),
        .target(
            name: "CasaBundle", dependencies: ["COpenSSL", "CSystemShims", "CasaDiagnostics", "CasaPolicyIR"]),
        .target(
            name: "CasaCodegen",
            dependencies: ["CasaBPF", "CasaBundle", "CasaDiagnostics", "CasaPolicyIR"],
            plugins: ["EmbedTemplates"]),
        .target(
            name: "CasaCompiler",
            dependencies: [
                "CasaDiagnostics", "CasaYAML", "CasaPolicyLang", "CasaPolicyIR", "CasaVerify", "CasaCodegen",
                "CasaBundle",
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
                "CasaCompiler", "CasaNode", "CasaDiagnostics", "CasaPolicyIR", "CasaBundle", "CasaCodegen",
            ]),

        // For those who work on CASA: `make demo`.
        .executableTarget(
            name: "casa-dev",
            dependencies: [
                "CSystemShims", "CasaBundle", "CasaCompiler", "CasaDiagnostics", "CasaNode", "CasaPolicyIR",
                "CasaPolicyLang",
            ]),

        // What is promised, measured: `make bench`.
        .executableTarget(
            name: "casa-bench",
            dependencies: [
                "CLibBPF", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaCompiler", "CasaDiagnostics",
                "CasaNode",
                "CasaPolicyIR",
            ],
            path: "Benchmarks/Driver"),

        // Tests mirror the rooms; conformance, kernel and end-to-end stand beside them.
        .target(
            name: "CasaTestSupport",
            dependencies: ["CasaDiagnostics", "CasaPolicyIR"]),
        .testTarget(
            name: "ArchitectureTests", dependencies: ["CasaBundle", "CasaCompiler", "CasaDiagnostics"]),
        .testTarget(name: "CasaDiagnosticsTests", dependencies: ["CasaDiagnostics"]),
        .testTarget(name: "CasaYAMLTests", dependencies: ["CasaDiagnostics", "CasaYAML"]),
        .testTarget(name: "CasaBPFTests", dependencies: ["CasaBPF"]),
        .testTarget(name: "ConformanceTests", dependencies: ["CasaBPF"]),
        .testTarget(
            name: "CasaPolicyLangTests",
            dependencies: ["CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaYAML"]),
        .testTarget(
            name: "CasaCodegenTests",
            dependencies: ["CasaBPF", "CasaBundle", "CasaCodegen", "CasaDiagnostics", "CasaPolicyIR"]),
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
            name: "DifferentialTests",
            dependencies: [
                "CSystemShims", "CasaBPF", "CasaBundle", "CasaCodegen", "CasaDiagnostics", "CasaNode",
                "CasaPolicyIR",
                "CasaTestSupport",
            ]),
        .testTarget(name: "EndToEndTests", dependencies: ["casa", "casa-dev", "CasaTestSupport"]),

        // Build-time tools: the templates are compiled when CASA is built and embedded.
        .executableTarget(name: "TemplateEmbedder"),
        .plugin(name: "EmbedTemplates", capability: .buildTool(), dependencies: ["TemplateEmbedder"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
