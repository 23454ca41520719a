import CasaBundle
import CasaNode
import Testing

/// Which generation an event belongs to.
@Suite struct EventTranslationTests {
    private func record(at time: UInt64) throws -> EventRecord {
        try EventRecord(EventTests.bytes(time: time, rule: 0, rank: 3, reason: 0, classNumber: 16))
    }

    private func port(_ translation: EventTranslation, at time: UInt64) throws -> UInt16? {
        translation.event(try record(at: time)).rule?.ports.first
    }

    @Test("an event before a replacement has the old rules, one after it the new ones")
    func replacement() throws {
        var translation = EventTranslation(try StateExample.state(port: 1), bootedAt: 0)
        #expect(try port(translation, at: 3_000_000) == 1)
        translation.follow(try StateExample.state(generation: 2, port: 2, began: 5_000_000, ended: 6_000_000))
        #expect(try port(translation, at: 4_000_000) == 1)
        #expect(try port(translation, at: 7_000_000) == 2)
        #expect(try port(translation, at: 5_500_000) == nil, "either may have judged")
        let line = EventRendering.line(translation.event(try record(at: 5_500_000)))
        #expect(line.hasSuffix("rule 0 of a policy that has been replaced since"))
        #expect(line.contains("bank/Deployment/teller"), "on this both agree")
    }

    @Test("while links are switched, a rule that both generations have is said")
    func sameRule() throws {
        var translation = EventTranslation(try StateExample.state(port: 1), bootedAt: 0)
        translation.follow(try StateExample.state(generation: 2, port: 1, began: 5_000_000, ended: 6_000_000))
        #expect(try port(translation, at: 5_500_000) == 1)
    }

    @Test("a switch that goes on, ends, or is taken back is followed")
    func pending() throws {
        var translation = EventTranslation(try StateExample.state(port: 1), bootedAt: 0)
        translation.follow(try StateExample.state(generation: 2, port: 2, began: 5_000_000, ended: .max))
        #expect(try port(translation, at: 5_500_000) == nil)
        var ended = translation
        ended.follow(try StateExample.state(generation: 2, port: 2, began: 5_000_000, ended: 6_000_000))
        #expect(try port(ended, at: 6_500_000) == 2)
        #expect(try port(ended, at: 4_500_000) == 1)
        translation.follow(try StateExample.state(port: 1))
        #expect(try port(translation, at: 5_500_000) == 1)
    }

    @Test("a watcher that came after a replacement does not read old events by new rules")
    func lateWatcher() throws {
        let late = EventTranslation(
            try StateExample.state(generation: 9, port: 2, began: 5_000_000, ended: 6_000_000), bootedAt: 0)
        #expect(try port(late, at: 4_000_000) == nil)
        #expect(try port(late, at: 6_500_000) == 2)
    }
}
