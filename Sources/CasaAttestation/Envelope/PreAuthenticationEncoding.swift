/// What a DSSE signature is over: type and content with their lengths, so that neither passes for the other.
///
/// `PAE(type, body) = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body`, lengths in decimal.
package enum PreAuthenticationEncoding {
    package static func encode(type: String, body: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(body.count) ".utf8) + body
    }
}
