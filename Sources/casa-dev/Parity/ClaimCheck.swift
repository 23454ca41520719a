internal import CasaVerify
internal import FoundationEssentials

/// What a page may refer to: tests that exist and obligations that some proof has.
struct ClaimCheck {
    /// The texts of the suites, by the names of their files.
    private let tests: [String: String]
    let obligations: Set<String>

    /// What many suites build their policies with.
    private static let builder = "Documents"

    init(obligations: [String]) {
        // Those of the object, and those of the tables that a node makes when it loads.
        self.obligations = Set(obligations + AddressTableProof.Family.allCases.map { "addresses \($0)" })
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: "Tests")) ?? []
        var tests: [String: String] = [:]
        for path in paths.sorted() where path.hasSuffix(".swift") {
            guard let text = try? String(contentsOfFile: "Tests/\(path)", encoding: .utf8),
                let file = path.split(separator: "/").last
            else { continue }
            // The line breaks inside of a literal are no letters.
            tests[String(file.dropLast(".swift".count)), default: ""] += text.replacing("\\n", with: " ")
        }
        self.tests = tests
    }

    func tests(_ names: String...) throws(ParityFailure) -> String { try tests(names) }

    /// Suites by their files, as a page names them.
    func tests(_ names: [String]) throws(ParityFailure) -> String {
        for name in names where tests[name]?.contains("@Test") != true {
            throw ParityFailure("there is no test `\(name)`")
        }
        return names.map(\.asCode).joined(separator: ", ")
    }

    /// Suites that write a key, themselves or by what they build their policies with.
    func tests(_ names: [String], of key: String) throws(ParityFailure) -> String {
        let word = key.split(separator: ".").last.map(String.init) ?? key
        for name in names {
            let text = tests[name] ?? ""
            let builder = text.contains("\(Self.builder).") ? tests[Self.builder] ?? "" : ""
            guard (text + builder).hasWord(word) else {
                throw ParityFailure("the test `\(name)` does not speak of `\(key)`")
            }
        }
        return try tests(names)
    }

    func obligations(_ names: [String]) throws(ParityFailure) -> String {
        for name in names where !obligations.contains(name) {
            throw ParityFailure("no proof has the obligation `\(name)`")
        }
        return names.map(\.asCode).joined(separator: ", ")
    }
}

extension String {
    /// Whether the word occurs, not as a part of a longer one.
    func hasWord(_ word: String) -> Bool {
        ranges(of: word).contains { range in
            let before = self[..<range.lowerBound].last
            let after = self[range.upperBound...].first
            return [before, after].allSatisfy { $0.map { !$0.isLetter && !$0.isNumber } ?? true }
        }
    }
}
