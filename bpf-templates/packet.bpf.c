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

/* A function of its own to the verifier too, which follows it once, whatever packet comes here. */
__noinline int casa_read_options(struct __sk_buff *packet, __u32 end)
{
	__u32 next = sizeof(struct casa_ipv4);
	__u8 type, length;

#pragma clang loop unroll(disable)
	for (int count = 0; count < CASA_OPTION_BYTES && next < end; count++) {
		if (bpf_skb_load_bytes(packet, next, &type, sizeof(type)))
			return CASA_MALFORMED;
		if (type == CASA_OPTIONS_END)
			break;
		if (type == CASA_NO_OPERATION) {
			next++;
			continue;
		}
		if (type == CASA_LOOSE_ROUTE || type == CASA_STRICT_ROUTE)
			return CASA_SOURCE_ROUTE;
		if (next + 1 >= end || bpf_skb_load_bytes(packet, next + 1, &length, sizeof(length)))
			return CASA_MALFORMED;
		next += length;
		if (length < 2 || next > end)
			return CASA_MALFORMED;
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

/* Reads an IPv6 header and the extensions behind it; `end` is where they end. */
static __always_inline enum casa_reason casa_read_ipv6(struct __sk_buff *packet, __u8 direction,
						       struct casa_event *event, __u32 *end)
{
	struct casa_extension extension;
	struct casa_ipv6 header;
	__u8 next;

	if (bpf_skb_load_bytes(packet, 0, &header, sizeof(header)))
		return CASA_MALFORMED;
	event->family = CASA_IPV6;
	event->peer[0] = direction == CASA_EGRESS ? header.destination[0] : header.source[0];
	event->peer[1] = direction == CASA_EGRESS ? header.destination[1] : header.source[1];

	next = header.next;
	*end = sizeof(header);
#pragma clang loop unroll(disable)
	for (int count = 0; count < CASA_EXTENSIONS && casa_is_extension(next); count++) {
		if (bpf_skb_load_bytes(packet, *end, &extension, sizeof(extension)))
			return CASA_MALFORMED;
		*end += sizeof(extension);
		if (next != CASA_FRAGMENT_HEADER)
			*end += extension.words * 8;
		else if (extension.fragment & bpf_htons(CASA_FRAGMENT_OFFSET6))
			return CASA_FRAGMENT;
		next = extension.next;
	}
	event->protocol = next;
	if (next == CASA_ROUTING)
		return CASA_SOURCE_ROUTE;
	return casa_is_extension(next) ? CASA_MALFORMED : CASA_BY_RULE;
}

/* Reads a packet into the event, with the reason if it cannot be judged. True if it opens a TCP flow. */
static __always_inline int casa_read(struct __sk_buff *packet, __u8 direction, struct casa_event *event)
{
	struct casa_transport transport;
	struct casa_ipv4 header;
	__u32 end = 0;
	int opens = 0;

	event->reason = CASA_MALFORMED;
	if (bpf_skb_load_bytes(packet, 0, &header, sizeof(header)))
		return 0;
	if (header.version_and_words >> 4 == 4)
		event->reason = casa_read_ipv4(packet, direction, &header, event, &end);
	else if (header.version_and_words >> 4 == 6)
		event->reason = casa_read_ipv6(packet, direction, event, &end);
	if (event->reason != CASA_BY_RULE)
		return 0;

	event->reason = CASA_MALFORMED;
	if (event->protocol == CASA_TCP) {
		if (bpf_skb_load_bytes(packet, end, &transport, CASA_TCP_BYTES))
			return 0;
		opens = (transport.flags & (CASA_TCP_SYN | CASA_TCP_ACK)) == CASA_TCP_SYN;
	} else if (event->protocol == CASA_UDP) {
		if (bpf_skb_load_bytes(packet, end, &transport, CASA_UDP_BYTES))
			return 0;
	} else {
		event->reason = CASA_PROTOCOL;
		return 0;
	}
	event->reason = CASA_BY_RULE;
	event->local_port = bpf_ntohs(direction == CASA_EGRESS ? transport.source : transport.destination);
	event->remote_port = bpf_ntohs(direction == CASA_EGRESS ? transport.destination : transport.source);
	return opens;
}

/* `opens` becomes true where a flow that no call has reported passes for the first time. */
static __always_inline __u64 casa_decide_packet(struct __sk_buff *packet, __u8 direction, struct casa_event *event,
						int *opens)
{
	__u32 own, other, egress, ingress;
	struct casa_peer peer;
	__u64 answer, reply;
	int question;

	if (!casa_subject) {
		event->reason = CASA_NOBODY;
		return 0;
	}
	if (packet->ifindex == CASA_LOOPBACK_INTERFACE)
		return casa_answer(CASA_CLASS_LOOPBACK, casa_question(direction, CASA_ANY_PROTOCOL, 0));

	question = casa_read(packet, direction, event);
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
