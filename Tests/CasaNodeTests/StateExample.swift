import CasaBundle
import CasaNode
import Testing

/// States of a namespace as files have them.
enum StateExample {
    /// A generation whose links were switched from 1 ms to 2 ms after boot, with one rule for a UDP port.
    static func state(
        generation: Int = 1, pod: String = "bank/teller-0", port: Int = 9000, began: UInt64 = 1_000_000,
        ended: UInt64 = 2_000_000
    ) throws -> NamespaceState {
        let digest = String(repeating: "0", count: 64)
        let escaped = pod.unicodeScalars.map {
            $0.value < 0x20 ? "\\u00" + String($0.value + 0x100, radix: 16).dropFirst() : "\($0)"
        }
        let text = """
            {"format": 1, "generation": \(generation), "bundle": "\(digest)", "inventory": "\(digest)", "loadedAt": 0,
             "switchBegan": \(began), "switchEnded": \(ended), "kernelOnly": false, "unserved": [],
             "cgroups": [{"path": "/cg/teller", "id": 77, "workload": "bank/Deployment/teller", "pod": "\(escaped.joined())",
                          "subject": 1, "tags": []}],
             "addressNames": [{"address": "203.0.113.9", "names": ["name api.example.com"]}],
             "manifest": {"format": 1, "compiler": "test", "namespace": "bank",
              "object": {"file": "policy.bpf.o", "sha256": "\(digest)"}, "runtime": {"file": "r", "sha256": "\(digest)"},
              "template": "\(digest)", "sources": [], "decisions": {"form": "tree", "entries": 1, "tableBytes": 0},
              "subjects": [{"number": 1, "kind": "Deployment", "name": "teller", "hostNetwork": false}],
              "classes": [{"number": 16, "kind": "workload", "namespace": "bank", "workloadKind": "Pod", "name": "vault"}],
              "rules": [{"number": 0, "subject": 1, "direction": "egress", "peer": "workload bank/Pod/vault",
                "classes": [16], "transport": "UDP", "ports": {"first": \(port), "last": \(port)}, "effect": "deny",
                "source": "CASAPolicy bank/p", "enforcement": ["kernel"],
                "origin": {"file": "p.yaml", "line": 2, "column": 3, "endLine": 2, "endColumn": 9, "firstByte": 9,
                           "endByte": 15}}]}}
            """
        return try StableJSON.decode(Array(text.utf8))
    }
}
