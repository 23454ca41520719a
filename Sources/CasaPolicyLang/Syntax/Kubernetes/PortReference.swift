internal import CasaDiagnostics
internal import CasaYAML

/// A port by number, or by the name it has in a container.
package enum PortReference: Hashable, Sendable {
    case number(UInt16)
    case name(String)
}

/// What Kubernetes can put on a port.
package enum TransportProtocol: String, Hashable, Sendable, CaseIterable {
    case tcp = "TCP"
    case udp = "UDP"
    case sctp = "SCTP"
}

extension Form<PortReference> {
    static var portReference: Form {
        Form { field, reading in
            guard field.node.scalar?.string != nil else {
                return Form<UInt16>.port.read(field, reading).map(PortReference.number)
            }
            return portName.read(field, reading).map(PortReference.name)
        }
    }

    /// At most 15 of `a-z`, `0-9` and `-`, with a letter among them (RFC 6335 section 5.1).
    private static var portName: Form<String> {
        Form<String>.text.converting { text, reading in
            let hasLetter = text.value.utf8.contains { (0x61...0x7A).contains($0) }
            if hasLetter, text.value.utf8.count <= 15, NameRule.label.admits(text.value) { return text.value }
            let diagnostic = Diagnostic(
                .invalidName, at: text.origin, "`\(text.value)` is not the name of a port")
            return reading.refuse(
                UInt16(text.value) == nil
                    ? diagnostic.help("use at most 15 of `a-z`, `0-9` and `-`, with a letter among them")
                    : diagnostic.help("write `\(text.value)` without quotes for the number"))
        }
    }
}

extension Form<TransportProtocol> {
    static var transport: Form { .oneOf(TransportProtocol.allCases, "protocol") }
}
