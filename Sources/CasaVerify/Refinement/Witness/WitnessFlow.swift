internal import CasaPolicyIR

/// The flow that three words of a question stand for, if a hook would ever ask it.
struct WitnessFlow {
    let subject: UInt32
    let workload: WorkloadID
    let classNumber: UInt16
    let direction: Direction
    /// `any` on the device `lo`, which is asked once, whatever the packet.
    let transport: Transport
    let port: UInt16
    /// Without it the class holds no address, which no packet can show.
    let address: IPAddress?

    static let loopbackClass: UInt16 = 1

    init?(subject: UInt32, classNumber: UInt32, question: UInt32, legend: WitnessLegend) {
        guard let workload = legend.workload(subject), let number = UInt16(exactly: classNumber), number > 0,
            question <= 0x1FF_FFFF
        else { return nil }
        let port = UInt16(truncatingIfNeeded: question)
        switch (number, question >> 16 & 0xFF) {
        case (Self.loopbackClass, 0) where port == 0: transport = .any
        case (Self.loopbackClass, _): return nil
        case (_, 6): transport = .tcp
        case (_, 17): transport = .udp
        default: return nil
        }
        self.subject = subject
        self.workload = workload
        self.classNumber = number
        self.port = port
        direction = question >> 24 == 0 ? .egress : .ingress
        let addresses = WitnessAddress(legend)
        switch legend.meaning(of: classNumber) {
        case .learned, nil: address = addresses.learned
        case .region(let blocks): address = addresses.region(blocks)
        }
    }

    var isLoopback: Bool { classNumber == Self.loopbackClass }

    /// The question as the evaluator is asked it: a peer that has this class and no other.
    func question(_ legend: WitnessLegend) -> CasaPolicyIR.Question {
        let peer: Peer =
            switch legend.meaning(of: UInt32(classNumber)) {
            case .learned(let peer): Peer(address: nil, classes: [peer])
            case .region: Peer(address: address, classes: [])
            case nil: Peer(address: nil, classes: isLoopback ? [.loopback] : [])
            }
        return CasaPolicyIR.Question(
            subject: workload, direction: direction, peer: peer, transport: transport, port: port)
    }

    /// A packet that asks it; `localPort` and the like are taken from the ports nobody is given.
    func packet(freePort: UInt16) -> WitnessPacket? {
        guard let peer = address else { return nil }
        let local = WitnessAddress.local(towards: peer)
        let asked = isLoopback ? 80 : port
        let (source, destination) = direction == .egress ? (local, peer) : (peer, local)
        let (sourcePort, destinationPort) = (freePort, asked)
        return WitnessPacket(
            opening: direction, from: source, sourcePort, to: destination, destinationPort,
            over: transport, onLoopback: isLoopback)
    }

    /// In words, as in `egress of banking/Deployment/agent to service banking/tools, TCP port 3000`.
    func words(_ legend: WitnessLegend) -> String {
        if isLoopback { return "\(direction.rawValue) of \(workload) on the device lo" }
        let preposition = direction == .egress ? "to" : "from"
        return "\(direction.rawValue) of \(workload) \(preposition) "
            + "\(legend.words(forClass: UInt32(classNumber))), \(transport.rawValue) port \(port)"
    }
}
