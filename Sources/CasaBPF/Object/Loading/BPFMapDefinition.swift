internal import CLibBPF

/// A map that an object asks for, as its source defines it.
package struct BPFMapDefinition: Hashable, Sendable {
    package let name: String

    /// The kernel's number, `enum bpf_map_type`.
    package let type: UInt32
    package let keyByteCount: UInt32
    package let valueByteCount: UInt32
    package let maximumEntries: UInt32

    /// The kernel's `BPF_F_…` bits.
    package let flags: UInt32

    /// Zero where the definition gives a size only.
    package let keyType: BTFTypeID
    package let valueType: BTFTypeID

    /// The name the kernel shows, cut to the length it stores.
    package var kernelName: String { Self.kernelName(of: name) }

    static func kernelName(of name: String) -> String {
        String(decoding: name.utf8.prefix(Int(BPF_OBJ_NAME_LEN) - 1), as: UTF8.self)
    }
}
