/*
 * Whose address is it? One probe of a perfect hash, and the policy's regions.
 *
 * The node agent replaces the contents and the size of both tables, then freezes them. The kernel's verifier reads the
 * header of a frozen map as constants; a product (h >> 32) * n >> 32 is then visibly below n, and a probe is proved to
 * stay inside the table without a compare. A header that points outside its table is refused at load.
 */
#ifndef CASA_ADDRESS_BPF_H
#define CASA_ADDRESS_BPF_H

#include "casa.bpf.h"

#define CASA_CLASSES 6

struct casa_table {
	__u32 buckets;
	__u32 slots;
	__u64 seed;
	__u32 displacement_offset;
	__u32 slot_offset;
	__u64 zero;
};

/* A list of classes ends at 0 or at the sixth; an unused slot is all zero. */
struct casa_slot4 {
	__u32 address;
	__u16 classes[CASA_CLASSES];
};

struct casa_slot6 {
	__u64 high;
	__u64 low;
	__u16 classes[CASA_CLASSES];
	__u32 zero;
};

_Static_assert(sizeof(struct casa_table) == 32, "a table begins with 32 bytes of header");
_Static_assert(sizeof(struct casa_slot4) == 16, "an IPv4 slot is 16 bytes");
_Static_assert(sizeof(struct casa_slot6) == 32, "an IPv6 slot is 32 bytes");

struct casa_addresses4 {
	struct casa_table table;
	__u16 displacements[4];
	struct casa_slot4 slots[1];
};

struct casa_addresses6 {
	struct casa_table table;
	__u16 displacements[4];
	struct casa_slot6 slots[1];
};

/* Empty tables: one slot, nobody in it. */
const volatile struct casa_addresses4 casa_addresses4 SEC(".rodata.addresses4") = {
	.table = {
		.buckets = 1,
		.slots = 1,
		.displacement_offset = __builtin_offsetof(struct casa_addresses4, displacements),
		.slot_offset = __builtin_offsetof(struct casa_addresses4, slots),
	},
};

const volatile struct casa_addresses6 casa_addresses6 SEC(".rodata.addresses6") = {
	.table = {
		.buckets = 1,
		.slots = 1,
		.displacement_offset = __builtin_offsetof(struct casa_addresses6, displacements),
		.slot_offset = __builtin_offsetof(struct casa_addresses6, slots),
	},
};

/* A number below `count`, in proportion to the upper half of a hash. */
static __always_inline __u64 casa_scale(__u64 hash, __u32 count)
{
	__u64 number = (hash >> 32) * count >> 32;

	/* Multiplied by a size next; one shift for both would let the verifier see a remainder beyond the end. */
	asm volatile("" : "+r"(number));
	return number;
}

/* The one slot that can hold the key. */
static __always_inline const volatile void *casa_probe(const volatile void *content, __u64 key, __u32 slot_size)
{
	const volatile struct casa_table *table;
	__u64 hash, displacement;

	/* The compiler knows how small the table is here; the table that is loaded is another. */
	asm volatile("" : "+r"(content));
	table = content;

	hash = (key ^ table->seed) * 0x9E3779B97F4A7C15;
	displacement = *(const volatile __u16 *)(content + table->displacement_offset +
						 casa_scale(hash, table->buckets) * sizeof(__u16));
	/* The fold lets keys that differ in their upper bits only move apart; it is done while memory answers. */
	hash = (hash ^ hash >> 44 ^ displacement) * 0xE7037ED1A0B428DB;
	return content + table->slot_offset + casa_scale(hash, table->slots) * slot_size;
}

static __always_inline const volatile __u16 *casa_classes4(__u32 address)
{
	const volatile struct casa_slot4 *slot = casa_probe(&casa_addresses4, address, sizeof(*slot));

	return slot->address == address && slot->classes[0] ? slot->classes : 0;
}

static __always_inline const volatile __u16 *casa_classes6(__u64 high, __u64 low)
{
	const volatile struct casa_slot6 *slot;
	__u64 mixed = low * 0x9E3779B97F4A7C15;

	/* The compiler would make a second product of the upper part. */
	asm volatile("" : "+r"(mixed));
	slot = casa_probe(&casa_addresses6, high ^ (mixed << 31 | mixed >> 33), sizeof(*slot));
	return slot->high == high && slot->low == low && slot->classes[0] ? slot->classes : 0;
}

/* What is known of the other end: the classes of its table entry, or none, and the class of its region. */
struct casa_peer {
	const volatile __u16 *classes;
	__u32 region;
};

static __always_inline void casa_resolve(const struct casa_event *event, struct casa_peer *peer)
{
	__u64 high, low;
	__u32 address;

	if (event->family == CASA_IPV4) {
		address = bpf_ntohl(event->peer4);
		peer->classes = casa_classes4(address);
		peer->region = casa_regions & CASA_REGIONS4 ? casa_region4(address) & 0xFFFF : 0;
	} else {
		high = bpf_be64_to_cpu(event->peer[0]);
		low = bpf_be64_to_cpu(event->peer[1]);
		peer->classes = casa_classes6(high, low);
		peer->region = casa_regions & CASA_REGIONS6 ? casa_region6(high, low) & 0xFFFF : 0;
	}
}

/* The strongest answer on any class of the peer; 0 if nobody told who has its address. */
static __always_inline __u64 casa_ask(const struct casa_peer *peer, __u32 question)
{
	const volatile __u16 *classes = peer->classes;
	__u64 strongest = 0, answer;
	__u32 class;

	if (peer->region)
		strongest = casa_answer(peer->region, question);
	if (!classes)
		return strongest;
#pragma clang loop unroll(disable)
	for (int index = 0; index < CASA_CLASSES; index++) {
		class = classes[index];
		if (!class)
			break;
		answer = casa_answer(class, question);
		if (answer > strongest)
			strongest = answer;
	}
	return strongest;
}

#endif
