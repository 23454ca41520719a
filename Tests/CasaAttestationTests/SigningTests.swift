import CasaAttestation
import CasaBundle
import Testing

@Suite("Signing a bundle")
struct SigningTests {
    @Test("what is signed and verified is what the manifest says", arguments: KeyAlgorithm.allCases)
    func roundTrip(algorithm: KeyAlgorithm) throws {
        let files = try BundleExample.files()
        let signed = try BundleExample.sign(files, algorithm, generation: 41)
        let key = try KeyExample.signing(algorithm).publicKey
        let outcome = try BundleExample.verify(files, signed.envelope.bytes, trusting: [key])
        #expect(outcome.statement == signed.statement && outcome.keys == [key.id])
        #expect(outcome.bundle.manifest == (try BundleExample.manifest()))
        #expect(
            outcome.generation
                == AttestedGeneration(keys: [key.id], generation: 41, manifest: Digest(of: files.manifest)))
    }

    @Test("the statement is in-toto's, about every file, and says what was proved")
    func statement() throws {
        let signed = try BundleExample.sign(try BundleExample.files(), generation: 3)
        let text = String(decoding: signed.envelope.payload, as: UTF8.self)
        #expect(
            text == """
                {
                  "_type" : "https://in-toto.io/Statement/v1",
                  "predicate" : {
                    "compiler" : "casa 1",
                    "decisions" : {
                      "entries" : 7,
                      "form" : "table",
                      "tableBytes" : 128
                    },
                    "generation" : 3,
                    "namespace" : "bank",
                    "obligations" : [
                      {
                        "answer" : "proved",
                        "name" : "structure",
                        "questions" : 0,
                        "steps" : 0
                      },
                      {
                        "answer" : "proved",
                        "name" : "verdict",
                        "questions" : 3,
                        "steps" : 4711
                      }
                    ],
                    "policy" : {
                      "sha256" : "\(try BundleExample.manifest().policyDigest)"
                    },
                    "solver" : "Z3 4.8.12",
                    "sources" : [
                      {
                        "digest" : {
                          "sha256" : "\(Digest(of: [2]))"
                        },
                        "name" : "a.yaml"
                      },
                      {
                        "digest" : {
                          "sha256" : "\(Digest(of: [3]))"
                        },
                        "name" : "b.yaml"
                      }
                    ],
                    "template" : {
                      "sha256" : "\(Digest(of: [1]))"
                    },
                    "verifier" : "casa 1"
                  },
                  "predicateType" : "https://casa.io/attestation/proof/v1",
                  "subject" : [
                    {
                      "digest" : {
                        "sha256" : "\(Digest(of: try BundleExample.files().manifest))"
                      },
                      "name" : "manifest.json"
                    },
                    {
                      "digest" : {
                        "sha256" : "\(Digest(of: BundleExample.object))"
                      },
                      "name" : "policy.bpf.o"
                    },
                    {
                      "digest" : {
                        "sha256" : "\(Digest(of: BundleExample.runtime))"
                      },
                      "name" : "runtime.json"
                    }
                  ]
                }

                """)
    }

    @Test("Ed25519 makes the same file of the same bundle")
    func reproducible() throws {
        let files = try BundleExample.files()
        #expect(
            try BundleExample.sign(files).envelope.bytes == BundleExample.sign(files).envelope.bytes)
    }

    @Test(
        "what is not proved is not signed",
        arguments: [
            (nil, []), ([], []),
            ([.init(name: "structure", answer: "undecided", questions: 1, steps: 9)], ["structure"]),
            (
                BundleExample.obligations + [
                    .init(name: "region4", answer: "refuted", questions: 1, steps: 9)
                ],
                ["region4"]
            ),
            ([.init(name: "verdict", answer: "Proved", questions: 1, steps: 9)], ["verdict"]),
        ] as [([ProofRecord.Obligation]?, [String])])
    func unproved(obligations: [ProofRecord.Obligation]?, names: [String]) throws {
        let files = BundleExample.files(try BundleExample.manifest(obligations: obligations))
        #expect(throws: AttestationProblem.unproved(obligations: names)) { try BundleExample.sign(files) }
    }

    @Test("a bundle whose digests do not agree is not signed")
    func corrupt() throws {
        let files = try BundleExample.files().replacing(Bundle.objectName, with: [1])
        #expect(
            throws: AttestationProblem.corruptBundle(
                .wrongDigest(
                    file: Bundle.objectName, expected: Digest(of: BundleExample.object),
                    found: Digest(of: [1])))
        ) { try BundleExample.sign(files) }
    }

    @Test("a proof record of another policy makes a bundle that nobody takes")
    func otherPolicy() throws {
        var manifest = try BundleExample.manifest()
        manifest.rules.removeAll()
        let files = BundleExample.files(manifest)
        #expect(
            throws: Bundle.Corruption.inconsistent(reason: "its proof record is about another policy")
        ) { try files.bundle() }
    }

    @Test("a second key adds its signature to the first one's")
    func second() throws {
        let files = try BundleExample.files()
        let first = try BundleExample.sign(files, generation: 2).envelope
        let both = try BundleExample.sign(files, .ecdsaP256, generation: 2, over: first.bytes).envelope
        #expect(both.signatures.count == 2 && both.signatures.first == first.signatures.first)
        let keys = try [KeyAlgorithm.ed25519, .ecdsaP256].map { try KeyExample.signing($0).publicKey }
        for key in keys {
            #expect(try BundleExample.verify(files, both.bytes, trusting: [key]).keys == [key.id])
        }
        #expect(try BundleExample.verify(files, both.bytes, trusting: keys).keys == keys.map(\.id).sorted())
    }

    @Test("a key signs nothing that it finds: another statement stays as it is")
    func otherStatement() throws {
        let files = try BundleExample.files()
        let first = try BundleExample.sign(files, generation: 2).envelope.bytes
        #expect(throws: AttestationProblem.otherStatement(generation: 2)) {
            try BundleExample.sign(files, .ecdsaP256, over: first)
        }
        let foreign = try BundleExample.forge(Array("{}".utf8))
        #expect(throws: AttestationProblem.otherStatement(generation: nil)) {
            try BundleExample.sign(files, .ecdsaP256, over: foreign)
        }
        var manifest = try BundleExample.manifest()
        manifest.compiler = "casa 2"
        #expect(throws: AttestationProblem.otherStatement(generation: nil)) {
            try BundleExample.sign(BundleExample.files(manifest), generation: 2, over: first)
        }
        #expect(throws: AttestationProblem.self) {
            try BundleExample.sign(files, over: Array("not an envelope".utf8))
        }
    }

    @Test("generations are whole numbers that every JSON reader keeps")
    func generations() throws {
        let files = try BundleExample.files()
        for generation in [-1, 1 << 53, Int.max, Int.min] {
            #expect(throws: AttestationProblem.invalidGeneration(generation)) {
                try BundleExample.sign(files, generation: generation)
            }
        }
        let last = try BundleExample.sign(files, generation: 1 << 53 - 1).envelope.bytes
        #expect(try BundleExample.verify(files, last).generation.generation == 9_007_199_254_740_991)
    }

    @Test("nothing that is printed of a key is of its private half")
    func secrecy() throws {
        let key = try KeyExample.signing(.ed25519)
        let printed = "\(key) \(String(reflecting: key)) \(key.publicKey)".lowercased()
        #expect(!printed.contains(KeyExample.ed25519[0].prefix(16)))
    }
}
