/// A moment in UTC.
package struct WallTime: Hashable, Sendable, CustomStringConvertible {
    /// Since 1970, leap seconds not counted.
    package let nanoseconds: UInt64

    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// RFC 3339 in microseconds: `2026-01-02T03:04:05.000006Z`.
    package var description: String {
        let seconds = nanoseconds / 1_000_000_000
        let (year, month, day) = Self.date(ofDay: Int(seconds / 86_400))
        let clock = [seconds % 86_400 / 3_600, seconds % 3_600 / 60, seconds % 60].map { Self.padded($0, 2) }
        let fraction = Self.padded(nanoseconds % 1_000_000_000 / 1_000, 6)
        let date =
            "\(Self.padded(UInt64(year), 4))-\(Self.padded(UInt64(month), 2))-\(Self.padded(UInt64(day), 2))"
        return "\(date)T\(clock.joined(separator: ":")).\(fraction)Z"
    }

    /// The Gregorian date of a day counted from 1970-01-01, in years that begin in March.
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
