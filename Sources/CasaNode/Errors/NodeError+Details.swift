internal import CasaBundle
internal import CasaDiagnostics

extension NodeError {
    static func diagnostic(of problem: CgroupProblem) -> Diagnostic {
        let path = TextSafety.visible(problem.path)
        switch problem.kind {
        case .missing:
            return Diagnostic(
                .missingCgroup, at: problem.origin, "there is no cgroup `\(path)`", label: "not there"
            )
            .help("list the cgroups of pods that run on this node now")
        case .notCgroup2:
            return Diagnostic(
                .missingCgroup, at: problem.origin, "`\(path)` is not a directory of a cgroup v2 hierarchy",
                label: "not cgroup v2")
        case .root:
            return Diagnostic(
                .missingCgroup, at: problem.origin, "`\(path)` is the root of the hierarchy",
                label: "the whole machine"
            ).note("a policy on it would judge every process, this one too")
        case .nested(let outer):
            return Diagnostic(
                .missingCgroup, at: problem.origin, "cgroup `\(path)` lies in `\(outer)`",
                label: "judged twice"
            ).help("list the outer one or the inner ones")
        case .taken(let owner):
            return Diagnostic(
                .missingCgroup, at: problem.origin, "cgroup `\(path)` is judged for \(owner)",
                label: "judged already")
        }
    }

    static func diagnostic(of rejection: VerifierRejection) -> Diagnostic {
        var diagnostic = Diagnostic(
            .rejectedByKernel, at: nil,
            "the kernel's verifier refuses program `\(rejection.program)`: \(rejection.log.reason)")
        if let place = rejection.place {
            let text = place.text.isEmpty ? "" : ": \(TextSafety.visible(place.text))"
            diagnostic = diagnostic.note("at \(TextSafety.visible(place.file)):\(place.line)\(text)")
        }
        if rejection.log.omitted > 0 {
            diagnostic = diagnostic.note(
                "\(rejection.log.omitted) lines of its log are left out before these")
        }
        for line in rejection.log.tail { diagnostic = diagnostic.note(TextSafety.visible(line)) }
        return diagnostic.help(
            "this is a fault of CASA or a kernel it does not know: report it with these lines")
    }

    /// How many rules are named; the rest are counted.
    private static let namedRules = 8

    static func diagnostic(of points: [UnservedPoint], _ rules: [RuleEntry]) -> Diagnostic {
        let names = list(points.map { "`\(TextSafety.visible($0.point))`" })
        var diagnostic = Diagnostic(
            .unservedEnforcementPoint, at: nil,
            "rules of the bundle need \(names), and nobody serves \(points.count == 1 ? "it" : "them")")
        for point in points {
            for number in point.rules.prefix(namedRules) {
                guard let rule = rules.first(where: { $0.number == number }) else { continue }
                diagnostic = diagnostic.note(
                    "\(TextSafety.visible(point.point)): \(RuleText.sentence(of: rule))")
            }
            if point.rules.count > namedRules {
                diagnostic = diagnostic.note(
                    "\(TextSafety.visible(point.point)): \(point.rules.count - namedRules) more rules")
            }
        }
        if points.contains(where: { $0.point == "inventory" }) {
            diagnostic = diagnostic.help("list the names these rules speak of in the inventory")
        }
        return diagnostic.help("`--kernel-only` loads what the kernel can hold, and the status says so")
    }

    static func diagnostic(of failure: AddressTable.Failure, at range: SourceRange?) -> Diagnostic {
        switch failure {
        case .tooManyClasses(let address, let count):
            Diagnostic(
                .invalidInventory, at: range, "address \(address) is in \(count) classes of the bundle",
                label: "at most \(AddressTable.classLimit)")
        case .duplicate(let address):
            Diagnostic(
                .invalidInventory, at: range, "address \(address) is in the table twice", label: "again")
        case .noPerfectHash(let entries):
            Diagnostic(.internalError, at: range, "no table was found for \(entries) addresses")
        }
    }
}
