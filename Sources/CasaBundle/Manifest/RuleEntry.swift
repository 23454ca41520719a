package import CasaDiagnostics
package import CasaPolicyIR

/// One rule of an object with its provenance, as the manifest writes it.
package struct RuleEntry: Hashable, Sendable, Codable {
    package let number: Int
    package let subject: Int
    package let direction: String
    /// The peer in words; the numbers the code knows it by are in `classes`.
    package let peer: String
    package let classes: [UInt16]
    package let transport: String
    package let ports: Ports
    package let effect: String
    package let source: String
    package let origin: Origin?
    package let enforcement: [String]

    package struct Ports: Hashable, Sendable, Codable {
        package let first: UInt16
        package let last: UInt16
    }

    /// Where the rule is written: lines and columns from one, bytes from zero.
    package struct Origin: Hashable, Sendable, Codable {
        package let file: String
        package let line: Int
        package let column: Int
        package let endLine: Int
        package let endColumn: Int
        package let firstByte: Int
        package let endByte: Int

        package init(_ range: SourceRange) {
            let (start, end) = (range.start, range.end)
            file = range.file.artifactName
            line = start.line
            column = start.column
            endLine = end.line
            endColumn = end.column
            firstByte = range.bytes.lowerBound
            endByte = range.bytes.upperBound
        }

        /// The place as compilers print it: `file:line:column`.
        package var description: String { "\(file):\(line):\(column)" }
    }

    package init(number: Int, rule: Rule, subject: Int, classes: [UInt16]) {
        self.number = number
        self.subject = subject
        direction = rule.direction.rawValue
        peer = rule.peer.description
        self.classes = classes
        transport = rule.transport.rawValue
        ports = Ports(first: rule.ports.lowerBound, last: rule.ports.upperBound)
        effect = Self.name(of: rule.effect)
        source = Self.text(of: rule.source)
        origin = rule.origin.map(Origin.init)
        enforcement = rule.enforcement.map(\.rawValue)
    }

    /// The name of an effect in manifests and listings.
    package static func name(of effect: Effect) -> String {
        switch effect {
        case .auditedDeny: "audited-deny"
        case .allow: "allow"
        case .deny: "deny"
        case .quarantine: "quarantine"
        }
    }

    /// Why a rule is there, in words.
    package static func text(of source: RuleSource) -> String {
        switch source {
        case .written(let policy): "CASAPolicy \(policy)"
        case .admitted(let policy): "admitted by CASAPolicy \(policy)"
        case .implicit(let rule): "implicit \(rule.rawValue)"
        }
    }
}
