internal import CSystemShims
internal import CasaPolicyIR
internal import Glibc

/// An attempt whose answer is awaited.
struct Flight {
    let attempt: Attempt
    private let socket: Int32
    private var isConnecting: Bool
    private let deadline: ContinuousClock.Instant
    /// Datagrams get lost without anyone's ill will: when to send again.
    private var resend: ContinuousClock.Instant

    enum Start {
        case flying(Flight)
        case ended(Outcome)
    }

    private static let resendAfter = Duration.milliseconds(300)

    static func start(_ attempt: Attempt) -> Start {
        let bytes = attempt.address.networkBytes
        let isDatagram = attempt.transport == .udp
        let socket = casa_demo_socket(bytes.count, isDatagram ? 1 : 0)
        guard socket >= 0 else { return .ended(outcome(of: socket)) }
        let flight = Flight(attempt, socket: socket)
        let result =
            isDatagram ? flight.sendDatagram() : casa_demo_connect(socket, bytes, bytes.count, attempt.port)
        guard result >= 0 || result == -EINPROGRESS else {
            close(socket)
            return .ended(outcome(of: result))
        }
        return .flying(flight)
    }

    private init(_ attempt: Attempt, socket: Int32) {
        self.attempt = attempt
        self.socket = socket
        isConnecting = attempt.transport != .udp
        deadline = .now + .milliseconds(attempt.patience)
        resend = .now + Self.resendAfter
    }

    /// What to wait for.
    var interest: Polling.Interest { Polling.Interest(descriptor: socket, writing: isConnecting) }

    var nextLook: ContinuousClock.Instant {
        attempt.transport == .udp ? min(deadline, resend) : deadline
    }

    /// Goes on as far as possible; an outcome ends the flight.
    mutating func look(isReady: Bool) -> Outcome? {
        let outcome = isReady ? proceed() : wait()
        if outcome != nil { close(socket) }
        return outcome
    }

    private mutating func wait() -> Outcome? {
        if ContinuousClock.now >= deadline { return .dropped }
        guard attempt.transport == .udp, ContinuousClock.now >= resend else { return nil }
        resend = .now + Self.resendAfter
        let result = sendDatagram()
        return result < 0 ? Self.outcome(of: result) : nil
    }

    private mutating func proceed() -> Outcome? {
        if isConnecting {
            let result = casa_demo_connected(socket)
            guard result == 0 else { return Self.outcome(of: result) }
            isConnecting = false
            let sent = casa_demo_send(socket, message, message.count)
            return sent < 0 ? Self.outcome(of: sent) : nil
        }
        var answer = [UInt8](repeating: 0, count: message.count + 1)
        let count = casa_demo_receive(socket, &answer, answer.count)
        if count < 0 { return Self.outcome(of: count) }
        return answer.prefix(Int(count)).elementsEqual(message) ? .allowed : .failed(errno: EBADMSG)
    }

    private func sendDatagram() -> Int32 {
        let bytes = attempt.address.networkBytes
        return casa_demo_send_to(socket, message, message.count, bytes, bytes.count, attempt.port)
    }

    private var message: [UInt8] { Array("casa-demo \(attempt.line)".utf8) }

    private static func outcome(of result: Int32) -> Outcome {
        result == -EPERM ? .refused : .failed(errno: -result)
    }
}
