package import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaYAML

/// Where an application is reached: what the `Host` header of requests to it says.
package struct BaseURL: Sendable {
    package enum Scheme: String, Hashable, Sendable, CaseIterable {
        case http, https
    }

    /// A host name or an address, in lower case; IPv6 without its brackets.
    package let host: Traced<String>
    /// As written; absent means the scheme's own.
    package let port: Traced<UInt16>?
    package let scheme: Traced<Scheme>

    /// Host and port as a `Host` header carries them.
    package var authority: String {
        let name = host.value.contains(":") ? "[\(host.value)]" : host.value
        return port.map { "\(name):\($0.value)" } ?? name
    }
}

extension Form<BaseURL> {
    /// Host and scheme, or one text as older documents have it.
    static var baseURL: Form {
        Form { field, reading in
            guard field.node.scalar != nil else { return current.read(field, reading) }
            guard let url = oneText.read(field, reading) else { return nil }
            let keys = "`host: \(url.authority)` and `scheme: \(url.scheme.value.rawValue)`"
            reading.report(
                Diagnostic(.deprecatedForm, at: field.place, "`baseUrl` as one text is an old form")
                    .help("write \(keys) under it"))
            return url
        }
    }

    private static var current: Form {
        .mapping("`baseUrl`") { keys in
            let host = keys.required("host", Form<Authority>.authority)
            let scheme = keys.required("scheme", .oneOf(BaseURL.Scheme.allCases, "scheme"))
            keys.hint("port", "write the port behind the host: `host: my-agent:8000`")
            guard let host, let scheme else { return nil }
            return BaseURL(host: host.value.host, port: host.value.port, scheme: scheme)
        }
    }

    /// `http://host:port/…`; the path says nothing to us.
    private static var oneText: Form {
        Form<String>.text.converting { text, reading in
            guard let separator = text.value.firstRange(of: "://") else {
                let example = text.value.isEmpty ? "http://my-agent:8000" : "http://\(text.value)"
                return reading.refuse(
                    Diagnostic(.invalidHost, at: text.origin, "`\(text.value)` is not a URL")
                        .help("write the scheme in front: `\(example)`"))
            }
            let name = text.value[..<separator.lowerBound]
            let place = text.origin(of: name)
            guard let scheme = BaseURL.Scheme(rawValue: name.lowercased()) else {
                return reading.refuse(
                    Diagnostic(.unknownValue, at: place, "unknown scheme `\(name)`")
                        .help("write `http` or `https`"))
            }
            let written = text.value[separator.upperBound...].prefix { !"/?#".contains($0) }
            return Authority(written, of: text, reading).map {
                BaseURL(host: $0.host, port: $0.port, scheme: Traced(scheme, at: place))
            }
        }
    }
}

/// A host, and a port behind it.
struct Authority: Sendable {
    let host: Traced<String>
    let port: Traced<UInt16>?

    /// Takes a part of a text apart; reports what is wrong with it.
    init?(_ written: Substring, of text: Traced<String>, _ reading: Reading) {
        let bracket = written.hasPrefix("[") ? written.firstIndex(of: "]") : nil
        let colon = written[(bracket ?? written.startIndex)...].firstIndex(of: ":")
        let name = written[..<(colon ?? written.endIndex)]
        let isAddress = bracket == nil ? IPAddress(String(name)) != nil : Self.isBracketed(name)
        let digits = colon.map { written[$0...].dropFirst() }
        let isOnePart = digits.map { $0.allSatisfy { $0 != ":" && $0 != "/" } } ?? true
        guard isAddress || HostName.isWellFormed(name), isOnePart else {
            reading.report(Self.problem(with: written, at: text.origin(of: written)))
            return nil
        }
        let bare = bracket == nil ? name : name.dropFirst().dropLast()
        host = Traced(bare.lowercased(), at: text.origin(of: name))
        guard let digits else {
            port = nil
            return
        }
        let isDecimal = digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && !digits.hasPrefix("0")
        guard isDecimal, let number = UInt16(digits) else {
            let place = text.origin(of: digits.isEmpty ? written : digits)
            reading.report(.invalidPort(String(digits), at: place))
            return nil
        }
        port = Traced(number, at: text.origin(of: digits))
    }

    private static func isBracketed(_ name: Substring) -> Bool {
        name.hasSuffix("]") && name.contains(":") && IPAddress(String(name.dropFirst().dropLast())) != nil
    }

    private static func problem(with written: Substring, at place: SourceRange) -> Diagnostic {
        if written.isEmpty {
            return Diagnostic(.invalidHost, at: place, "the host is empty").help(
                "write it as in `my-agent:8000`")
        }
        let diagnostic = Diagnostic(.invalidHost, at: place, "`\(written)` is not a host")
        if written.contains(":"), IPAddress(String(written)) != nil {
            return diagnostic.help("put brackets round the address: `[\(written)]:8000`")
        }
        if written.contains("://") {
            return diagnostic.help("write the scheme under `scheme`, and only host and port here")
        }
        if written.contains("/") {
            return diagnostic.help("write only host and port, without a path")
        }
        return diagnostic.help("use letters, digits, hyphens and dots, and a port, as in `my-agent:8000`")
    }
}

extension Form<Authority> {
    static var authority: Form {
        Form<String>.text.converting { text, reading in Authority(text.value[...], of: text, reading) }
    }
}
