internal import CasaBPF

/// A bundle's object in the kernel, for the subjects of one node.
///
/// Tables are one for all subjects; programs are loaded once for each, because the word that names the subject
/// is a constant to the verifier. libbpf's own loader loads an object once, so its low-level calls are used
/// here; and the bytes that were proved are the bytes that are handed over.
struct KernelObject: Sendable {
    /// By the object's names.
    let maps: [String: KernelMap]
    /// Maps that go on from the generation before.
    let keptMaps: Set<String>
    /// By subject.
    let programs: [Int: [BPFProgramKind: KernelProgram]]
}
