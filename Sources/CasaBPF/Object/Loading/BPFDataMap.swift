/// A section of data that is loaded as an array map with one value.
package struct BPFDataMap: Hashable, Sendable {
    package struct Variable: Hashable, Sendable {
        package let name: String
        package let offset: Int
        package let byteCount: Int
    }

    /// The section's name, as references give it.
    package let name: String

    /// Whether programs may only read it, so that it can be frozen and known to the verifier.
    package let isReadOnly: Bool
    package let bytes: [UInt8]

    /// In ascending order of offsets.
    package let variables: [Variable]

    /// The data section type for the map's value; nil for data without types.
    package let type: BTFTypeID?

    /// The name the kernel shows, cut to the length it stores.
    package var kernelName: String { BPFMapDefinition.kernelName(of: name) }

    package func variable(named name: String) -> Variable? {
        variables.first { $0.name == name }
    }
}
