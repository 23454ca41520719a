/*
 * Is a datagram the reply to a question? The last eight peers that an unconnected socket has asked.
 */
#ifndef CASA_PEERS_BPF_H
#define CASA_PEERS_BPF_H

#include "casa.bpf.h"

#define CASA_PEERS 8

struct casa_asked {
	__be64 peer[2];
	__u16 port;
	__u16 family;			/* 0 in an entry that was never used */
	__u32 last;			/* the number of the question that was the last to this peer */
};

struct casa_peers {
	struct bpf_spin_lock lock;	/* threads may send on one socket at once */
	__u32 questions;		/* counted, so that the peer asked longest ago is known */
	__u32 place;			/* of the last question */
	__u32 reserved;
	struct casa_asked asked[CASA_PEERS];
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct casa_peers);
} casa_peers SEC(".maps");

/* ~0 if the entry is of the peer, else 0. In bits, because every branch here would double the verifier's work. */
static __always_inline __u64 casa_same(const struct casa_asked *asked, const struct casa_event *event)
{
	__u64 difference = (asked->peer[0] ^ event->peer[0]) | (asked->peer[1] ^ event->peer[1]) |
			   (asked->port ^ event->remote_port) | (asked->family ^ event->family);
	__u64 same = ((difference | -difference) >> 63) - 1;

	/* The compiler would see a comparison in it. */
	asm volatile("" : "+r"(same));
	return same;
}

/* Whether the peer was asked lately; `place` is its entry, or else that of the peer asked longest ago. Under the lock. */
static __always_inline int casa_has_asked(const struct casa_peers *peers, const struct casa_event *event, __u32 *place)
{
	__u64 age, behind, greatest = 0;

#pragma clang loop unroll(disable)
	for (__u32 index = 0; index < CASA_PEERS; index++) {
		const struct casa_asked *asked = &peers->asked[index];

		/* A difference, which stays right when the count begins anew; that of the peer itself is beyond all. */
		age = (__u32)(peers->questions - asked->last) | (casa_same(asked, event) & 1ULL << 32);
		age = age * CASA_PEERS + index;
		behind = greatest - age;
		greatest -= behind & (__s64)behind >> 63;
	}
	*place = greatest % CASA_PEERS;
	return greatest / CASA_PEERS >> 32;
}

/* Remembers whom the socket has just asked; true if it had not asked them lately. */
static __always_inline int casa_remember(struct __sk_buff *packet, const struct casa_event *event)
{
	struct bpf_sock *socket = packet->sk;
	struct casa_peers *peers;
	struct casa_asked *asked;
	__u32 place = 0;
	int known;

	socket = socket ? bpf_sk_fullsock(socket) : 0;
	if (!socket || socket->state == BPF_TCP_ESTABLISHED)
		return 0;
	peers = bpf_sk_storage_get(&casa_peers, socket, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!peers)
		return 0;

	bpf_spin_lock(&peers->lock);
	known = casa_has_asked(peers, event, &place);
	/* Through the map: a number from there is not followed back by the verifier, on each path to each place. */
	*(volatile __u32 *)&peers->place = place;
	asked = &peers->asked[*(volatile __u32 *)&peers->place % CASA_PEERS];
	asked->peer[0] = event->peer[0];
	asked->peer[1] = event->peer[1];
	asked->port = event->remote_port;
	asked->family = event->family;
	asked->last = ++peers->questions;
	bpf_spin_unlock(&peers->lock);
	return !known;
}

static __always_inline int casa_is_remote(const struct bpf_sock *socket, const struct casa_event *event)
{
	if (socket->dst_port != bpf_htons(event->remote_port))
		return 0;
	if (event->family == CASA_IPV4)
		return socket->dst_ip4 == event->peer4;
	return socket->dst_ip6[0] == event->peer6[0] && socket->dst_ip6[1] == event->peer6[1] &&
	       socket->dst_ip6[2] == event->peer6[2] && socket->dst_ip6[3] == event->peer6[3];
}

/* True if the receiving socket is connected to the sender, or is not connected and has asked it lately. */
static __always_inline int casa_solicited(struct __sk_buff *packet, const struct casa_event *event)
{
	struct bpf_sock *socket = packet->sk;
	struct casa_peers *peers;
	__u32 place;
	int known;

	socket = socket ? bpf_sk_fullsock(socket) : 0;
	if (!socket)
		return 0;
	if (socket->state == BPF_TCP_ESTABLISHED)
		return casa_is_remote(socket, event);
	peers = bpf_sk_storage_get(&casa_peers, socket, 0, 0);
	if (!peers)
		return 0;

	bpf_spin_lock(&peers->lock);
	known = casa_has_asked(peers, event, &place);
	bpf_spin_unlock(&peers->lock);
	return known;
}

#endif
