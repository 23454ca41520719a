/// The bytes of a bundle's files as they lie in its directory, read once: what is checked is what is used.
package struct BundleFiles: Sendable {
    package let manifest: [UInt8]
    package let object: [UInt8]
    package let runtime: [UInt8]

    package init(manifest: [UInt8], object: [UInt8], runtime: [UInt8]) {
        self.manifest = manifest
        self.object = object
        self.runtime = runtime
    }

    /// The files by name, in order of their names.
    package var named: [(name: String, bytes: [UInt8])] {
        [(Bundle.manifestName, manifest), (Bundle.objectName, object), (Bundle.runtimeName, runtime)]
    }

    /// The bundle, if every digest agrees.
    package func bundle() throws(Bundle.Corruption) -> Bundle {
        try Bundle(manifest: manifest, object: object, runtime: runtime)
    }
}
