/// Writes a relocatable BPF object.
///
/// Symbols, relocations, BTF declarations, function and line records are all derived from one description,
/// so that they cannot disagree. Equal descriptions give equal bytes.
package struct ObjectWriter: Sendable {
    /// A function or program.
    package struct Function: Sendable {
        package var name: String

        /// `.text`, or the section of a hook.
        package var section: String
        package var isGlobal: Bool

        /// A BTF type of kind function prototype.
        package var prototype: BTFTypeID

        /// Eight bytes an instruction; references may be left zero.
        package var code: [UInt8]
        package var references: [Reference]

        /// Instructions count from the function's first one, which must have a line if any has.
        package var lines: [BTFLineRecord]

        package init(
            name: String, section: String = ".text", isGlobal: Bool = true, prototype: BTFTypeID,
            code: [UInt8], references: [Reference] = [], lines: [BTFLineRecord] = []
        ) {
            self.name = name
            self.section = section
            self.isGlobal = isGlobal
            self.prototype = prototype
            self.code = code
            self.references = references
            self.lines = lines
        }
    }

    /// An instruction that refers to a symbol of the same object.
    package struct Reference: Hashable, Sendable {
        package enum Target: Hashable, Sendable {
            /// A two-slot load of an address: that of a map, or of a variable and a number of bytes beyond.
            case address(symbol: String, addend: Int32)
            case call(function: String)
        }

        package var instruction: Int
        package var target: Target

        package init(instruction: Int, target: Target) {
            self.instruction = instruction
            self.target = target
        }
    }

    /// A section of data.
    package struct DataSection: Sendable {
        package struct Variable: Sendable {
            package var name: String
            package var offset: Int
            package var byteCount: Int
            package var type: BTFTypeID
            package var isGlobal: Bool

            package init(name: String, offset: Int, byteCount: Int, type: BTFTypeID, isGlobal: Bool = true) {
                self.name = name
                self.offset = offset
                self.byteCount = byteCount
                self.type = type
                self.isGlobal = isGlobal
            }
        }

        package var name: String
        package var bytes: [UInt8]

        /// A power of two.
        package var alignment: Int
        package var isReadOnly: Bool
        package var variables: [Variable]

        package init(
            name: String, bytes: [UInt8], alignment: Int, isReadOnly: Bool, variables: [Variable]
        ) {
            self.name = name
            self.bytes = bytes
            self.alignment = alignment
            self.isReadOnly = isReadOnly
            self.variables = variables
        }
    }

    /// Holds the types that functions and variables name, and the texts of their lines.
    package var btf: BTFBuilder
    package var functions: [Function] = []
    package var dataSections: [DataSection] = []

    package init(btf: BTFBuilder = BTFBuilder()) {
        self.btf = btf
    }

    package func write() throws(ObjectWriterError) -> [UInt8] {
        let layout = try ObjectLayout(self)
        let (btf, records) = ObjectDeclarations(self, layout: layout).encoded
        var file = ELFWriting()
        for section in layout.code {
            file.addCode(section.name, bytes: section.bytes, relocations: section.relocations)
        }
        for section in dataSections { file.addData(section) }
        return file.bytes(symbols: layout.symbols, btf: btf, records: records)
    }
}
