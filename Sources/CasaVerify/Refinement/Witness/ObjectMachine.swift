internal import CasaBPF
package import CasaPolicyIR

/// An object that is asked many things, one after the other: what tests compare with others of its kind.
package final class ObjectMachine {
    /// What a run came to; a program that the kernel would not have let run answers nothing.
    package enum Answer: Hashable, Sendable {
        case word(UInt64)
        case trap(String)
    }

    private static let policyFunctions: Set<String> = ["casa_verdict", "casa_region4", "casa_region6"]

    private let kernel: ReplayKernel
    private var functions: [String: Interpreter] = [:]
    private var programs: [String: Interpreter] = [:]
    private var contexts: [Int: UInt64] = [:]
    private var subject: UInt32?

    /// `tables` are contents of data sections by name, as a node loads them.
    package init(_ bytes: [UInt8], rules: Int, tables: [String: [UInt8]] = [:]) throws(ReplayFailure) {
        let replay = try ObjectReplay(bytes, rules: rules)
        let object = replay.object
        kernel = replay.kernel(contents: tables)
        for function in object.functions where Self.policyFunctions.contains(function.name) {
            functions[function.name] = Interpreter(
                try ObjectReplay.program(of: function, in: kernel), environment: kernel.helpers)
        }
        for program in object.programs {
            programs[program.name] = Interpreter(
                try replay.hook(program.name, in: kernel).program, environment: kernel.helpers)
        }
    }

    /// The word that `casa_verdict` answers.
    package func verdict(subject: UInt32, classNumber: UInt32, question: UInt32) -> Answer {
        run(
            functions["casa_verdict"], subject: subject, newSocket: true,
            arguments: [UInt64(classNumber), UInt64(question)])
    }

    /// The class of the region that holds an address, as the region functions answer it.
    package func region(of address: IPAddress) -> Answer {
        switch address {
        case .v4(let value):
            run(functions["casa_region4"], subject: 0, newSocket: true, arguments: [UInt64(value)])
        case .v6(let high, let low):
            run(functions["casa_region6"], subject: 0, newSocket: true, arguments: [high, low])
        }
    }

    /// What a program answers.
    package func judge(_ input: HookInput, subject: UInt32) -> Answer {
        guard let program = programs[input.program] else { return .trap("no program \(input.program)") }
        do {
            let context = context(of: input.context.count)
            try input.place(in: kernel, at: context)
            return run(program, subject: subject, newSocket: input.isNewSocket, arguments: [context])
        } catch {
            return .trap("\(error)")
        }
    }

    private func context(of count: Int) -> UInt64 {
        if let context = contexts[count] { return context }
        let context = kernel.memory.allocate(count)
        contexts[count] = context
        return context
    }

    private func run(
        _ program: Interpreter?, subject: UInt32, newSocket: Bool, arguments: [UInt64]
    ) -> Answer {
        guard let program else { return .trap("no such function") }
        if self.subject != subject {
            kernel.replace(".rodata.subject", with: ObjectReplay.bytes(subject))
            self.subject = subject
        }
        do {
            try kernel.begin(newSocket: newSocket)
            return .word(try program.run(arguments: arguments, memory: kernel.memory).result)
        } catch let fault as Fault {
            return .trap("\(fault)")
        } catch {
            return .trap("\(error)")
        }
    }
}
