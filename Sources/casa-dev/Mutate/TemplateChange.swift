internal import CasaCodegen
internal import FoundationEssentials
internal import Glibc

/// A line of a template that somebody got wrong; the template is compiled with it, as when CASA is built.
struct TemplateChange {
    let file: String
    let old: String
    let new: String

    private static let folder = "bpf-templates"

    /// The template of the sources below the working directory.
    func template() throws(MutationFailure) -> Template {
        let directory = "\(Files.temporaryDirectory)/casa-plant-\(getpid())-\(file)"
        do {
            try FileManager.default.copyItem(atPath: Self.folder, toPath: directory)
        } catch {
            throw .failed("\(Self.folder) cannot be copied: \(error)")
        }
        defer { Files.remove(directory) }
        try change("\(directory)/\(file)")
        let object = "\(directory)/casa.o"
        try run(
            "clang",
            [
                "-target", "bpf", "-mcpu=v3", "-O2", "-g", "-I\(directory)/include",
                "-c", "\(directory)/casa.bpf.c", "-o", object,
            ])
        try run("llvm-objcopy", ["--strip-debug", "--remove-section=.llvm_addrsig", object])
        do {
            return Template(bytes: Array(try Data(contentsOf: URL(filePath: object))))
        } catch {
            throw .failed("the template was not compiled")
        }
    }

    private func change(_ path: String) throws(MutationFailure) {
        guard let text = Files.text(path) else { throw .failed("there is no template \(file)") }
        let parts = text.split(separator: old, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw .failed("`\(old)` stands \(parts.count - 1) times in \(file)")
        }
        do throws(DemoFailure) {
            try Files.write(parts.joined(separator: new), to: path)
        } catch {
            throw .failed("\(path) cannot be written")
        }
    }

    /// A tool of the toolchain, which lies beside `swift`: a distribution's older LLVM would write other code.
    private func run(_ tool: String, _ arguments: [String]) throws(MutationFailure) {
        guard let swift = Files.program("swift"), let real = realpath(swift, nil) else {
            throw .failed("swift is not on PATH")
        }
        defer { free(real) }
        let folder = String(cString: real).split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let status: Int32
        do throws(DemoFailure) {
            var launch = Launch("\(folder.joined(separator: "/"))/\(tool)", arguments)
            launch.input = "/dev/null"
            status = try launch.run()
        } catch {
            throw .failed("\(tool) cannot be started")
        }
        guard status == 0 else { throw .failed("\(tool) failed with status \(status)") }
    }
}
