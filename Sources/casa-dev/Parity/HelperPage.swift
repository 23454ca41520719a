internal import CasaBPF
internal import FoundationEssentials

/// Every helper that the programs call, and who stands in for it where.
struct HelperPage {
    private struct Line {
        let helper: KernelHelper
        let callers: [String]
    }

    /// Where the kernel is modelled: the heading of the column, and the file.
    private static let models = [
        ("terms (proof)", "Sources/CasaVerify/Refinement/Hooks/HookHelpers.swift"),
        ("numbers (replay)", "Sources/CasaVerify/Refinement/Witness/ReplayKernel.swift"),
        ("numbers (tests)", "Sources/CasaTestSupport/Trial/ModelledKernel.swift"),
    ]

    private let lines: [Line]
    private let texts: [String]
    private let programCount: Int
    private let evidence: String

    init(_ object: ExampleObject, _ claims: ClaimCheck) throws {
        var callers: [KernelHelper: [String]] = [:]
        for program in object.programs {
            for number in try object.helpers(of: program) {
                guard let helper = KernelHelper(rawValue: number) else {
                    throw ParityFailure("`\(program.name)` calls helper \(number), which has no name")
                }
                callers[helper, default: []].append(program.name)
            }
        }
        lines = callers.sorted { $0.key.rawValue < $1.key.rawValue }.map { Line(helper: $0, callers: $1) }
        texts = try Self.models.map { try String(contentsOfFile: $0.1, encoding: .utf8) }
        programCount = object.programs.count
        evidence = try claims.tests("PacketDifferentialTests", "SocketDifferentialTests", "NoticeTests")
        for line in lines {
            for (text, model) in zip(texts, Self.models) where !text.hasWord("\(line.helper)") {
                throw ParityFailure("`\(model.1)` does not model \(line.helper.symbol)")
            }
        }
    }

    var text: String {
        var table = MarkdownTable("helper", "number", "arguments", "called by")
        for line in lines {
            let callers =
                line.callers.count == programCount
                ? "all" : line.callers.map(\.asCode).joined(separator: ", ")
            table.add(
                line.helper.symbol.asCode, "\(line.helper.rawValue)", "\(line.helper.argumentCount)", callers)
        }
        let models = Self.models.map { "| \($0.0) | `\($0.1)` |" }.joined(separator: "\n")
        return """
            # Helpers

            Every helper of the kernel that the programs of an object call; the policy's own functions call none. Any other call is refused,
            with its name, before anything is proved.

            \(table.text)

            Each of them is modelled in three places, and these agree with the kernel: \(evidence).

            | over | in |
            |---|---|
            \(models)

            """
    }
}
