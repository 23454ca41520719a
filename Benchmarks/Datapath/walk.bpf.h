/*
 * How a decision is timed: 64 of them in a run, each about the flow that the one before it led to.
 *
 * The flows form one random cycle. Where to go next is known only when the decision is, so the processor cannot begin
 * the next decision before the last one has ended; that is what a packet costs, and not what a loop can hide.
 */
#ifndef BENCH_WALK_BPF_H
#define BENCH_WALK_BPF_H

#include <linux/bpf.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define BENCH_FLOWS 4096
#define BENCH_DECISIONS 64

struct bench_flow {
	__be32 peer;
	__u16 remote_port;
	__u16 local_port;
	__u32 next;
	__u32 length;
};

struct bench_walk {
	__u32 cursor;
	__u32 nothing;			/* 0, which neither compiler nor processor can know */
	__u64 passed;
};

/* Written by the driver. */
struct bench_flow bench_flows[BENCH_FLOWS] SEC(".data.flows") = {{ .length = 1 }};
struct bench_walk bench_walk SEC(".data.walk") = { .nothing = 0, .cursor = 1 };

/* `decide` answers a number that depends on everything it looked up, and 0 only if the flow may not pass. */
static __always_inline int bench_run(__u64 (*decide)(const struct bench_flow *flow))
{
	__u32 cursor = bench_walk.cursor;
	__u32 nothing = *(volatile __u32 *)&bench_walk.nothing;
	__u64 passed = 0;
	__u64 result;

#pragma clang loop unroll(disable)
	for (int count = 0; count < BENCH_DECISIONS; count++) {
		const struct bench_flow *flow = &bench_flows[cursor % BENCH_FLOWS];

		result = decide(flow);
		passed += !!result;
		cursor += 1 + (result & nothing);
	}
	bench_walk.cursor = cursor;
	bench_walk.passed += passed;
	return 1;
}

/* The walk by itself; its cost is taken off every other. */
static __always_inline __u64 bench_nothing(const struct bench_flow *flow)
{
	return flow->peer;
}

#endif
