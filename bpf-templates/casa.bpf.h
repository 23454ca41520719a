/*
 * What the templates share with the rest of CASA: numbers, records, maps, and the functions that the policy defines.
 *
 * Everything here is an interface. The compiler and the node agent hold the same numbers; spec/bundle.md is the text.
 */
#ifndef CASA_BPF_H
#define CASA_BPF_H

#include <linux/bpf.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

enum casa_direction { CASA_EGRESS, CASA_INGRESS };

enum casa_protocol { CASA_ANY_PROTOCOL = 0, CASA_TCP = 6, CASA_UDP = 17, CASA_WIDE_PROTOCOL = 255 };

enum casa_family { CASA_IPV4 = 4, CASA_IPV6 = 6 };

/* The kernel's numbers, which the headers of the C library give only to programs of its own. */
enum casa_socket_type { CASA_STREAM = 1, CASA_DATAGRAM = 2 };
enum casa_socket_family { CASA_INET = 2 };

/* Classes with a fixed meaning here; 0 ends a list. The compiler numbers its own from 16 on. */
enum casa_class { CASA_CLASS_UNKNOWN, CASA_CLASS_LOOPBACK };

/* Bits 24..31 of a decision word. Rank 0 is the default; every rank that is not named here denies as well. */
enum casa_rank { CASA_DEFAULT_DENY, CASA_AUDITED_DENY, CASA_ALLOW, CASA_ENFORCED_DENY, CASA_QUARANTINE };

enum casa_region_families { CASA_REGIONS4 = 1, CASA_REGIONS6 = 2 };

enum casa_hook {
	CASA_HOOK_CONNECT4 = 1,
	CASA_HOOK_CONNECT6,
	CASA_HOOK_SENDMSG4,
	CASA_HOOK_SENDMSG6,
	CASA_HOOK_EGRESS,
	CASA_HOOK_INGRESS,
	CASA_HOOK_SOCK_CREATE,
};

/* Why there is no rule behind a refusal; also the counter of refusals without one. */
enum casa_reason {
	CASA_BY_RULE,
	CASA_NO_RULE,
	CASA_UNKNOWN_PEER,
	CASA_MALFORMED,
	CASA_PROTOCOL,
	CASA_FRAGMENT,
	CASA_SOCKET_TYPE,
	CASA_SOURCE_ROUTE,
	CASA_UNSOLICITED,
	CASA_NOBODY,
};

#define CASA_REASONS 16			/* counters before the first rule's */
#define CASA_NO_RULE_INDEX 0xFFFFFFFF
#define CASA_PASS 1
#define CASA_REFUSE 0

/*
 * One decision: the record of the ring buffer, and what a hook fills in while it reads its packet or call.
 * Ports and length are in host order; the peer is as on the wire, IPv4 in the first four bytes.
 */
struct casa_event {
	__u64 time;
	__u32 subject;
	__u32 rule;
	__u8 hook;
	__u8 direction;
	__u8 protocol;
	__u8 family;			/* 0 where the addresses were not looked at */
	__u8 rank;
	__u8 reason;
	__u16 class;
	__u16 local_port;
	__u16 remote_port;
	__u32 length;
	union {
		__be32 peer4;
		__be32 peer6[4];
		__be64 peer[2];
	};
	__u64 cgroup;
	__u64 zero;
};

_Static_assert(sizeof(struct casa_event) == 64, "the ring buffer's record is 64 bytes");

struct casa_counter {
	__u64 packets;
	__u64 bytes;
};

struct casa_settings {
	__u32 report_allowed;
	__u32 reserved;
};

/* By rule, behind the counters by reason; the loader makes room for the rules of its object. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct casa_counter);
} casa_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} casa_events SEC(".maps");

/* Events that found the ring full. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} casa_losses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct casa_settings);
} casa_settings SEC(".maps");

/*
 * The policy. It is emitted by the compiler and linked to this template; the kernel verifies each of these functions
 * for every argument, and its callers for every result.
 */

/* Who the programs speak for; one word, frozen before the load. 0 is nobody: everything is refused. */
extern const volatile __u32 casa_subject SEC(".rodata.subject");

/*
 * Which of the region functions know any region. Frozen: the verifier removes the calls that could answer 0 only, and a
 * call costs half of what a probe does.
 */
extern const volatile __u32 casa_regions SEC(".rodata.regions");

/* The decision word on one class of peers: rank << 24 | 0xFFFFFF - rule, or 0. The greater word is the stronger. */
extern __u32 casa_verdict(__u32 class, __u32 question);

/* The class of the narrowest declared region that holds an address (host byte order), or 0. */
extern __u32 casa_region4(__u32 address);
extern __u32 casa_region6(__u64 high, __u64 low);

static __always_inline __u32 casa_question(__u32 direction, __u32 protocol, __u32 port)
{
	return direction << 24 | protocol << 16 | port;
}

/*
 * An answer is a decision word with the class that gave it below, so that the maximum of two answers is the answer
 * on both classes: rank first, then the earlier rule.
 */
static __always_inline __u64 casa_answer(__u32 class, __u32 question)
{
	return (__u64)casa_verdict(class, question) << 32 | class;
}

static __always_inline __u32 casa_rank(__u64 answer)
{
	return answer >> 56;
}

static __always_inline int casa_passes(__u64 answer)
{
	return casa_rank(answer) == CASA_AUDITED_DENY || casa_rank(answer) == CASA_ALLOW;
}

#endif
