/// Which CASA made an artifact.
package enum CompilerVersion {
    package static let number = "0.1.0"
    package static let text = "casa \(number)"
}
