import CasaBPF
import CasaBundle
import Testing

/// Bundles whose object the kernel will not take.
enum LoadForgery {
    /// The instruction that decides for the policy's rule reads through a number instead.
    static func readingScalar(of bundle: Bundle) throws -> Bundle {
        var object = bundle.object
        let read = try BPFObject(object)
        let verdict = try #require(read.functions.first { $0.name == "casa_verdict" })
        let line = try #require(verdict.lines.first { read.btf[$0.file] == "policies/bank.yaml" })
        let code = verdict.code
        let start = try #require(object.firstRange(of: code)?.lowerBound)
        // r0 = *(u64 *)(r1 + 0): the first argument of the function is no pointer.
        let wild: [UInt8] = [0x79, 0x10, 0, 0, 0, 0, 0, 0]
        let place = start + line.instruction * 8
        object.replaceSubrange(place..<place + 8, with: wild)
        var manifest = bundle.manifest
        manifest.object = .init(file: manifest.object.file, sha256: Digest(of: object))
        return Bundle(manifest: manifest, object: object, runtime: bundle.runtime)
    }
}
