internal import CBPFShims

/// What libbpf says beside its return codes; it has one voice for the whole process.
package enum LibraryLog {
    /// Sends libbpf's messages nowhere, but where a link keeps them for its error: libraries do not print.
    package static let isSilent: Void = casa_object_log_install()
}
