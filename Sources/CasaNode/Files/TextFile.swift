internal import FoundationEssentials

/// Small files of the kernel, which have no size until they are read.
enum TextFile {
    /// The whole text; `nil` where it cannot be read.
    static func read(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }
}
