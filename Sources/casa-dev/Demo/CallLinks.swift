internal import CasaNode
internal import Glibc

/// The links of the programs at connect and sendmsg, by their pins.
struct CallLinks {
    let namespaces: [String]

    private static let hooks = ["_connect4", "_connect6", "_sendmsg4", "_sendmsg6"]

    /// Detaches them, because nobody else holds a link, and returns how many there were.
    func remove() throws(DemoFailure) -> Int {
        var count = 0
        for namespace in namespaces {
            let directory = "\(NodePaths.standard.pins)/\(namespace)/links"
            for name in Files.names(in: directory) where Self.hooks.contains(where: name.hasSuffix) {
                guard unlink("\(directory)/\(name)") == 0 else {
                    throw .failed("cannot remove the pin \(name)")
                }
                count += 1
            }
        }
        return count
    }
}
