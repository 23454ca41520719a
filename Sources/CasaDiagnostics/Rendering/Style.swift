/// How the parts of a report look on a terminal.
struct Style: Sendable {
    /// A part of a report that has a look of its own.
    enum Role {
        case severity(Severity)
        case message
        case gutter
        case secondary
    }

    static let plain = Style(isColoured: false)
    /// The eight colours that every terminal has, and bold.
    static let ansi = Style(isColoured: true)

    private let isColoured: Bool

    func paint(_ text: String, _ role: Role) -> String {
        guard isColoured, !text.isEmpty else { return text }
        let code =
            switch role {
            case .severity(.error): "1;31"
            case .severity(.warning): "1;33"
            case .severity(.info): "1;36"
            case .message: "1"
            case .gutter: "34"
            case .secondary: "36"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
