internal import CasaBPF
package import CasaBundle

/// An object as text: every function disassembled under the policy lines it comes from, decisions in words.
package struct Listing: Sendable {
    package let text: String

    /// Fails if the bytes are not an object that would be loaded.
    package init(object bytes: [UInt8], manifest: Manifest) throws(ListingError) {
        let object: BPFObject
        do {
            object = try BPFObject(bytes)
        } catch {
            throw .unreadable("\(error)")
        }
        let words = DecisionWords(manifest)
        var sections = ["; namespace \(manifest.namespace), compiled by \(manifest.compiler)\n"]
        for program in object.programs {
            sections.append(
                "\(program.kind.section) \(program.name):\n"
                    + (try FunctionListing(program.body, btf: object.btf, words: words).text))
        }
        for function in object.functions {
            sections.append(
                "\(function.name):\n" + (try FunctionListing(function, btf: object.btf, words: words).text))
        }
        if let table = object.dataMap(named: DecisionTable.section) {
            sections.append(TableListing(table.bytes, manifest: manifest, words: words).text)
        }
        text = sections.joined(separator: "\n")
    }
}

/// Why an object cannot be listed, in one sentence.
package enum ListingError: Error, Hashable, Sendable {
    case unreadable(String)
}
