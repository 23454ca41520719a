internal import CasaBPF

/// The BTF of what a policy object defines, spelled as the C compiler spells the template's declarations of
/// it.
struct PolicyTypes {
    let subject: BTFTypeID
    let decisions: BTFTypeID
    let verdict: BTFTypeID
    let region4: BTFTypeID
    let region6: BTFTypeID

    init(tableBytes: Int, in builder: inout BTFBuilder) {
        let word = builder.alias("__u32", of: builder.integer("unsigned int", byteCount: 4))
        let double = builder.alias("__u64", of: builder.integer("unsigned long long", byteCount: 8))
        subject = builder.constant(builder.volatile(word))
        decisions = builder.array(of: double, count: tableBytes / 8)
        verdict = builder.functionPrototype(
            returns: word, parameters: [(name: "class", type: word), (name: "question", type: word)])
        region4 = builder.functionPrototype(returns: word, parameters: [(name: "address", type: word)])
        region6 = builder.functionPrototype(
            returns: word, parameters: [(name: "high", type: double), (name: "low", type: double)])
    }
}
