/*
 * Cilium's order for an established egress packet: map types, sizes of keys and values, and the sequence of look-ups.
 *
 * Identity of the peer in an LPM trie; policy in an LPM trie for the identity and again for any identity; connection
 * tracking in an LRU hash for the packet's own direction and the other one, each with clock and counters; then the
 * per-CPU counters of the policy and of the reason. Nothing else of what Cilium does is charged here.
 */
#include "walk.bpf.h"

#define BASELINE_TCP 6
#define BASELINE_IPV4 1
#define BASELINE_LIFETIME 21600000000000ULL

struct identity_key {
	__u32 prefix;
	__u16 cluster;
	__u8 zero;
	__u8 family;
	__be32 address[4];
};

struct identity {
	__u32 number;
	__u32 tunnel;
	__u16 zero;
	__u8 key;
	__u8 flags;
};

struct policy_key {
	__u32 prefix;
	__u32 identity;
	__u8 direction;
	__u8 protocol;
	__be16 port;
};

struct policy_entry {
	__be16 proxy_port;
	__u8 deny;
	__u8 prefix;
	__u32 authentication;
};

struct connection_key {
	__be32 destination;
	__be32 source;
	__be16 destination_port;
	__be16 source_port;
	__u8 protocol;
	__u8 flags;
} __attribute__((packed));

struct connection {
	__u64 reserved[2];
	__u64 packets;
	__u64 bytes;
	__u64 lifetime;
	__u16 flags;
	__u16 reverse;
	__u32 identity;
	__u8 seen;
	__u8 seen_reverse;
	__u16 zero;
	__u32 last_report;
};

struct reason_key {
	__u8 reason;
	__u8 direction;
	__u16 line;
	__u8 file;
	__u8 zero[3];
};

struct counter {
	__u64 packets;
	__u64 bytes;
};

_Static_assert(sizeof(struct identity_key) == 24, "the key of the identity trie");
_Static_assert(sizeof(struct policy_key) == 12, "the key of the policy trie");
_Static_assert(sizeof(struct connection_key) == 14, "the key of connection tracking");
_Static_assert(sizeof(struct connection) == 56, "the value of connection tracking");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct identity_key);
	__type(value, struct identity);
} identities SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct policy_key);
	__type(value, struct policy_entry);
} policies SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__uint(key_size, sizeof(struct connection_key));
	__uint(value_size, sizeof(struct connection));
} connections SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct policy_key);
	__type(value, struct counter);
} policy_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct reason_key);
	__type(value, struct counter);
} reason_counters SEC(".maps");

/* The address of the subject, in network order. */
#define BASELINE_SUBJECT bpf_htonl(0x0AFFFF01)

/* The identity of the peer if both policy entries are there and let it pass, or 0; `key` is the first entry's. */
static __always_inline __u64 baseline_policy(const struct bench_flow *flow, struct policy_key *key)
{
	struct identity_key peer = {
		.prefix = 64,
		.family = BASELINE_IPV4,
		.address = { flow->peer },
	};
	struct policy_entry *own, *any;
	struct identity *identity;
	struct policy_key wide;

	identity = bpf_map_lookup_elem(&identities, &peer);
	if (!identity)
		return 0;
	*key = (struct policy_key){
		.prefix = 64,
		.identity = identity->number,
		.direction = 1,
		.protocol = BASELINE_TCP,
		.port = bpf_htons(flow->remote_port),
	};
	own = bpf_map_lookup_elem(&policies, key);
	if (!own || own->deny)
		return 0;
	wide = *key;
	wide.identity = 0;
	any = bpf_map_lookup_elem(&policies, &wide);
	if (!any || any->deny)
		return 0;
	return key->identity + own->authentication + any->authentication;
}

/* What was sent both ways so far, or 0 if the connection is not known. */
static __always_inline __u64 baseline_connection(struct connection_key *key, __u32 length)
{
	struct connection *connection = bpf_map_lookup_elem(&connections, key);
	__u64 now;

	if (!connection)
		return 0;
	now = bpf_ktime_get_ns();
	*(volatile __u64 *)&connection->lifetime = now + BASELINE_LIFETIME;
	connection->seen |= 0x10;
	if ((__u32)(now >> 30) != connection->last_report)
		*(volatile __u32 *)&connection->last_report = now >> 30;
	__atomic_fetch_add(&connection->packets, 1, __ATOMIC_RELAXED);
	__atomic_fetch_add(&connection->bytes, length, __ATOMIC_RELAXED);
	return connection->identity;
}

static __always_inline void baseline_count(struct counter *counter, __u32 length)
{
	if (!counter)
		return;
	counter->packets++;
	counter->bytes += length;
}

static __always_inline __u64 baseline_decision(const struct bench_flow *flow)
{
	struct policy_key key;

	return baseline_policy(flow, &key);
}

static __always_inline __u64 baseline_accounted(const struct bench_flow *flow)
{
	struct connection_key connection = {
		.destination = BASELINE_SUBJECT,
		.source = flow->peer,
		.destination_port = bpf_htons(flow->local_port),
		.source_port = bpf_htons(flow->remote_port),
		.protocol = BASELINE_TCP,
		.flags = 1,
	};
	struct reason_key reason = { .direction = 2, .line = 1, .file = 1 };
	__u64 identity, other, own;
	struct policy_key key;

	identity = baseline_policy(flow, &key);
	if (!identity)
		return 0;
	other = baseline_connection(&connection, flow->length);
	connection.destination = flow->peer;
	connection.source = BASELINE_SUBJECT;
	connection.destination_port = bpf_htons(flow->remote_port);
	connection.source_port = bpf_htons(flow->local_port);
	connection.flags = 0;
	own = baseline_connection(&connection, flow->length);
	if (!other || !own)
		return 0;
	baseline_count(bpf_map_lookup_elem(&policy_counters, &key), flow->length);
	baseline_count(bpf_map_lookup_elem(&reason_counters, &reason), flow->length);
	return identity + other + own;
}

SEC("cgroup_skb/egress")
int bench_base_walk(struct __sk_buff *packet)
{
	return bench_run(bench_nothing);
}

SEC("cgroup_skb/egress")
int bench_base_policy(struct __sk_buff *packet)
{
	return bench_run(baseline_decision);
}

SEC("cgroup_skb/egress")
int bench_base_all(struct __sk_buff *packet)
{
	return bench_run(baseline_accounted);
}

char baseline_license[] SEC("license") = "Dual MIT/GPL";
