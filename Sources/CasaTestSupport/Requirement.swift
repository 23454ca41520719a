package import Foundation
package import Testing

/// What a test needs of the machine that it runs on.
package enum Requirement: String, Hashable, Sendable, CaseIterable {
    /// BPF programs can be loaded, pinned and attached to cgroups.
    case bpf
    case root
    case bpftool
    /// The vectors of the BPF conformance suite lie beside the checkout.
    case conformance
    /// A machine can be emulated, for kernels older than this one.
    case qemu
    /// The command line tool, as a second opinion on signatures.
    case openssl
    /// The solver's command line tool, as a second opinion on questions that were written down.
    case z3

    package var isMet: Bool {
        switch self {
        case .bpf: Self.root.isMet && Self.isMounted("bpf") && Self.isMounted("cgroup2")
        case .root: geteuid() == 0
        case .bpftool: Self.find("bpftool") != nil
        case .conformance: Self.conformanceVectors != nil
        case .qemu: Self.find("qemu-system-x86_64") != nil
        case .openssl: Self.find("openssl") != nil
        case .z3: Self.find("z3") != nil
        }
    }

    /// Where the conformance vectors are: beside the checkout, or where `CASA_CONFORMANCE` says.
    package static var conformanceVectors: URL? {
        let beside = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../shared/conformance/bpf")
        let named = ProcessInfo.processInfo.environment["CASA_CONFORMANCE"].map { URL(filePath: $0) }
        let place = (named ?? beside).standardizedFileURL
        return FileManager.default.fileExists(atPath: place.path()) ? place : nil
    }

    /// A program on PATH, or where administrators' programs are.
    package static func find(_ program: String) -> URL? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]).lazy
            .map { URL(filePath: $0).appending(path: program) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
    }

    private static func isMounted(_ type: String) -> Bool {
        let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
        return mounts.split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count > 2 && fields[2] == type
        }
    }

    /// Whether `CASA_REQUIRE` names it, so that its absence is a failure and not a skip.
    fileprivate var isDemanded: Bool {
        (ProcessInfo.processInfo.environment["CASA_REQUIRE"] ?? "").split(separator: ",").contains {
            $0 == rawValue
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips where the requirement is missing, unless `CASA_REQUIRE` names it.
    package static func requires(_ requirement: Requirement) -> Self {
        .enabled("needs \(requirement.rawValue)") { requirement.isMet || requirement.isDemanded }
    }
}
