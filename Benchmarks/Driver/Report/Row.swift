/// One line of the result.
struct Row {
    /// What is measured, the same words in every run.
    let name: String
    /// Of the policy; 0 where no size belongs to it.
    let size: Int
    let unit: String
    let ours: Double
    /// What it is held against, in the same run and unit.
    let baseline: Double?
    /// At most so much of the baseline, or so much by itself; `nil` where the number is for information.
    private(set) var target: Double?

    init(_ name: String, size: Int = 0, unit: String, ours: Double, baseline: Double? = nil) {
        self.name = name
        self.size = size
        self.unit = unit
        self.ours = ours
        self.baseline = baseline
    }

    enum Verdict: String {
        case ok, short
        /// Nothing is promised.
        case told
    }

    var ratio: Double? { baseline.map { ours / $0 } }

    var verdict: Verdict {
        guard let target else { return .told }
        return ratio ?? ours <= target ? .ok : .short
    }

    func held(to target: Double?) -> Row {
        var row = self
        row.target = target
        return row
    }
}
