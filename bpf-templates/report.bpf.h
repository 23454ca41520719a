/*
 * What is counted, and who hears of it.
 *
 * Packets are counted by the rule that decided them, or by the reason where no rule did. Calls are counted only when
 * they are refused: what passes is counted as packets. Every refusal is an event; what passes is one only where a flow
 * opens, and only if its rule is audited or the settings ask for it.
 */
#ifndef CASA_REPORT_BPF_H
#define CASA_REPORT_BPF_H

#include "casa.bpf.h"

/* Atomic although the counter is the processor's own: programs on it may interrupt each other. */
static __always_inline void casa_add(__u64 *counter, __u64 amount)
{
	/* Not __sync_fetch_and_add: clang makes it a fetching instruction, which kernels before 5.12 refuse. */
	__atomic_fetch_add(counter, amount, __ATOMIC_RELAXED);
}

static __always_inline void casa_count(const struct casa_event *event)
{
	__u32 index = event->rule == CASA_NO_RULE_INDEX ? event->reason : CASA_REASONS + event->rule;
	struct casa_counter *counter = bpf_map_lookup_elem(&casa_counters, &index);

	if (!counter)
		return;
	casa_add(&counter->packets, 1);
	/* A call has no length, and an atomic addition of 0 becomes an instruction that those kernels refuse too. */
	if (event->length)
		casa_add(&counter->bytes, event->length);
}

/* Writes the answer into the event. The reason stands already where the policy was not asked. */
static __always_inline int casa_settle(struct casa_event *event, __u64 answer)
{
	event->class = answer;
	event->rank = casa_rank(answer);
	if (event->rank != CASA_DEFAULT_DENY)
		event->rule = 0xFFFFFF - (answer >> 32 & 0xFFFFFF);
	else if (event->reason == CASA_BY_RULE)
		event->reason = event->class == CASA_CLASS_UNKNOWN ? CASA_UNKNOWN_PEER : CASA_NO_RULE;
	return casa_passes(answer) ? CASA_PASS : CASA_REFUSE;
}

/* Whether a flow that passes is reported when it opens. */
static __always_inline int casa_reports(const struct casa_event *event)
{
	struct casa_settings *settings;
	__u32 first = 0;

	if (event->rank == CASA_AUDITED_DENY)
		return 1;
	settings = bpf_map_lookup_elem(&casa_settings, &first);
	return settings && settings->report_allowed;
}

static __noinline void casa_send(struct casa_event *event, __u64 cgroup)
{
	__u32 first = 0;
	__u64 *losses;

	event->time = bpf_ktime_get_boot_ns();
	event->cgroup = cgroup;
	if (!bpf_ringbuf_output(&casa_events, event, sizeof(*event), 0))
		return;
	losses = bpf_map_lookup_elem(&casa_losses, &first);
	if (losses)
		casa_add(losses, 1);
}

#endif
