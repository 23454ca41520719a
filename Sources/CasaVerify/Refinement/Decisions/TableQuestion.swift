internal import CasaSMT

/// A question to the decision table in the parts that its keys are made of, as terms.
struct TableQuestion {
    let subject: BitVector
    let classNumber: BitVector
    /// The bits of a question above the direction, which no question sets.
    let rest: BitVector
    let direction: BitVector
    let protocolNumber: BitVector
    let port: BitVector
    let arguments: [BitVector]

    init(in arena: TermArena) {
        subject = arena.variable("subject", width: 32)
        classNumber = arena.variable("class", width: 32)
        rest = arena.variable("rest", width: 7)
        direction = arena.variable("direction", width: 1)
        protocolNumber = arena.variable("protocol", width: 8)
        port = arena.variable("port", width: 16)
        let kind = rest.concatenated(withLow: direction).concatenated(withLow: protocolNumber)
        // Of arguments the low halves count; the upper ones are anything.
        arguments = [
            arena.variable("class upper", width: 32).concatenated(withLow: classNumber),
            arena.variable("question upper", width: 32).concatenated(withLow: kind)
                .concatenated(withLow: port),
        ]
    }

    /// The upper half of a question, without the port.
    var kind: BitVector { rest.concatenated(withLow: direction).concatenated(withLow: protocolNumber) }

    var flowVariables: [Variable] {
        [subject, classNumber, rest, direction, protocolNumber].flatMap(\.variables)
    }

    /// That there is one key for the question, and no other question has it: every part fits its place, and
    /// neither subject nor class is 0.
    var hasKey: Boolean {
        let arena = port.arena
        return arena.conjunction(of: [
            subject[16..<32].equals(arena.constant(0, width: 16)),
            !subject.equals(subject.constant(0)),
            classNumber[16..<32].equals(arena.constant(0, width: 16)),
            !classNumber.equals(classNumber.constant(0)),
            rest.equals(rest.constant(0)),
            protocolNumber[7..<8].equals(arena.constant(0, width: 1)),
        ])
    }

    /// The key of the question's own port.
    var exactKey: BitVector { flowKey.concatenated(withLow: port.zeroExtended(to: 24)) }

    /// The bits of the question's keys that are not about the port.
    var flowKey: BitVector {
        subject[0..<16].concatenated(withLow: classNumber[0..<16]).concatenated(withLow: direction)
            .concatenated(withLow: protocolNumber[0..<7])
    }
}
