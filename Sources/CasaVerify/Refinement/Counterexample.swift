package import CasaPolicyIR

/// A case in which bytes and policy disagree; it was replayed before anyone sees it.
package enum Counterexample: Hashable, Sendable {
    case decision(DecisionCounterexample)
    case region(RegionCounterexample)
    case hook(HookCounterexample)
    case tableEntry(TableCounterexample)
}

/// A question that `casa_verdict` answers otherwise than the policy.
package struct DecisionCounterexample: Hashable, Sendable {
    package let subject: UInt32
    package let classNumber: UInt32
    package let question: UInt32
    /// The word that the bytes answer.
    package let found: UInt32
    /// The word that the policy says.
    package let expected: UInt32

    package init(subject: UInt32, classNumber: UInt32, question: UInt32, found: UInt32, expected: UInt32) {
        self.subject = subject
        self.classNumber = classNumber
        self.question = question
        self.found = found
        self.expected = expected
    }
}

/// An address that a region function puts elsewhere than the policy.
package struct RegionCounterexample: Hashable, Sendable {
    package let address: IPAddress
    package let found: UInt32
    package let expected: UInt32

    package init(address: IPAddress, found: UInt32, expected: UInt32) {
        self.address = address
        self.found = found
        self.expected = expected
    }
}

/// A packet, call or socket on which a program answers otherwise than it should.
package struct HookCounterexample: Hashable, Sendable {
    package let program: String
    /// The packet from its IP header on; empty for a call or a socket.
    package let packet: [UInt8]
    /// Everything else that the answer depends on, by name: fields of the context, the socket, the policy's answers.
    package let circumstances: [Circumstance]
    package let found: UInt64
    package let expected: UInt64

    package struct Circumstance: Hashable, Sendable {
        package let name: String
        package let value: UInt64

        package init(name: String, value: UInt64) {
            self.name = name
            self.value = value
        }
    }

    package init(
        program: String, packet: [UInt8], circumstances: [Circumstance], found: UInt64, expected: UInt64
    ) {
        self.program = program
        self.packet = packet
        self.circumstances = circumstances
        self.found = found
        self.expected = expected
    }
}

/// A place of a table that no policy explains.
package struct TableCounterexample: Hashable, Sendable {
    package let table: String
    package let slot: Int
    package let found: String
    package let expected: String

    package init(table: String, slot: Int, found: String, expected: String) {
        self.table = table
        self.slot = slot
        self.found = found
        self.expected = expected
    }
}
