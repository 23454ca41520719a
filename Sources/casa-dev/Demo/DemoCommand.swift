internal import CasaBundle
internal import Glibc

/// `casa-dev demo DIRECTORY [--keep]`: runs an example and compares the kernel with the evaluator, pair by pair.
enum DemoCommand {
    static func run(_ arguments: [String]) -> Int32 {
        let keeps = arguments.contains("--keep")
        let operands = arguments.filter { $0 != "--keep" }
        guard operands.count == 1, let directory = operands.first, !directory.hasPrefix("-") else {
            Output.complaint("usage: casa-dev demo DIRECTORY [--keep]")
            return 2
        }
        Interruption.prepare()
        do throws(DemoFailure) {
            return try run(directory, keeps: keeps)
        } catch {
            switch error {
            case .failed(let message):
                Output.complaint("error: \(message)")
                return 1
            case .interrupted(let signal):
                return 128 + signal
            }
        }
    }

    private static func run(_ directory: String, keeps: Bool) throws(DemoFailure) -> Int32 {
        let product = try Product()
        try product.require(["check", directory])
        guard let example = Example(directory: directory) else {
            throw .failed("\(directory) has errors that casa check does not see")
        }
        let topology = try Topology(example)
        let table: DemoTable
        if let problem = Readiness.problem {
            table = try RehearsedDemo(example, topology, product).run()
            Output.line("\n\(table.text)\n")
            Output.line(
                "\(problem): the policy was evaluated, but no process was started and no packet was sent")
        } else {
            table = try LiveDemo(example, topology, product, keeps: keeps).run()
        }
        Output.line(table.conclusion)
        return table.rows.allSatisfy(\.isExpected) ? 0 : 1
    }
}
