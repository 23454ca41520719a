/// Bytes of one source file.
package struct SourceRange: Sendable {
    package let file: SourceFile
    package let bytes: Range<Int>

    package init(file: SourceFile, bytes: Range<Int>) {
        self.file = file
        self.bytes = bytes
    }

    package var start: SourcePosition { file.position(of: bytes.lowerBound) }
    package var end: SourcePosition { file.position(of: bytes.upperBound) }
    package var text: String { file.text(bytes) }

    /// `file:line:column`, as compilers print it.
    package var description: String { "\(file.name):\(start.line):\(start.column)" }
}

extension SourceRange: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.file === right.file && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(file))
        hasher.combine(bytes)
    }
}

/// A value that remembers where it was written.
///
/// The origin is outside equality: two rules that say the same thing are equal, wherever they stand.
@dynamicMemberLookup
package struct Traced<Value> {
    package var value: Value
    package var origin: SourceRange

    package init(_ value: Value, at origin: SourceRange) {
        self.value = value
        self.origin = origin
    }

    package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }

    package func map<Other>(_ transform: (Value) -> Other) -> Traced<Other> {
        Traced<Other>(transform(value), at: origin)
    }
}

extension Traced: Sendable where Value: Sendable {}

extension Traced: Equatable where Value: Equatable {
    package static func == (left: Self, right: Self) -> Bool { left.value == right.value }
}

extension Traced: Hashable where Value: Hashable {
    package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
