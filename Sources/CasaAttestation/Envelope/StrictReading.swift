internal import CasaBundle

/// Values from JSON that somebody else wrote.
enum StrictReading {
    struct Failure: Error {
        let reason: String
    }

    static func read<Value: Decodable>(_ bytes: [UInt8]) throws(Failure) -> Value {
        do throws(StrictJSON.Problem) {
            try StrictJSON.check(bytes)
        } catch {
            throw Failure(reason: "not JSON at byte \(error.offset): \(error.reason)")
        }
        do throws(Bundle.Corruption) {
            return try StableJSON.decode(bytes)
        } catch {
            switch error {
            case .unreadableManifest(let reason): throw Failure(reason: reason)
            case .unsupportedFormat, .wrongDigest, .inconsistent: throw Failure(reason: error.reason)
            }
        }
    }
}
