import CasaAttestation
import Foundation

/// Keys from the numbers that standards print; none of them guards anything.
enum KeyExample {
    /// RFC 8032, section 7.1, tests 1 to 3.
    static let ed25519 = [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    ]

    /// RFC 6979, appendix A.2.5.
    static let p256 = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"

    /// RFC 6979, appendix A.2.6.
    static let p384 =
        "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5"

    static func signing(_ algorithm: KeyAlgorithm, number: Int = 0) throws -> SigningKey {
        try SigningKey(pem: privatePEM(algorithm, number: number))
    }

    static func privatePEM(_ algorithm: KeyAlgorithm, number: Int = 0) -> [UInt8] {
        let der =
            switch algorithm {
            case .ed25519: "302e020100300506032b657004220420" + ed25519[number]
            case .ecdsaP256:
                "3041020100301306072a8648ce3d020106082a8648ce3d030107" + "042730250201010420" + p256
            case .ecdsaP384: "304e020100301006072a8648ce3d020106052b81040022" + "043730350201010430" + p384
            }
        return pem("PRIVATE KEY", der)
    }

    /// An Ed25519 key from its 32 bytes.
    static func publicPEM(ed25519 point: String) -> [UInt8] {
        pem("PUBLIC KEY", "302a300506032b6570032100" + point)
    }

    static func pem(_ label: String, _ der: String) -> [UInt8] {
        let text = Data(bytes(der)).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithLineFeed,
        ])
        return Array("-----BEGIN \(label)-----\n\(text)\n-----END \(label)-----\n".utf8)
    }

    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
    }
}
