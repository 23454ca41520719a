import Foundation
import PackagePlugin

/// Compiles the kernel-side templates and embeds the object in the target that uses this plugin.
///
/// It is one command with one output, run again only when a template has changed: whatever else a plugin declares as
/// an output, SwiftPM copies into a resource bundle. clang and objcopy are the toolchain's: the search begins beside
/// the compiler, so that a distribution's older LLVM is never taken.
@main
struct EmbedTemplates: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let package = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTemplate.swift")
        let clang = try context.tool(named: "clang").url
        let objcopy = try context.tool(named: "llvm-objcopy").url
        return [
            .buildCommand(
                displayName: "Embedding the templates",
                executable: try context.tool(named: "TemplateEmbedder").url,
                arguments: [clang.path(), objcopy.path(), package.path(), output.path()],
                inputFiles: try sources(in: package.appending(path: "bpf-templates")),
                outputFiles: [output])
        ]
    }

    /// Every file the compiler may read, headers too, in order.
    private func sources(in folder: URL) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".c") || $0.hasSuffix(".h") }
            .sorted()
            .map { folder.appending(path: $0) }
    }
}
