/// How much of everything one object file may hold.
///
/// The defaults are several times what the largest namespace needs, and small enough that a hostile file
/// costs its reader little.
package struct ObjectLimits: Hashable, Sendable {
    package var bytes = 64 << 20
    package var sections = 1024
    package var symbols = 1 << 16
    package var relocations = 1 << 20
    /// The kernel's own limit for a privileged program.
    package var instructions = 1_000_000
    package var types = 1 << 16
    package var records = 1 << 20
    /// Of a section, symbol or type; texts of source lines are not names.
    package var nameBytes = 255

    package init() {}
}
