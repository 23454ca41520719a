internal import CasaPolicyIR

/// One try to reach a host, as the process that makes it is told.
struct Attempt {
    let number: Int
    let transport: Transport
    let address: IPAddress
    let port: UInt16
    /// How long an answer may take, in milliseconds.
    let patience: Int

    init(number: Int, transport: Transport, address: IPAddress, port: UInt16, patience: Int) {
        self.number = number
        self.transport = transport
        self.address = address
        self.port = port
        self.patience = patience
    }

    var line: String { "\(number) \(transport.rawValue) \(address) \(port) \(patience)" }

    init?(line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 5, let number = Int(words[0]), let transport = Transport(rawValue: words[1]),
            let address = IPAddress(words[2]), let port = UInt16(words[3]), let patience = Int(words[4])
        else { return nil }
        self.init(number: number, transport: transport, address: address, port: port, patience: patience)
    }
}

/// What became of an attempt, seen by the process that made it.
enum Outcome: Hashable {
    /// The same bytes came back.
    case allowed
    /// EPERM: the call itself was refused.
    case refused
    /// Nothing came back.
    case dropped
    /// Something else went wrong.
    case failed(errno: Int32)

    func line(for number: Int) -> String {
        switch self {
        case .allowed: "\(number) allowed"
        case .refused: "\(number) refused"
        case .dropped: "\(number) dropped"
        case .failed(let errno): "\(number) failed \(errno)"
        }
    }

    static func read(_ line: Substring) -> (number: Int, outcome: Outcome)? {
        let words = line.split(separator: " ")
        guard words.count >= 2, let number = Int(words[0]) else { return nil }
        switch words[1] {
        case "allowed": return (number, .allowed)
        case "refused": return (number, .refused)
        case "dropped": return (number, .dropped)
        case "failed": return words.count == 3 ? Int32(words[2]).map { (number, .failed(errno: $0)) } : nil
        case _: return nil
        }
    }
}
