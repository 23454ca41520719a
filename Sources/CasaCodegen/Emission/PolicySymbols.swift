internal import CasaBundle

/// The names that policy objects and templates agree on (`spec/bundle.md`).
enum PolicySymbols {
    static let subject = "casa_subject"
    static let subjectSection = ".rodata.subject"
    static let regions = "casa_regions"
    static let regionSection = ".rodata.regions"
    static let decisions = "casa_decisions"
    static let decisionSection = DecisionTable.section
    static let verdict = "casa_verdict"
    static let region4 = "casa_region4"
    static let region6 = "casa_region6"
}
