/*
 * cgroup_skb/egress and cgroup_skb/ingress: the boundary. Every packet of every socket is asked about, statelessly.
 *
 * The kernel hands over whole packets that begin at the network header, only where a full socket of the cgroup sends or
 * receives them. Whatever cannot be read is refused.
 */
#include "address.bpf.h"
#include "peers.bpf.h"
#include "report.bpf.h"

#define CASA_LOOPBACK_INTERFACE 1
#define CASA_FRAGMENT_OFFSET4 0x1FFF
#define CASA_FRAGMENT_OFFSET6 0xFFF8
#define CASA_EXTENSIONS 6
#define CASA_OPTION_BYTES 40
#define CASA_TCP_BYTES 14
#define CASA_UDP_BYTES 8
#define CASA_TCP_SYN 0x02
#define CASA_TCP_ACK 0x10

struct casa_ipv4 {
	__u8 version_and_words;
	__u8 service;
	__be16 length;
	__be16 identification;
	__be16 fragment;
	__u8 hops;
	__u8 protocol;
	__be16 checksum;
	__be32 source;
	__be32 destination;
};

struct casa_ipv6 {
	__be32 version_and_flow;
	__be16 length;
	__u8 next;
	__u8 hops;
	__be64 source[2];
	__be64 destination[2];
};

/* The first eight bytes of an extension header. */
struct casa_extension {
	__u8 next;
	__u8 words;			/* of eight bytes, after these; reserved in a fragment header */
	__be16 fragment;
	__be32 rest;
};

/* The first 14 bytes of TCP. UDP has the ports in the same place. */
struct casa_transport {
	__be16 source;
	__be16 destination;
	__be32 sequence;
	__be32 acknowledged;
	__u8 words;
	__u8 flags;
};

enum casa_ipv4_option { CASA_OPTIONS_END = 0, CASA_NO_OPERATION = 1, CASA_LOOSE_ROUTE = 131, CASA_STRICT_ROUTE = 137 };

enum casa_ipv6_next { CASA_HOP_BY_HOP = 0, CASA_ROUTING = 43, CASA_FRAGMENT_HEADER = 44, CASA_DESTINATION_OPTIONS = 60 };

/*
 * Where the option behind the one at `next` begins; below the first option's place, the reason to refuse the packet.
 * Without a loop, so that it can be proved once for all options; of its own to the kernel's verifier too.
 */
__noinline __u32 casa_read_option(struct __sk_buff *packet, __u32 next, __u32 end)
{
	__u8 type, length;

	if (bpf_skb_load_bytes(packet, next, &type, sizeof(type)))
		return CASA_MALFORMED;
	if (type == CASA_OPTIONS_END)
		return end;
	if (type == CASA_NO_OPERATION)
		return next + 1;
	if (type == CASA_LOOSE_ROUTE || type == CASA_STRICT_ROUTE)
		return CASA_SOURCE_ROUTE;
	if (next + 1 >= end || bpf_skb_load_bytes(packet, next + 1, &length, sizeof(length)))
		return CASA_MALFORMED;
	if (length < 2 || next + length > end)
		return CASA_MALFORMED;
	return next + length;
}

/* A function of its own to the verifier too, which follows it once, whatever packet comes here. */
__noinline int casa_read_options(struct __sk_buff *packet, __u32 end)
{
	__u32 next = sizeof(struct casa_ipv4);

#pragma clang loop unroll(disable)
	for (int count = 0; count < CASA_OPTION_BYTES && next < end; count++) {
		next = casa_read_option(packet, next, end);
		if (next < sizeof(struct casa_ipv4))
			return next;
	}
	return CASA_BY_RULE;
}

/* Reads an IPv4 header; `end` is where it ends. */
static __always_inline enum casa_reason casa_read_ipv4(struct __sk_buff *packet, __u8 direction,
						       const struct casa_ipv4 *header, struct casa_event *event,
						       __u32 *end)
{
	__u8 last;

	event->family = CASA_IPV4;
	event->protocol = header->protocol;
	event->peer4 = direction == CASA_EGRESS ? header->destination : header->source;
	*end = (header->version_and_words & 15) * 4;
	if (*end < sizeof(*header))
		return CASA_MALFORMED;
	if (*end > sizeof(*header) && bpf_skb_load_bytes(packet, *end - 1, &last, sizeof(last)))
		return CASA_MALFORMED;
	if (header->fragment & bpf_htons(CASA_FRAGMENT_OFFSET4))
		return CASA_FRAGMENT;
	return *end > sizeof(*header) ? casa_read_options(packet, *end) : CASA_BY_RULE;
}

static __always_inline int casa_is_extension(__u8 next)
{
	return next == CASA_HOP_BY_HOP || next == CASA_DESTINATION_OPTIONS || next == CASA_FRAGMENT_HEADER;
}

/*
 * What comes behind the extension header at `at`: its place in the upper 24 bits, its kind in the lowest eight; where
 * the upper bits are zero, the reason to refuse the packet. Without a loop, as one option is.
 */
__noinline __u32 casa_read_extension(struct __sk_buff *packet, __u32 at, __u32 next)
{
	struct casa_extension extension;
	__u32 length = sizeof(extension);

	if (bpf_skb_load_bytes(packet, at, &extension, sizeof(extension)))
		return CASA_MALFORMED;
	if (next != CASA_FRAGMENT_HEADER)
		length += extension.words * 8;
	else if (extension.fragment & bpf_htons(CASA_FRAGMENT_OFFSET6))
		return CASA_FRAGMENT;
	return (at + length) << 8 | extension.next;
}

/* The same behind all of them, of which `next` is the first. */
__noinline __u32 casa_read_extensions(struct __sk_buff *packet, __u32 next)
{
	__u32 place = sizeof(struct casa_ipv6), behind;

#pragma clang loop unroll(disable)
	for (int count = 0; count < CASA_EXTENSIONS && casa_is_extension(next); count++) {
		behind = casa_read_extension(packet, place, next);
		if (!(behind >> 8))
			return behind;
		place = behind >> 8;
		next = behind & 0xFF;
	}
	return place << 8 | next;
}

/* Reads an IPv6 header and the extensions behind it; `end` is where they end. */
static __always_inline enum casa_reason casa_read_ipv6(struct __sk_buff *packet, __u8 direction,
						       struct casa_event *event, __u32 *end)
{
	struct casa_ipv6 header;
	__u32 behind;

	if (bpf_skb_load_bytes(packet, 0, &header, sizeof(header)))
		return CASA_MALFORMED;
	event->family = CASA_IPV6;
	event->peer[0] = direction == CASA_EGRESS ? header.destination[0] : header.source[0];
	event->peer[1] = direction == CASA_EGRESS ? header.destination[1] : header.source[1];

	*end = sizeof(header);
	event->protocol = header.next;
	if (casa_is_extension(header.next)) {
		behind = casa_read_extensions(packet, header.next);
		*end = behind >> 8;
		if (!*end)
			return behind == CASA_FRAGMENT ? CASA_FRAGMENT : CASA_MALFORMED;
		event->protocol = behind;
	}
	if (event->protocol == CASA_ROUTING)
		return CASA_SOURCE_ROUTE;
	return casa_is_extension(event->protocol) ? CASA_MALFORMED : CASA_BY_RULE;
}

/* Reads a packet into the event; `opens` is true if it opens a TCP flow. */
static __always_inline enum casa_reason casa_read(struct __sk_buff *packet, __u8 direction, struct casa_event *event,
						  int *opens)
{
	struct casa_transport transport;
	struct casa_ipv4 header;
	enum casa_reason reason;
	__u32 end = 0;

	if (bpf_skb_load_bytes(packet, 0, &header, sizeof(header)))
		return CASA_MALFORMED;
	if (header.version_and_words >> 4 == 4)
		reason = casa_read_ipv4(packet, direction, &header, event, &end);
	else if (header.version_and_words >> 4 == 6)
		reason = casa_read_ipv6(packet, direction, event, &end);
	else
		return CASA_MALFORMED;
	if (reason != CASA_BY_RULE)
		return reason;

	if (event->protocol == CASA_TCP) {
		if (bpf_skb_load_bytes(packet, end, &transport, CASA_TCP_BYTES))
			return CASA_MALFORMED;
		*opens = (transport.flags & (CASA_TCP_SYN | CASA_TCP_ACK)) == CASA_TCP_SYN;
	} else if (event->protocol == CASA_UDP) {
		if (bpf_skb_load_bytes(packet, end, &transport, CASA_UDP_BYTES))
			return CASA_MALFORMED;
	} else {
		return CASA_PROTOCOL;
	}
	event->local_port = bpf_ntohs(direction == CASA_EGRESS ? transport.source : transport.destination);
	event->remote_port = bpf_ntohs(direction == CASA_EGRESS ? transport.destination : transport.source);
	return CASA_BY_RULE;
}

/* `opens` becomes true where a flow that no call has reported passes for the first time. */
static __always_inline __u64 casa_decide_packet(struct __sk_buff *packet, __u8 direction, struct casa_event *event,
						int *opens)
{
	__u32 own, other, egress, ingress;
	struct casa_peer peer;
	__u64 answer, reply;
	int question = 0;

	if (!casa_subject) {
		event->reason = CASA_NOBODY;
		return 0;
	}
	if (packet->ifindex == CASA_LOOPBACK_INTERFACE)
		return casa_answer(CASA_CLASS_LOOPBACK, casa_question(direction, CASA_ANY_PROTOCOL, 0));

	event->reason = casa_read(packet, direction, event, &question);
	if (event->reason != CASA_BY_RULE)
		return 0;
	casa_resolve(event, &peer);
	egress = casa_question(CASA_EGRESS, event->protocol, event->remote_port);
	ingress = casa_question(CASA_INGRESS, event->protocol, event->local_port);
	own = direction == CASA_EGRESS ? egress : ingress;
	other = direction == CASA_EGRESS ? ingress : egress;

	answer = casa_ask(&peer, own);
	if (casa_passes(answer)) {
		if (direction == CASA_INGRESS)
			*opens = question || event->protocol == CASA_UDP;
		else if (event->protocol == CASA_UDP)
			*opens = casa_remember(packet, event);
		return answer;
	}
	if (question)
		return answer;

	/* No question; it may be a reply to one of the other direction. */
	reply = casa_ask(&peer, other);
	if (!casa_passes(reply))
		return answer;
	if (direction == CASA_INGRESS && event->protocol == CASA_UDP && !casa_solicited(packet, event)) {
		event->reason = CASA_UNSOLICITED;
		return answer;
	}
	return reply;
}

static __always_inline int casa_judge_packet(struct __sk_buff *packet, __u8 hook, __u8 direction)
{
	struct casa_event event = {
		.subject = casa_subject,
		.rule = CASA_NO_RULE_INDEX,
		.hook = hook,
		.direction = direction,
		.length = packet->len,
	};
	int opens = 0;
	int verdict = casa_settle(&event, casa_decide_packet(packet, direction, &event, &opens));

	casa_count(&event);
	if (verdict == CASA_REFUSE || (opens && casa_reports(&event)))
		casa_send(&event, bpf_skb_cgroup_id(packet));
	return verdict;
}

SEC("cgroup_skb/egress")
int casa_egress(struct __sk_buff *packet)
{
	return casa_judge_packet(packet, CASA_HOOK_EGRESS, CASA_EGRESS);
}

SEC("cgroup_skb/ingress")
int casa_ingress(struct __sk_buff *packet)
{
	return casa_judge_packet(packet, CASA_HOOK_INGRESS, CASA_INGRESS);
}
