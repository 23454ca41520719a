/*
 * connect4, connect6, sendmsg4, sendmsg6: refuse a call before it has made a packet.
 *
 * The program sees EPERM at once. The packet hooks are the boundary; what these let pass is judged there again.
 */
#include "address.bpf.h"
#include "report.bpf.h"

/* 0.0.0.0 and :: as a destination are this host to the kernel. */
static __always_inline int casa_calls_loopback(const struct casa_event *event)
{
	__u32 address = bpf_ntohl(event->peer4);

	if (event->family == CASA_IPV4)
		return address >> 24 == 127 || address == 0;
	return event->peer[0] == 0 && bpf_be64_to_cpu(event->peer[1]) <= 1;
}

static __always_inline __u64 casa_decide_call(struct bpf_sock_addr *call, struct casa_event *event)
{
	struct casa_peer peer;
	__u64 answer, reply;

	if (!casa_subject) {
		event->reason = CASA_NOBODY;
		return 0;
	}
	if (call->type == CASA_STREAM && call->protocol == CASA_TCP) {
		event->protocol = CASA_TCP;
	} else if (call->type == CASA_DATAGRAM && call->protocol == CASA_UDP) {
		event->protocol = CASA_UDP;
	} else {
		event->reason = CASA_PROTOCOL;
		return 0;
	}
	if (casa_calls_loopback(event))
		return casa_answer(CASA_CLASS_LOOPBACK, casa_question(CASA_EGRESS, CASA_ANY_PROTOCOL, 0));

	casa_resolve(event, &peer);
	answer = casa_ask(&peer, casa_question(CASA_EGRESS, event->protocol, event->remote_port));
	if (casa_passes(answer) || event->protocol != CASA_UDP || !event->local_port)
		return answer;

	/* A datagram from a served port to one who may call it is its reply. */
	reply = casa_ask(&peer, casa_question(CASA_INGRESS, CASA_UDP, event->local_port));
	return casa_passes(reply) ? reply : answer;
}

static __always_inline int casa_judge_call(struct bpf_sock_addr *call, struct casa_event *event)
{
	int opens = event->hook == CASA_HOOK_CONNECT4 || event->hook == CASA_HOOK_CONNECT6;
	int verdict;

	event->subject = casa_subject;
	event->rule = CASA_NO_RULE_INDEX;
	/* All four bytes: some kernels refuse the narrower load that the compiler would choose. */
	event->remote_port = bpf_ntohs(*(volatile __u32 *)&call->user_port);
	event->local_port = call->sk->src_port;

	verdict = casa_settle(event, casa_decide_call(call, event));
	if (verdict == CASA_REFUSE)
		casa_count(event);
	if (verdict == CASA_REFUSE || (opens && casa_reports(event)))
		casa_send(event, bpf_get_current_cgroup_id());
	return verdict;
}

static __always_inline int casa_call4(struct bpf_sock_addr *call, __u8 hook)
{
	struct casa_event event = { .hook = hook, .family = CASA_IPV4, .peer4 = call->user_ip4 };

	return casa_judge_call(call, &event);
}

/* ::ffff:a.b.c.d leaves as an IPv4 packet, and is judged as one. */
static __always_inline int casa_call6(struct bpf_sock_addr *call, __u8 hook)
{
	struct casa_event event = { .hook = hook };
	__be32 first = call->user_ip6[0], second = call->user_ip6[1];
	__be32 third = call->user_ip6[2], last = call->user_ip6[3];

	if (first == 0 && second == 0 && third == bpf_htonl(0xFFFF)) {
		event.family = CASA_IPV4;
		event.peer4 = last;
	} else {
		event.family = CASA_IPV6;
		event.peer6[0] = first;
		event.peer6[1] = second;
		event.peer6[2] = third;
		event.peer6[3] = last;
	}
	return casa_judge_call(call, &event);
}

SEC("cgroup/connect4")
int casa_connect4(struct bpf_sock_addr *call)
{
	return casa_call4(call, CASA_HOOK_CONNECT4);
}

SEC("cgroup/connect6")
int casa_connect6(struct bpf_sock_addr *call)
{
	return casa_call6(call, CASA_HOOK_CONNECT6);
}

SEC("cgroup/sendmsg4")
int casa_sendmsg4(struct bpf_sock_addr *call)
{
	return casa_call4(call, CASA_HOOK_SENDMSG4);
}

SEC("cgroup/sendmsg6")
int casa_sendmsg6(struct bpf_sock_addr *call)
{
	return casa_call6(call, CASA_HOOK_SENDMSG6);
}
