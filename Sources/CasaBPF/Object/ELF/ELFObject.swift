/// A relocatable BPF object file as values: sections, symbols, relocations.
///
/// Reading checks the container only: that every range, index and name leads where it may.
/// What the sections mean is the matter of ``BPFObject``.
package struct ELFObject: Hashable, Sendable {
    /// All sections; the first is the null section, so that indices are those of the file.
    package let sections: [ELFSection]

    /// All symbols; the first is the null symbol.
    package let symbols: [ELFSymbol]

    package init(_ bytes: [UInt8], limits: ObjectLimits = ObjectLimits()) throws(ObjectError) {
        let reading = try ELFReading(bytes, limits: limits)
        var sections = try reading.sections()
        symbols = try reading.symbols(of: sections)
        try reading.addRelocations(to: &sections, symbols: symbols)
        self.sections = sections
    }

    /// The first section of that name; nil when there is none.
    package func section(named name: String) -> ELFSection? {
        sections.first { $0.name == name }
    }
}
