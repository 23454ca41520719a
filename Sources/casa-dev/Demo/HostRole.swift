internal import CSystemShims
internal import Glibc

/// `casa-dev host CGROUP PORT...`: an application that echoes, over TCP and UDP, IPv4 and IPv6.
enum HostRole {
    static let name = "host"

    static func run(_ arguments: [String]) -> Int32 {
        let ports = arguments.dropFirst().compactMap { UInt16($0) }
        guard let cgroup = arguments.first, ports.count == arguments.count - 1 else { return 2 }
        var streams: [Int32] = []
        var datagrams: [Int32] = []
        for port in ports {
            for addressBytes in [4, 16] {
                streams.append(casa_demo_listen(addressBytes, 0, port))
                datagrams.append(casa_demo_listen(addressBytes, 1, port))
            }
        }
        if let failed = (streams + datagrams).first(where: { $0 < 0 }) {
            print("cannot listen: \(String(cString: strerror(-failed)))")
            return 1
        }
        // Last, because the word also says that everything is served.
        guard Standing.announce(cgroup: cgroup) else { return 1 }
        serve(listeners: streams, datagrams: datagrams)
    }

    private static func serve(listeners: [Int32], datagrams: [Int32]) -> Never {
        let fixed = listeners + datagrams
        var connections: [Int32] = []
        while true {
            let sockets = fixed + connections
            let ready = Polling.wait(sockets.map { Polling.Interest(descriptor: $0) }, milliseconds: nil)
            for (index, socket) in sockets.enumerated() where ready[index] {
                if index < listeners.count {
                    let connection = casa_demo_accept(socket)
                    if connection >= 0 { connections.append(connection) }
                    continue
                }
                let result = casa_demo_echo(socket)
                if index < fixed.count || result > 0 || result == -EAGAIN { continue }
                close(socket)
                connections.removeAll { $0 == socket }
            }
        }
    }
}
