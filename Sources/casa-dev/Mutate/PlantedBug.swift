internal import CasaBundle

/// A mistake that a compiler could make, declared in a file of `Tests/Fixtures/bugs`.
///
/// Lines are `key: value`; a line that begins with `#` is a comment. What every bug has: `bug`, in a sentence, and
/// `refutes`, the obligation that has to notice. `form` is `tree` or `table`. Then one mistake:
///
/// - `rules`: the policy is compiled as if its rules were others (``RuleChange``)
/// - `code`: a function whose instructions change; `where` says which, with `*` for anything, `set` how (``CodeChange``)
/// - `table`: the decision table changes (``TableChange``)
/// - `template`: a file of `bpf-templates` in which `replace` stands once and becomes `with`
struct PlantedBug {
    enum Mistake {
        case rules(RuleChange)
        case code(CodeChange)
        case table(TableChange)
        case template(TemplateChange)
    }

    let sentence: String
    let form: Manifest.DecisionSummary.Form
    /// As a proof record names it.
    let obligation: String
    let mistake: Mistake

    private static let keys: Set<String> = [
        "bug", "form", "refutes", "rules", "code", "where", "set", "table", "template", "replace", "with",
    ]

    init(_ text: String) throws(MutationFailure) {
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else {
                throw .failed("a line is `key: value`: \(line)")
            }
            let key = String(line[..<colon])
            guard Self.keys.contains(key), fields[key] == nil else {
                throw .failed("`\(key)` is unknown or there twice")
            }
            fields[key] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        func field(_ key: String) throws(MutationFailure) -> String {
            guard let value = fields[key] else { throw .failed("`\(key)` is missing") }
            return value
        }
        sentence = try field("bug")
        obligation = try field("refutes")
        guard let form = Manifest.DecisionSummary.Form(rawValue: fields["form"] ?? "tree") else {
            throw .failed("`form` is `tree` or `table`")
        }
        self.form = form
        switch (fields["rules"], fields["code"], fields["table"], fields["template"]) {
        case (let change?, nil, nil, nil):
            guard let change = RuleChange(rawValue: change) else { throw .failed("no such rules: \(change)") }
            mistake = .rules(change)
        case (nil, let function?, nil, nil):
            mistake = .code(
                try CodeChange(function: function, pattern: try field("where"), setting: try field("set")))
        case (nil, nil, let change?, nil):
            guard let change = TableChange(rawValue: change) else {
                throw .failed("no such table: \(change)")
            }
            mistake = .table(change)
        case (nil, nil, nil, let file?):
            mistake = .template(
                TemplateChange(file: file, old: try field("replace"), new: fields["with"] ?? ""))
        default: throw .failed("a bug is one of `rules`, `code`, `table` and `template`")
        }
    }
}
