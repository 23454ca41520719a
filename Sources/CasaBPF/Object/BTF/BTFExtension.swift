/// A function begins at this instruction.
package struct BTFFunctionRecord: Hashable, Sendable {
    package static let byteCount = 8

    /// Instructions (of eight bytes), not bytes, from the start of the section or program.
    package var instruction: Int
    package var type: BTFTypeID

    package init(instruction: Int, type: BTFTypeID) {
        self.instruction = instruction
        self.type = type
    }
}

/// From this instruction on the code comes from this place of a source.
package struct BTFLineRecord: Hashable, Sendable {
    package static let byteCount = 16
    package static let maximumLine = (1 << 22) - 1
    package static let maximumColumn = (1 << 10) - 1

    /// Instructions (of eight bytes), not bytes, from the start of the section or program.
    package var instruction: Int
    package var file: BTFString
    package var text: BTFString

    /// Line and column from one; larger ones than the format holds are written as its largest.
    package var line: Int
    package var column: Int

    package init(instruction: Int, file: BTFString, text: BTFString, line: Int, column: Int) {
        self.instruction = instruction
        self.file = file
        self.text = text
        self.line = line
        self.column = column
    }
}

/// The contents of a `.BTF.ext` section: records for each section of code.
package struct BTFExtension: Hashable, Sendable {
    package struct Group<Record: Hashable & Sendable>: Hashable, Sendable {
        /// The name of the section of code.
        package var section: BTFString
        package var records: [Record]

        package init(section: BTFString, records: [Record]) {
            self.section = section
            self.records = records
        }
    }

    package var functions: [Group<BTFFunctionRecord>]
    package var lines: [Group<BTFLineRecord>]

    package init(functions: [Group<BTFFunctionRecord>], lines: [Group<BTFLineRecord>]) {
        self.functions = functions
        self.lines = lines
    }
}
