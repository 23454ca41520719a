import CasaPolicyIR
import Testing

@Suite("Unknown is deny (semantics 14)")
struct UnknownTests {
    private let teller = WorkloadID.deployment("teller")

    private func judgement() throws -> Judgement {
        try Judgement(
            Documents.policy(
                on: "teller",
                """
                llmEndpoint: {fqdn: llm.example.com, port: 443}
                allowedSources: [{namespace: users, ports: [8000]}]
                """))
    }

    @Test("an address nobody told of is no peer of anyone")
    func unknownAddress() throws {
        let judgement = try judgement()
        for direction in Direction.allCases {
            #expect(judgement.decision(teller, direction, try .address("203.0.113.9"), 443) == .byDefault)
        }
    }

    @Test("nobody may do nothing")
    func nobody() throws {
        let policy = try #require(try judgement().model[namespace: "banking"])
        for direction in Direction.allCases {
            let question = Question(
                subject: nil, direction: direction, peer: .loopback, transport: .any, port: 0)
            #expect(Evaluator(policy).decide(question) == .byDefault)
        }
    }

    @Test("a workload that no document knows may do nothing")
    func unknownWorkload() throws {
        let judgement = try judgement()
        #expect(!judgement.opens(.deployment("stranger"), to: .name(DomainName("llm.example.com")), 443))
        #expect(judgement.decision(.deployment("stranger"), .egress, .loopback, 0, .any) == .byDefault)
    }

    @Test("a packet that is not understood is refused, with its reason")
    func packets() throws {
        let policy = try #require(try judgement().model[namespace: "banking"])
        var book = AddressBook()
        let address = try #require(IPAddress("203.0.113.9"))
        book.add(.name(DomainName("llm.example.com")), at: address)
        let evaluator = PacketEvaluator(policy, book: book)
        let syn = Packet.tcp(to: address, port: 443)
        #expect(evaluator.judge(syn, subject: teller, direction: .egress).passes)
        #expect(evaluator.judge(syn, subject: nil, direction: .egress).refusal == .nobody)
        #expect(evaluator.judge([], subject: teller, direction: .egress).refusal == .malformed)
        #expect(evaluator.judge(Array(syn[..<19]), subject: teller, direction: .egress).refusal == .malformed)
        var other = syn
        other[9] = 47
        #expect(evaluator.judge(other, subject: teller, direction: .egress).refusal == .unsupportedProtocol)
        var fragment = syn
        fragment[7] = 1
        #expect(evaluator.judge(fragment, subject: teller, direction: .egress).refusal == .fragment)
        let stranger = Packet.tcp(to: try #require(IPAddress("203.0.113.10")), port: 443)
        #expect(evaluator.judge(stranger, subject: teller, direction: .egress).refusal == .unknownPeer)
        let otherPort = Packet.tcp(to: address, port: 80)
        #expect(evaluator.judge(otherPort, subject: teller, direction: .egress).refusal == .noRule)
    }
}

/// IPv4 packets by hand.
private enum Packet {
    /// The segment that opens a flow from 10.0.0.1 at port 40000.
    static func tcp(to address: IPAddress, port: UInt16) -> [UInt8] {
        let header: [UInt8] = [0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1] + address.networkBytes
        let ports: [UInt8] = [0x9C, 0x40, UInt8(port >> 8), UInt8(port & 0xFF)]
        return header + ports + [0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x02, 0xFF, 0xFF, 0, 0, 0, 0]
    }
}
