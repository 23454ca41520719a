/// Why the pages cannot be written: something is missing, or a claim is not true.
struct ParityFailure: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
