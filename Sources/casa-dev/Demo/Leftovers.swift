internal import CasaNode
internal import Glibc

/// What a run of the demo has in the kernel and on disk.
struct Leftovers {
    let site: Site
    let product: Product

    /// Removes everything, in spite of signals; what is not there is removed already.
    func remove() {
        for namespace in loadedNamespaces { product.runQuietly(["unload", namespace]) }
        stopProcesses()
        for name in Files.names(in: Site.networkDirectory) where site.owns(network: name) {
            Network.removeNamespace(name)
        }
        Files.remove(site.directory)
    }

    /// The namespaces that this site loaded, and that nobody else has loaded since.
    private var loadedNamespaces: [String] {
        let reader = StatusReader()
        let present = reader.namespaces()
        return site.notedNamespaces.filter { namespace in
            guard present.contains(namespace) else { return false }
            // A load that was killed has left pins, and has written down nothing.
            guard let state = try? reader.status(of: namespace).state else { return true }
            return state.cgroups.contains { $0.path.hasPrefix(site.cgroupDirectory + "/") }
        }
    }

    private func stopProcesses() {
        let root = site.cgroupDirectory
        let cgroups = Files.names(in: root).map { "\(root)/\($0)" }.filter(Files.isDirectory)
        // A cgroup is empty a moment after its last process has died.
        for _ in 0..<200 {
            for cgroup in cgroups {
                for process in (Files.text("\(cgroup)/cgroup.procs") ?? "").split(separator: "\n") {
                    guard let number = Int32(process), number > 0 else { continue }
                    // Our own children are gone only when somebody asks what became of them.
                    ChildProcess(number: number, name: "a host").stop()
                }
            }
            for cgroup in cgroups { rmdir(cgroup) }
            if rmdir(root) == 0 || !Files.isDirectory(root) { return }
            usleep(10_000)
        }
    }
}

/// `casa-dev clean`: removes what kept and killed demos left.
enum CleanCommand {
    static func run() -> Int32 {
        let sites = Site.abandoned
        do throws(DemoFailure) {
            let product = try Product()
            for site in sites {
                Leftovers(site: site, product: product).remove()
                Output.line("removed \(site.name)")
            }
        } catch {
            Output.complaint("error: \(error)")
            return 1
        }
        if sites.isEmpty { Output.line("nothing was left") }
        return 0
    }
}
