import CasaBundle
import CasaNode
import CasaPolicyIR
import Testing

/// From 64 bytes to a line of text.
@Suite struct EventTests {
    /// A record as the templates lay it out.
    static func bytes(
        time: UInt64 = 5_000_000, subject: UInt32 = 1, rule: UInt32 = .max, hook: UInt8 = 1,
        direction: UInt8 = 0,
        protocolNumber: UInt8 = 6, family: UInt8 = 4, rank: UInt8 = 0, reason: UInt8 = 2,
        classNumber: UInt16 = 0
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(time)
        writer.append(subject)
        writer.append(rule)
        for byte in [hook, direction, protocolNumber, family, rank, reason] { writer.append(byte) }
        writer.append(classNumber)
        writer.append(UInt16(40000))
        writer.append(UInt16(443))
        writer.append(UInt32(60))
        for byte: UInt8 in [203, 0, 113, 9] { writer.append(byte) }
        writer.append(zeros: 12)
        writer.append(UInt64(77))
        writer.append(UInt64(0))
        return writer.bytes
    }

    @Test("a record is read field by field")
    func decodes() throws {
        let record = try EventRecord(
            Self.bytes(rule: 3, hook: 6, direction: 1, protocolNumber: 17, rank: 2, reason: 0))
        #expect(record.time == 5_000_000 && record.subject == 1 && record.rule == 3)
        #expect(record.hook == .ingress && record.direction == .ingress && record.protocolNumber == 17)
        #expect(record.effect == .allow && record.refusal == .rule && record.cgroup == 77)
        #expect(
            record.peer?.description == "203.0.113.9" && record.localPort == 40000 && record.remotePort == 443
        )
        #expect(try EventRecord(Self.bytes(family: 6)).peer?.description == "cb00:7109::")
        #expect(try EventRecord(Self.bytes(family: 0)).peer == nil)
    }

    @Test("bytes that the templates do not write are refused, never guessed at")
    func refuses() {
        #expect(throws: EventRecord.Problem.size(63)) { try EventRecord(Array(Self.bytes().dropLast())) }
        #expect(throws: EventRecord.Problem.size(65)) { try EventRecord(Self.bytes() + [0]) }
        #expect(throws: EventRecord.Problem.unknown(field: "hook", value: 8)) {
            try EventRecord(Self.bytes(hook: 8))
        }
        #expect(throws: EventRecord.Problem.unknown(field: "hook", value: 0)) {
            try EventRecord(Self.bytes(hook: 0))
        }
        #expect(throws: EventRecord.Problem.unknown(field: "direction", value: 2)) {
            try EventRecord(Self.bytes(direction: 2))
        }
        #expect(throws: EventRecord.Problem.unknown(field: "rank", value: 5)) {
            try EventRecord(Self.bytes(rank: 5))
        }
        #expect(throws: EventRecord.Problem.unknown(field: "reason", value: 10)) {
            try EventRecord(Self.bytes(reason: 10))
        }
        #expect(throws: EventRecord.Problem.unknown(field: "family", value: 5)) {
            try EventRecord(Self.bytes(family: 5))
        }
    }

    private func event(_ bytes: [UInt8], _ state: NamespaceState) throws -> VerdictEvent {
        EventTranslation(state, bootedAt: 1_767_323_045_000_000_000).event(try EventRecord(bytes))
    }

    @Test("people read one line with who, whom, where and why")
    func lines() throws {
        let state = try StateExample.state()
        #expect(
            EventRendering.line(try event(Self.bytes(), state)) == """
                2026-01-02T03:04:05.005000Z DENIED bank/Deployment/teller (pod bank/teller-0) egress TCP to 203.0.113.9 \
                port 443 (name api.example.com) at connect4: nobody told who has this address
                """)
        let byRule = Self.bytes(
            rule: 0, hook: 6, direction: 1, protocolNumber: 17, rank: 1, reason: 0, classNumber: 16)
        #expect(
            EventRendering.line(try event(byRule, state)) == """
                2026-01-02T03:04:05.005000Z WOULD_DENY bank/Deployment/teller (pod bank/teller-0) ingress UDP from \
                203.0.113.9 to port 40000 (name api.example.com) at ingress: rule 0: deny egress to workload \
                bank/Pod/vault UDP 9000 (CASAPolicy bank/p, p.yaml:2:3)
                """)
        let socket = Self.bytes(hook: 7, protocolNumber: 132, family: 4, reason: 6)
        #expect(
            EventRendering.line(try event(socket, state)).hasSuffix(
                "(pod bank/teller-0) a socket of protocol 132 at sock_create: a socket that no rule can judge"
            ))
        let nobody = Self.bytes(subject: 0, hook: 5, protocolNumber: 0, family: 0, reason: 9)
        #expect(
            EventRendering.line(try event(nobody, state)).hasSuffix(
                "DENIED nobody (pod bank/teller-0) egress any protocol at egress: the programs run for nobody"
            ))
    }

    @Test("machines read one JSON object with stable keys and names")
    func json() throws {
        let state = try StateExample.state()
        #expect(
            EventRendering.json(try event(Self.bytes(), state)) == """
                {"cgroup":77,"direction":"egress","format":1,"hook":"connect4","length":60,"localPort":40000,\
                "namespace":"bank","peer":{"address":"203.0.113.9","names":["name api.example.com"],"port":443},\
                "pod":"bank/teller-0","protocol":6,"reason":"unknown-peer","time":"2026-01-02T03:04:05.005000Z",\
                "verdict":"DENIED","workload":"bank/Deployment/teller"}
                """)
        let byRule = try event(Self.bytes(rule: 0, rank: 3, reason: 0, classNumber: 16), state)
        #expect(
            EventRendering.json(byRule).contains(
                """
                "rule":{"effect":"deny","flow":"deny egress to workload bank/Pod/vault UDP 9000","number":0,\
                "origin":"p.yaml:2:3","source":"CASAPolicy bank/p"}
                """))
    }

    @Test("names from a bundle cannot move the cursor")
    func safe() throws {
        let state = try StateExample.state(pod: "bank/\u{1B}[2Jteller\u{202E}-0\n")
        let event = try event(Self.bytes(), state)
        for text in [EventRendering.line(event), EventRendering.json(event)] {
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
            #expect(
                text.contains(#"\u{1b}[2Jteller\u{202e}-0\u{a}"#)
                    || text.contains(#"\\u{1b}[2Jteller\\u{202e}-0\\u{a}"#))
        }
    }
}
