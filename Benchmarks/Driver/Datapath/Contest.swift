/// Two sides that decide the same flows.
struct Contest {
    struct Side {
        let walk: Walk
        let policy: Walk
        let all: Walk

        init(_ name: String, of object: BenchObject) throws {
            walk = try Walk("bench_\(name)_walk", of: object)
            policy = try Walk("bench_\(name)_policy", of: object)
            all = try Walk("bench_\(name)_all", of: object)
        }

        func round() throws {
            for walk in [walk, policy, all] { try walk.round() }
        }

        /// Without what the walk costs.
        var policyCost: Double { policy.best - walk.best }
        var allCost: Double { all.best - walk.best }
    }

    let casa: Side
    let base: Side

    func round() throws {
        for walk in [casa.walk, base.walk, casa.policy, base.policy, casa.all, base.all] { try walk.round() }
    }
}
