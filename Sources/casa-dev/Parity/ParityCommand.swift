internal import CasaBundle
internal import FoundationEssentials

/// `casa-dev parity`: the pages of `spec/parity`, from the code and from what it does.
enum ParityCommand {
    static let usage = "casa-dev parity DIRECTORY --vectors DIRECTORY"

    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 3, arguments[1] == "--vectors" else {
            Output.complaint("usage: \(usage)")
            return 2
        }
        do {
            let pages = try pages(vectors: arguments[2])
            try FileManager.default.createDirectory(
                atPath: arguments[0], withIntermediateDirectories: true)
            for page in pages {
                try Data(page.text.utf8).write(to: URL(filePath: "\(arguments[0])/\(page.name)"))
            }
            return 0
        } catch let failure as ParityFailure {
            Output.complaint("error: \(failure.message)")
            return 1
        } catch {
            Output.complaint("error: \(error)")
            return 2
        }
    }

    private static func pages(vectors: String) throws -> [(name: String, text: String)] {
        let vectors = try VectorCount(folder: vectors)
        let object = try ExampleObject()
        let claims = ClaimCheck(obligations: object.obligations)
        let pages = [
            ("instructions.md", try InstructionPage(vectors, claims).text),
            ("helpers.md", try HelperPage(object, claims).text),
            ("hooks.md", try HookPage(object, claims).text),
            ("features.md", try FeaturePage(claims).text),
        ]
        return [("README.md", overview)] + pages
    }

    private static let overview = """
        # Parity

        What is supported, what is verified and what is tested: each instruction, helper, hook and feature of the policy language.
        `make parity` writes these pages from the code, and fails where a claim is not true: a test that does not exist, an
        obligation that no proof has, a form that a machine does not run. `ParityTests` holds the pages to that.

        | page | what it lists | from |
        |---|---|---|
        | [instructions.md](instructions.md) | every form of an instruction, with the conformance vectors that execute it | the encoding table; both machines, run |
        | [helpers.md](helpers.md) | every helper that the programs call | the example's object |
        | [hooks.md](hooks.md) | every program, its hook, its proof and the kernels it was tried on | the example's object and its proof record |
        | [features.md](features.md) | every key of the policy language | the reader's key tree |

        An **obligation** is a line of a bundle's proof record ([bundle.md](../bundle.md)); what it means for one to be proved, and
        what has to be right for it, is in [trusted-base.md](../trusted-base.md).

        """
}
