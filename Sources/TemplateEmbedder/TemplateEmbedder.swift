internal import Foundation

/// Compiles the templates and writes the object as a Swift file, when CASA is built.
@main
struct TemplateEmbedder {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5 else { throw Usage() }
        let template = Template(clang: arguments[1], objcopy: arguments[2], package: arguments[3])
        let output = URL(filePath: arguments[4])
        let object = try template.object(workingIn: output.deletingLastPathComponent())
        // A static string costs the compiler nothing; an array literal of this size takes it minutes.
        let source = """
            /// The compiled templates (`bpf-templates/`), an ELF object.
            package enum EmbeddedTemplate {
                package static let base64: StaticString = "\(object.base64EncodedString())"
            }

            """
        try Data(source.utf8).write(to: output, options: .atomic)
    }

    private struct Usage: Error, CustomStringConvertible {
        let description = "usage: TemplateEmbedder CLANG OBJCOPY PACKAGE-FOLDER SWIFT-FILE"
    }
}
