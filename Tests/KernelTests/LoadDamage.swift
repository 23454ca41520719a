import CasaNode
import Foundation

/// What can happen to a loaded namespace behind CASA's back.
struct LoadDamage {
    let site: LoadSite

    init(_ site: LoadSite) {
        self.site = site
    }

    private var links: String { "\(site.paths.pins)/bank/links" }

    func removeState() throws {
        try FileManager.default.removeItem(atPath: "\(site.paths.state)/bank/state.json")
    }

    func spoilState() throws {
        try Data("{".utf8).write(to: URL(filePath: "\(site.paths.state)/bank/state.json"))
    }

    /// The state once more as what is being switched to, with something in it exchanged.
    func leavePending(from old: String = "", to new: String = "") throws {
        let folder = "\(site.paths.state)/bank"
        let text = try String(contentsOfFile: "\(folder)/state.json", encoding: .utf8)
        let changed = old.isEmpty ? text : text.replacingOccurrences(of: old, with: new)
        try Data(changed.utf8).write(to: URL(filePath: "\(folder)/pending.json"))
    }

    func removePin(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(site.paths.pins)/bank/\(path)")
    }

    /// The last name of a link is its life.
    func removeLink(hook: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: links)
        where name.hasSuffix("_\(hook)") {
            try FileManager.default.removeItem(atPath: "\(links)/\(name)")
        }
    }

    /// A directory where the link of a cgroup's hook is to be pinned: the pin will fail.
    func blockLink(pod: String, hook: String) throws {
        var status = stat()
        stat(site.path(of: pod), &status)
        try FileManager.default.createDirectory(
            atPath: "\(links)/\(status.st_ino)_\(hook)", withIntermediateDirectories: true)
    }
}
