/// How far one operation may still go into the arms of choices within choices.
///
/// What goes into both arms makes a term for each; where choices share their arms, that would be as many as
/// there are ways through them, and where they follow each other, as deep as they are many.
struct ChoiceDescent {
    private var depth = 0
    private var remaining = 0

    private static let greatestCount = 128

    /// Whether the arms of one more choice may be met; `leave` follows where they were.
    mutating func enter() -> Bool {
        if depth == 0 { remaining = Self.greatestCount }
        guard remaining > 0 else { return false }
        remaining -= 1
        depth += 1
        return true
    }

    mutating func leave() { depth -= 1 }
}
