import CasaBPF

/// The two halves of an object: a template in C and a policy object that we write.
enum ObjectFixtures {
    static let template = """
        typedef unsigned char __u8;
        typedef unsigned int __u32;
        typedef unsigned long long __u64;
        #define SEC(name) __attribute__((section(name), used))
        struct __sk_buff { __u32 len; };
        struct bpf_sock_addr { __u32 user_family; __u32 user_ip4; };
        static void *(*lookup)(void *map, const void *key) = (void *)1;

        extern __u32 casa_verdict(__u32 class, __u32 question);
        extern __u32 casa_region4(__u32 address);
        extern const volatile __u32 casa_subject;

        struct counter { __u64 packets; __u64 bytes; };
        struct {
            int (*type)[6];
            int (*max_entries)[16];
            __u32 *key;
            struct counter *value;
        } casa_counters SEC(".maps");
        struct {
            int (*type)[27];
            int (*max_entries)[262144];
        } casa_events SEC(".maps");
        struct {
            int (*type)[24];
            int (*map_flags)[1];
            int *key;
            __u64 *value;
        } casa_peers SEC(".maps");

        struct {
            int (*type)[2];
            int (*max_entries)[1];
            int (*key_size)[4];
            int (*value_size)[24];
        } casa_settings SEC(".maps");

        const volatile __u8 casa_table[48] SEC(".rodata.addresses4") = {1};
        static volatile __u32 seen;
        static const volatile __u32 wanted = 7;

        static __attribute__((noinline)) __u32 count(__u32 index)
        {
            struct counter *counter = lookup(&casa_counters, &index);
            if (!counter)
                return 0;
            counter->packets += 1;
            return counter->packets != 0;
        }

        SEC("cgroup_skb/egress") int casa_egress(struct __sk_buff *skb)
        {
            if (casa_subject == 0)
                return 0;
            seen = wanted;
            count(seen & 7);
            return casa_verdict(casa_region4(skb->len) + casa_table[3], 7) >> 24 == 2;
        }

        SEC("cgroup_skb/ingress") int casa_ingress(struct __sk_buff *skb)
        {
            return casa_verdict(0, skb->len) >> 24 == 2;
        }

        SEC("cgroup/connect4") int casa_connect4(struct bpf_sock_addr *context)
        {
            return casa_verdict(casa_region4(context->user_ip4), 7) >> 24 == 2;
        }

        char _license[] SEC("license") = "GPL";
        """

    static func instruction(
        _ opcode: UInt8, to destination: UInt8 = 0, from source: UInt8 = 0, offset: Int16 = 0,
        _ immediate: UInt32 = 0
    ) -> [UInt8] {
        var bytes: [UInt8] = [opcode, destination | source << 4]
        withUnsafeBytes(of: offset.littleEndian) { bytes += $0 }
        withUnsafeBytes(of: immediate.littleEndian) { bytes += $0 }
        return bytes
    }

    static func load(_ destination: UInt8) -> [UInt8] {
        instruction(0x18, to: destination) + instruction(0)
    }

    static let allowed: UInt32 = 0x02FF_FFFE
    static let quarantined: UInt32 = 0x04FF_FFFD

    /// `switch (casa_subject) { case 1: return allowed; case 2: return quarantined; default: return 0; }`.
    static let verdictCode: [UInt8] =
        load(3) + instruction(0x61, to: 3, from: 3)
        + instruction(0x55, to: 3, offset: 2, 1) + instruction(0xB4, to: 0, allowed) + instruction(0x95)
        + instruction(0x55, to: 3, offset: 2, 2) + instruction(0xB4, to: 0, quarantined) + instruction(0x95)
        + instruction(0xB4, to: 0) + instruction(0x95)

    /// `return decide(address)`.
    static let regionCode: [UInt8] = instruction(0x85) + instruction(0x95)

    /// `return decisions[1] + address` for a static function of our own.
    static let decideCode: [UInt8] =
        load(2) + instruction(0x61, to: 0, from: 2) + instruction(0x0C, to: 0, from: 1) + instruction(0x95)

    static func policy(subject: UInt32 = 1) -> ObjectWriter {
        var object = ObjectWriter()
        let word = object.btf.integer("unsigned int", byteCount: 4)
        let pair = object.btf.functionPrototype(
            returns: word, parameters: [("class", word), ("question", word)])
        let single = object.btf.functionPrototype(returns: word, parameters: [("address", word)])
        let file = object.btf.string("policies/a.yaml")
        let allow = object.btf.string("  - allow: {to: shop, port: 443}")
        let deny = object.btf.string("  - deny: {to: world}")
        func line(_ instruction: Int, _ text: BTFString, _ line: Int) -> BTFLineRecord {
            BTFLineRecord(instruction: instruction, file: file, text: text, line: line, column: 5)
        }
        object.functions = [
            .init(
                name: "casa_verdict", prototype: pair, code: verdictCode,
                references: [
                    .init(instruction: 0, target: .address(symbol: "casa_subject", addend: 0))
                ], lines: [line(0, deny, 9), line(4, allow, 12), line(7, deny, 9)]),
            .init(
                name: "casa_region4", prototype: single, code: regionCode,
                references: [.init(instruction: 0, target: .call(function: "decide"))],
                lines: [line(0, allow, 12)]),
            .init(
                name: "decide", isGlobal: false, prototype: single, code: decideCode,
                references: [
                    .init(instruction: 0, target: .address(symbol: "casa_decisions", addend: 4))
                ], lines: [line(0, allow, 12)]),
        ]
        let constant = object.btf.constant(object.btf.volatile(word))
        let words = object.btf.array(of: constant, count: 3)
        object.dataSections = [
            .init(
                name: ".rodata.subject", bytes: withUnsafeBytes(of: subject.littleEndian, Array.init),
                alignment: 4, isReadOnly: true,
                variables: [.init(name: "casa_subject", offset: 0, byteCount: 4, type: constant)]),
            .init(
                name: ".rodata.decisions", bytes: [9, 0, 0, 0, 16, 0, 0, 0, 3, 0, 0, 0], alignment: 8,
                isReadOnly: true,
                variables: [.init(name: "casa_decisions", offset: 0, byteCount: 12, type: words)]),
        ]
        return object
    }

    /// A whole object without clang: one hook and what a loader asks for.
    static func standalone() -> ObjectWriter {
        var object = policy()
        let word = object.btf.integer("unsigned int", byteCount: 4)
        let context = object.btf.structure("__sk_buff", byteCount: 4, members: [("len", word, 0)])
        let pointer = object.btf.pointer(to: context)
        let prototype = object.btf.functionPrototype(returns: word, parameters: [("skb", pointer)])
        let start = BTFLineRecord(
            instruction: 0, file: object.btf.string("policies/a.yaml"),
            text: object.btf.string("kind: CASAPolicy"),
            line: 1, column: 1)
        object.functions.append(
            .init(
                name: "casa_egress", section: "cgroup_skb/egress", prototype: prototype,
                code: instruction(0x61, to: 1, from: 1) + instruction(0xB4, to: 2) + instruction(0x85)
                    + instruction(0xBC, to: 1, from: 0) + instruction(0x85) + instruction(0xB4, to: 0, 1)
                    + instruction(0x95),
                references: [
                    .init(instruction: 2, target: .call(function: "casa_verdict")),
                    .init(instruction: 4, target: .call(function: "casa_region4")),
                ], lines: [start]))
        let character = object.btf.integer("char", byteCount: 1, encoding: .signed)
        object.dataSections.append(
            .init(
                name: "license", bytes: Array("GPL\0".utf8), alignment: 1, isReadOnly: false,
                variables: [
                    .init(
                        name: "_license", offset: 0, byteCount: 4,
                        type: object.btf.array(of: character, count: 4))
                ]))
        return object
    }

    /// Template and policy in one object.
    static func linked(subject: UInt32 = 1) throws -> [UInt8] {
        try ObjectLinker().link([
            .init(name: "template.o", bytes: ObjectTools.compile(template)),
            .init(name: "policy.o", bytes: policy(subject: subject).write()),
        ])
    }
}
