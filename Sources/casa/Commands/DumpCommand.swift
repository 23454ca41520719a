internal import CasaBundle
internal import CasaCodegen
internal import CasaDiagnostics

/// `casa dump`: an object, each instruction next to the policy line it comes from.
enum DumpCommand: Command {
    static let name = "dump"
    static let summary = "prints the object of a bundle, instruction by instruction, with its policy lines"
    static let synopsis = "BUNDLE"
    static let options: [Option] = []

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let path = try arguments.single("BUNDLE")
        var diagnostics = DiagnosticBag()
        do throws(Reported) {
            let bundle = try BundleReading.read(path, reporting: &diagnostics)
            Terminal.standard.output(try listing(of: bundle, reporting: &diagnostics))
            return .yes
        } catch {
            Report().printToError(diagnostics)
            return .notAsked
        }
    }

    private static func listing(
        of bundle: Bundle, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> String {
        do throws(ListingError) {
            return try Listing(object: bundle.object, manifest: bundle.manifest).text
        } catch {
            throw diagnostics.fail(
                Diagnostic(.corruptBundle, at: nil, "the object cannot be listed: \(error)"))
        }
    }
}
