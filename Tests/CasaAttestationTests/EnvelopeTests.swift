import CasaAttestation
import Foundation
import Testing

@Suite("DSSE envelopes")
struct EnvelopeTests {
    @Test("the encoding that is signed is the specification's")
    func preAuthenticationEncoding() {
        let bytes = PreAuthenticationEncoding.encode(
            type: "http://example.com/HelloWorld", body: Array("hello world".utf8))
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
        #expect(
            PreAuthenticationEncoding.encode(type: "", body: []) == Array("DSSEv1 0  0 ".utf8), "empty parts")
        #expect(
            PreAuthenticationEncoding.encode(type: "ü", body: [0xFF]) == Array("DSSEv1 2 ü 1 ".utf8) + [0xFF],
            "lengths are of bytes")
    }

    @Test("the specification's own signature is accepted, once it is DER")
    func specificationSignature() throws {
        let key = try VerificationKey(
            pem: KeyExample.pem(
                "PUBLIC KEY",
                "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "67cd390f77aa359cb08c2235f652270493a9ed832b0abcc01f70954c0390d238"
                    + "0c782bd54e269125a44f4433aff1432ce94e12bca73aa67ac80cea12608ddf74"))
        let signature = KeyExample.bytes(
            "3044022003726ab101ad56c2763b6c6aac8e487275e2a79193a09dc5f859d9f8ef3c4a3b"
                + "022051eab0c06a369b64a7222537d4887a893dc200ae21060074d57825235b624864")
        let envelope = Envelope(
            payloadType: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
        #expect(key.accepts(signature, of: envelope.signedBytes))
    }

    @Test("an envelope reads back as it was written")
    func roundTrip() throws {
        for size in 0..<8 {
            var envelope = Envelope(payloadType: "a/b", payload: [UInt8](repeating: 0xFB, count: size))
            try envelope.sign(with: KeyExample.signing(.ed25519))
            try envelope.sign(with: KeyExample.signing(.ecdsaP256))
            #expect(try Envelope(envelope.bytes) == envelope)
        }
    }

    @Test("a key signs once, and the last time counts")
    func again() throws {
        var envelope = Envelope(payloadType: "a/b", payload: [1])
        let key = try KeyExample.signing(.ecdsaP384)
        try envelope.sign(with: key)
        let first = envelope.signatures
        try envelope.sign(with: KeyExample.signing(.ed25519))
        try envelope.sign(with: key)
        #expect(envelope.signatures.count == 2)
        #expect(envelope.signatures.last?.keyID == key.publicKey.id)
        #expect(envelope.signatures.last != first.last, "ECDSA takes a new random number")
    }

    @Test("both alphabets of base64 are read")
    func alphabets() throws {
        let text = #"{"payload": "-_-_", "payloadType": "t", "signatures": [{"sig": "+/+/"}]}"#
        let envelope = try Envelope(Array(text.utf8))
        #expect(envelope.payload == [0xFB, 0xFF, 0xBF])
        #expect(envelope.signatures[0].bytes == [0xFB, 0xFF, 0xBF] && envelope.signatures[0].keyID == nil)
    }

    @Test(
        "an envelope that is none is refused, with the reason",
        arguments: [
            ("", "not JSON at byte 0: it ends too early"),
            ("[]", "`` has the wrong type"),
            ("{}", "`payload` is missing"),
            (#"{"payload": "", "payloadType": "t", "signatures": {}}"#, "`signatures` has the wrong type"),
            (#"{"payload": 1, "payloadType": "t", "signatures": []}"#, "`payload` has the wrong type"),
            (#"{"payload": "", "payloadType": null, "signatures": []}"#, "`payloadType` has the wrong type"),
            (#"{"payload": "AA", "payloadType": "t", "signatures": []}"#, "its payload is not base64"),
            (#"{"payload": "AB==", "payloadType": "t", "signatures": []}"#, "its payload is not base64"),
            (#"{"payload": "A===", "payloadType": "t", "signatures": []}"#, "its payload is not base64"),
            (#"{"payload": "=AAA", "payloadType": "t", "signatures": []}"#, "its payload is not base64"),
            (#"{"payload": "A+A_", "payloadType": "t", "signatures": []}"#, "its payload is not base64"),
            (#"{"payload": "AA A", "payloadType": "t", "signatures": []}"#, "its payload is not base64"),
            (#"{"payload": "AAA\n", "payloadType": "t", "signatures": []}"#, "its payload is not base64"),
            (
                #"{"payload": "", "payloadType": "t", "signatures": [{"sig": "?"}]}"#,
                "a signature is not base64, or too long"
            ),
            (
                #"{"payload": "", "payload": "AAAA", "payloadType": "t", "signatures": []}"#,
                "not JSON at byte 16: a key is there twice"
            ),
            (
                #"{"payload": "", "p\u0061yload": "AAAA", "payloadType": "t", "signatures": []}"#,
                "not JSON at byte 16: a key is there twice"
            ),
            (
                #"{"payload": "", "payloadType": "t", "signatures": [], "x": {"y": 1, "y": 1}}"#,
                "not JSON at byte 68: a key is there twice"
            ),
            (
                #"{"payload": "", "payloadType": "t", "signatures": []} {}"#,
                "not JSON at byte 54: more than one value"
            ),
            (
                #"{"payload": "", "payloadType": "t", "signatures": [],}"#,
                "not JSON at byte 53: a key is missing"
            ),
            (#"{"payload": "\ud800", "payloadType": "t"}"#, "not JSON at byte 19: half a character"),
            (#"{"payload": "\ud800\u0041"}"#, "not JSON at byte 25: half a character"),
            (#"{"payload": '', "payloadType": "t"}"#, "not JSON at byte 12: not a value"),
            (#"{"payload": 01}"#, "not JSON at byte 13: a comma or a brace is missing"),
            (#"{"payload": 1.}"#, "not JSON at byte 14: not a value"),
            ("{\"payload\": \"\n\"}", "not JSON at byte 13: a control character in a string"),
            ("\u{FEFF}{}", "not JSON at byte 0: not a value"),
        ])
    func malformed(text: String, reason: String) {
        #expect(throws: AttestationProblem.invalidEnvelope(reason: reason)) {
            try Envelope(Array(text.utf8))
        }
    }

    @Test("what is deep, large, or not UTF-8 is refused and takes no time")
    func extremes() {
        func refuses(_ bytes: [UInt8]) -> Bool { (try? Envelope(bytes)) == nil }
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(refuses([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)))
            #expect(refuses(Array(String(repeating: "{\"a\":", count: 200_000).utf8)))
            #expect(refuses([UInt8](repeating: 0x20, count: 33 << 20)))
            #expect(refuses([0x7B, 0xFF, 0x7D]))
        }
        #expect(time < .seconds(5))
        let many = Array(repeating: #"{"sig": "AAAA"}"#, count: 17).joined(separator: ",")
        #expect(
            throws: AttestationProblem.invalidEnvelope(reason: "it has 17 signatures, and may have 16")
        ) {
            try Envelope(Array(#"{"payload": "", "payloadType": "t", "signatures": [\#(many)]}"#.utf8))
        }
        let long = String(repeating: "A", count: 2000)
        #expect(throws: AttestationProblem.invalidEnvelope(reason: "a signature is not base64, or too long"))
        {
            try Envelope(
                Array(#"{"payload": "", "payloadType": "t", "signatures": [{"sig": "\#(long)"}]}"#.utf8))
        }
        #expect(throws: AttestationProblem.invalidEnvelope(reason: "the name of a key is too long")) {
            try Envelope(
                Array(
                    #"{"payload": "", "payloadType": "t", "signatures": [{"sig": "", "keyid": "\#(long)"}]}"#
                        .utf8))
        }
    }

    @Test("an envelope takes no more signatures than it may have")
    func full() throws {
        let others = Array(repeating: #"{"sig": "AAAA"}"#, count: 16).joined(separator: ",")
        var envelope = try Envelope(
            Array(#"{"payload": "", "payloadType": "t", "signatures": [\#(others)]}"#.utf8))
        let key = try KeyExample.signing(.ed25519)
        #expect(throws: AttestationProblem.self) { try envelope.sign(with: key) }
        #expect(envelope.signatures.count == 16)
    }
}
