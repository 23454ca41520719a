// swift-tools-version: 6.2

import PackageDescription

// The rooms that read what strangers write, built for libFuzzer: a package of its own, so that the product's build
// knows nothing of it. `Sources` is the product's, by a symbolic link.
let sanitizers = ["-sanitize=fuzzer,address"]

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // libFuzzer has the main function.
    .unsafeFlags(sanitizers + ["-parse-as-library"]),
]

let package = Package(
    name: "fuzz",
    targets: [
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),
        .systemLibrary(name: "CELF", pkgConfig: "libelf"),
        .systemLibrary(name: "CLibBPF", pkgConfig: "libbpf"),
        .target(name: "CBPFShims"),
        .target(name: "CasaDiagnostics"),
        .target(name: "CasaYAML", dependencies: ["CYAML", "CasaDiagnostics"]),
        .target(name: "CasaBPF", dependencies: ["CELF", "CLibBPF", "CBPFShims"]),
        .target(name: "CasaPolicyIR", dependencies: ["CasaDiagnostics"]),
        .target(name: "CasaPolicyLang", dependencies: ["CasaDiagnostics", "CasaYAML", "CasaPolicyIR"]),
        .systemLibrary(name: "CZ3", pkgConfig: "z3"),
        .target(name: "CasaSMT", dependencies: ["CZ3"]),
        .target(
            name: "CasaVerify",
            dependencies: ["CasaBPF", "CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaSMT"]),
        .target(name: "CLibFuzzer", path: "Targets/CLibFuzzer"),
        .executableTarget(
            name: "FuzzYAML",
            dependencies: [
                "CLibFuzzer", "CasaDiagnostics", "CasaPolicyIR", "CasaPolicyLang", "CasaVerify", "CasaYAML",
            ],
            path: "Targets/FuzzYAML"),
        .executableTarget(name: "FuzzELF", dependencies: ["CLibFuzzer", "CasaBPF"], path: "Targets/FuzzELF"),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type == .executable || target.name.hasPrefix("Casa") {
    target.swiftSettings = settings
    if target.type == .executable { target.linkerSettings = [.unsafeFlags(sanitizers)] }
}
