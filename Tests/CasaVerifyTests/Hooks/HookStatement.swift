import CasaBPF
import CasaPolicyIR
import CasaSMT
import CasaVerify

/// The meaning of a function of the template, made once and evaluated on many situations.
final class HookStatement {
    private struct Case {
        let premises: Cone
        let result: Cone
        /// By the name of the variable that stands for the result.
        let applications: [String: (function: String, arguments: [Cone])]

        init(_ meaning: HookMeaning) {
            premises = Cone(of: meaning.premises)
            result = meaning.result.cone
            var applications: [String: (function: String, arguments: [Cone])] = [:]
            for application in meaning.applications {
                // What a case defines is no unknown.
                guard application.result.size == 1, let variable = application.result.variables.first else {
                    continue
                }
                applications[variable.name] = (application.function, application.arguments.map(\.cone))
            }
            self.applications = applications
        }
    }

    /// The statements about the functions of a template, by the name under which others apply them.
    typealias Functions = [String: (statement: HookStatement, arguments: [String])]

    private let cases: [Case]
    private let functions: Functions

    init(_ name: String, in object: BPFObject, calling functions: Functions = [:]) {
        cases = HookMeaning.cases(of: name, in: object).map(Case.init)
        self.functions = functions
    }

    /// What the statement says, in exactly one of its cases; `nil` where none or several hold.
    func answer(_ situation: Situation, _ surroundings: Surroundings) -> UInt128? {
        let matching = cases.map { Reading($0, situation, surroundings, functions) }.filter(\.isInCase)
        return matching.count == 1 ? matching[0].result : nil
    }

    /// One case, with what is known so far of its variables.
    private final class Reading {
        private struct Call: Hashable {
            let function: String
            let arguments: [UInt128]
        }

        private let part: Case
        private let situation: Situation
        private let surroundings: Surroundings
        private let functions: Functions
        private var known: [String: UInt128] = [:]
        private var answers: [Call: UInt128] = [:]

        init(_ part: Case, _ situation: Situation, _ surroundings: Surroundings, _ functions: Functions) {
            self.part = part
            self.situation = situation
            self.surroundings = surroundings
            self.functions = functions
        }

        var isInCase: Bool { part.premises.evaluate(value).allSatisfy { $0 == 1 } }

        var result: UInt128 { part.result.evaluate(value)[0] }

        private func value(of variable: Variable) -> UInt128 {
            if let value = known[variable.name] { return value }
            let value = find(variable.name)
            known[variable.name] = value
            return value
        }

        private func find(_ name: String) -> UInt128 {
            if let (function, arguments) = part.applications[name] {
                return apply(Call(function: function, arguments: arguments.map { $0.evaluate(value)[0] }))
            }
            switch name {
            case "subject": return UInt128(situation.subject)
            case "regions": return surroundings.regions
            case "has socket": return situation.hasSocket ? 1 : 0
            case "is full socket": return situation.isFullSocket ? 1 : 0
            case "peers are kept": return situation.arePeersKept ? 1 : 0
            case "version": return UInt128(situation.byte(ofPacket: 0) >> 4)
            case "header words": return UInt128(situation.byte(ofPacket: 0) & 0xF)
            default: break
            }
            let words = name.split(separator: " ")
            if words.count == 2, let argument = situation.arguments[String(words[1])] { return argument }
            guard words.count == 2, let offset = Int(words[1]) else {
                preconditionFailure("nobody knows `\(name)`")
            }
            switch words[0] {
            case "__sk_buff", "bpf_sock_addr", "bpf_sock": return UInt128(situation.context[offset])
            case "peers": return UInt128(situation.peers[offset])
            default: preconditionFailure("nobody knows `\(name)`")
            }
        }

        private func apply(_ call: Call) -> UInt128 {
            if let answer = answers[call] { return answer }
            let answer = work(out: call)
            answers[call] = answer
            return answer
        }

        private func work(out call: Call) -> UInt128 {
            let arguments = call.arguments
            switch call.function {
            case "packet": return UInt128(situation.byte(ofPacket: arguments[0]))
            case "socket": return UInt128(situation.socket[Int(arguments[0])])
            case "verdict":
                return UInt128(
                    surroundings.claimed.word(
                        subject: situation.subject, class: UInt32(arguments[0]),
                        question: UInt32(arguments[1])))
            case "region4": return UInt128(surroundings.claimed.regionClass(of: .v4(UInt32(arguments[0]))))
            case "region6":
                return UInt128(
                    surroundings.claimed.regionClass(
                        of: .v6(high: UInt64(arguments[0]), low: UInt64(arguments[1]))))
            default: break
            }
            if let table = surroundings.tables[call.function] {
                // The one place that the hash names is inside of the table, whatever the key.
                precondition(arguments[0] < table.count, "a lookup leaves \(call.function)")
                return UInt128(table[Int(arguments[0])])
            }
            guard let (statement, names) = functions[call.function] else {
                preconditionFailure("nobody knows `\(call.function)`")
            }
            var situation = situation
            situation.arguments = Dictionary(uniqueKeysWithValues: zip(names, arguments))
            guard let answer = statement.answer(situation, surroundings) else {
                preconditionFailure("`\(call.function)` is cut into cases that overlap")
            }
            return answer
        }
    }
}
