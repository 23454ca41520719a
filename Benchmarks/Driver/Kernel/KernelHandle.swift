internal import CLibBPF
internal import Glibc

/// A descriptor of the kernel's, closed when this value goes.
final class KernelHandle {
    let rawValue: Int32

    /// Takes over what a call gave, or says which call failed.
    init(_ result: Int32, _ call: String) throws {
        guard result >= 0 else { throw BenchFailure("\(call): \(String(cString: strerror(-result)))") }
        rawValue = result
    }

    deinit { close(rawValue) }
}
