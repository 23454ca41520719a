/*
 * CASA's own path, timed: the template's address probe, the decision function that the compiler emits, and the
 * template's counters. What is included here is what every object is made of; only the parse of a packet is left out.
 */
#include "walk.bpf.h"

#include "address.bpf.h"
#include "report.bpf.h"

static __always_inline __u64 casa_bench_ask(const struct bench_flow *flow, struct casa_event *event)
{
	struct casa_peer peer;

	event->family = CASA_IPV4;
	event->protocol = CASA_TCP;
	event->peer4 = flow->peer;
	event->remote_port = flow->remote_port;
	casa_resolve(event, &peer);
	return casa_ask(&peer, casa_question(CASA_EGRESS, event->protocol, event->remote_port));
}

static __always_inline __u64 casa_decision(const struct bench_flow *flow)
{
	struct casa_event event = {};
	__u64 answer = casa_bench_ask(flow, &event);

	return casa_passes(answer) ? answer : 0;
}

static __always_inline __u64 casa_counted(const struct bench_flow *flow)
{
	struct casa_event event = {
		.subject = casa_subject,
		.rule = CASA_NO_RULE_INDEX,
		.hook = CASA_HOOK_EGRESS,
		.direction = CASA_EGRESS,
		.length = flow->length,
	};
	__u64 answer = casa_bench_ask(flow, &event);
	int verdict = casa_settle(&event, answer);

	casa_count(&event);
	return verdict == CASA_PASS ? answer : 0;
}

SEC("cgroup_skb/egress")
int bench_casa_walk(struct __sk_buff *packet)
{
	return bench_run(bench_nothing);
}

SEC("cgroup_skb/egress")
int bench_casa_policy(struct __sk_buff *packet)
{
	return bench_run(casa_decision);
}

SEC("cgroup_skb/egress")
int bench_casa_all(struct __sk_buff *packet)
{
	return bench_run(casa_counted);
}

/* One decision and nothing else: what the kernel's verifier has to follow on the table path. */
static __always_inline int casa_path(struct __sk_buff *packet, __u8 family)
{
	const struct bench_flow *flow = &bench_flows[packet->len % BENCH_FLOWS];
	struct casa_event event = { .family = family, .peer = { flow->peer, flow->next } };
	struct casa_peer peer;

	casa_resolve(&event, &peer);
	return casa_passes(casa_ask(&peer, casa_question(CASA_EGRESS, CASA_TCP, flow->remote_port)));
}

SEC("cgroup_skb/egress")
int bench_casa_path4(struct __sk_buff *packet)
{
	return casa_path(packet, CASA_IPV4);
}

SEC("cgroup_skb/egress")
int bench_casa_path6(struct __sk_buff *packet)
{
	return casa_path(packet, CASA_IPV6);
}

char casa_bench_license[] SEC("license") = "Dual MIT/GPL";
