internal import CasaBPF
internal import CasaBundle
internal import CasaCodegen

/// What decisions cost besides time: memory, and the work of the kernel's verifier.
struct TableSuite {
    /// With the programs of `Benchmarks/Datapath/casa.bpf.c`.
    let template: Template

    func rows() throws -> [Row] {
        try DatapathSuite.sizes.flatMap { size in
            let side = try CasaSide(rules: size, template: template).object
            var rows = [
                try verified("IPv4 probe and decision", "bench_casa_path4", of: side, size),
                try verified("IPv6 probe and decision", "bench_casa_path6", of: side, size),
                try verified(
                    "the whole egress hook", "casa_egress",
                    of: CasaSide(rules: size, template: .embedded).object, size),
            ]
            if let table = side.object.dataMap(named: DecisionTable.section) {
                rows.append(bytes("decision table, an entry", table.bytes.count, size))
            }
            for (name, family) in [("IPv4", AddressTable.Family.v4), ("IPv6", .v6)] {
                let addresses = try side.map(family.section).valueBytes
                rows.append(bytes("address table, an \(name) address", addresses, size))
            }
            return rows
        }
    }

    private func verified(_ what: String, _ program: String, of object: BenchObject, _ size: Int) throws
        -> Row
    {
        Row(
            "verified instructions, \(what)", size: size, unit: "",
            ours: Double(try object.program(program).verifiedInstructions))
    }

    private func bytes(_ name: String, _ total: Int, _ size: Int) -> Row {
        Row(name, size: size, unit: "B", ours: Double(total) / Double(size))
    }
}
