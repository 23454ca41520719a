package import CasaDiagnostics
package import CasaPolicyIR
internal import CasaYAML

/// A port, or a range of ports, that a source may reach.
package struct SourcePort: Sendable {
    package let first: Traced<UInt16>
    /// The last port of a range.
    package let last: Traced<UInt16>?
    /// Absent means TCP; never ``Transport/any``.
    package let transport: Traced<Transport>?

    package var range: ClosedRange<UInt16> { first.value...(last?.value ?? first.value) }
}

extension Form<[Traced<SourcePort>]> {
    static var sourcePorts: Form {
        Form { field, reading in
            guard let ports = Form.list(of: .sourcePort).read(field, reading) else { return nil }
            guard field.node.sequence?.isEmpty == false else {
                return reading.refuse(
                    Diagnostic(.missingKey, at: field.place, "`ports` names no port")
                        .help("write the ports the source may reach, as in `[8080]`"))
            }
            return ports
        }
    }
}

extension Form<SourcePort> {
    /// A number, or a mapping where there is more to say.
    static var sourcePort: Form {
        Form { field, reading in
            guard field.node.scalar == nil else {
                return Form<UInt16>.port.read(field, reading).map {
                    SourcePort(first: Traced($0, at: field.place), last: nil, transport: nil)
                }
            }
            return fullSourcePort.read(field, reading)
        }
    }

    private static var fullSourcePort: Form {
        .mapping("a source's port") { keys in
            let first = keys.required("port", .port)
            let last = keys.optional("endPort", .port)
            let transport = keys.optional("protocol", .oneOf([Transport.tcp, .udp], "protocol"))
            guard let first else { return nil }
            if let last, last.value < first.value {
                let message = "`endPort` \(last.value) is less than `port` \(first.value)"
                return keys.reading.refuse(
                    Diagnostic(.invalidPort, at: last.origin, message)
                        .also(first.origin, "the range begins here")
                        .help("write the smaller number under `port`"))
            }
            return SourcePort(first: first, last: last, transport: transport)
        }
    }
}
