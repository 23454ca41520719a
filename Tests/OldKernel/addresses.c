/* Address tables as the node agent builds them: hash, displace, place; crowded buckets first. */
#include "addresses.h"

#include <stdlib.h>
#include <string.h>

#define HEADER 32

static uint64_t mix(uint64_t key, uint64_t seed)
{
	uint64_t hash = (key ^ seed) * 0x9E3779B97F4A7C15;

	return hash ^ hash >> 44;
}

static uint32_t scale(uint64_t hash, uint32_t count)
{
	return (hash >> 32) * count >> 32;
}

static uint32_t slot_of(uint64_t hash, uint16_t displacement, uint32_t slots)
{
	return scale((hash ^ displacement) * 0xE7037ED1A0B428DB, slots);
}

static uint64_t key4(const struct address *entry)
{
	return entry->low;
}

static uint64_t key6(const struct address *entry)
{
	uint64_t product = entry->low * 0x9E3779B97F4A7C15;

	return entry->high ^ (product << 31 | product >> 33);
}

struct table {
	uint32_t count, buckets, slots;
	uint64_t *hashes;
	uint16_t *displacements;
	int32_t *occupants;		/* of each slot; -1 is free */
};

static int place(struct table *table, const uint32_t *members, uint32_t size, uint16_t *found)
{
	uint32_t taken[64];
	uint32_t index, other, slot;

	if (size > 64)
		return 0;
	for (uint32_t displacement = 0; displacement < 65536; displacement++) {
		for (index = 0; index < size; index++) {
			slot = slot_of(table->hashes[members[index]], displacement, table->slots);
			for (other = 0; other < index && taken[other] != slot; other++)
				;
			if (other < index || table->occupants[slot] >= 0)
				break;
			taken[index] = slot;
		}
		if (index < size)
			continue;
		for (index = 0; index < size; index++)
			table->occupants[taken[index]] = members[index];
		*found = displacement;
		return 1;
	}
	return 0;
}

/* Buckets by size, largest first; quadratic in nothing but the size of the largest bucket. */
static int place_all(struct table *table)
{
	uint32_t *sizes = calloc(table->buckets, sizeof(*sizes));
	uint32_t *starts = calloc(table->buckets + 1, sizeof(*starts));
	uint32_t *members = calloc(table->count + 1, sizeof(*members));
	uint32_t index, bucket, largest = 0;
	int placed = 1;

	for (index = 0; index < table->count; index++)
		sizes[scale(table->hashes[index], table->buckets)]++;
	for (bucket = 0; bucket < table->buckets; bucket++) {
		starts[bucket + 1] = starts[bucket] + sizes[bucket];
		if (sizes[bucket] > largest)
			largest = sizes[bucket];
		sizes[bucket] = 0;
	}
	for (index = 0; index < table->count; index++) {
		bucket = scale(table->hashes[index], table->buckets);
		members[starts[bucket] + sizes[bucket]++] = index;
	}
	for (uint32_t size = largest; placed && size > 0; size--)
		for (bucket = 0; placed && bucket < table->buckets; bucket++)
			if (sizes[bucket] == size)
				placed = place(table, members + starts[bucket], size, &table->displacements[bucket]);
	free(sizes);
	free(starts);
	free(members);
	return placed;
}

static void *build(const struct address *entries, uint32_t count, size_t slot_size,
		   uint64_t (*key)(const struct address *), size_t *size)
{
	struct table table = { .count = count, .buckets = (count + 3) / 4 + !count, .slots = count + count / 32 + 1 };
	uint32_t offsets[2] = { HEADER, (HEADER + table.buckets * 2 + 7) / 8 * 8 };
	unsigned char *bytes, *slot;
	uint64_t seed = 0;
	int placed = 0;

	*size = offsets[1] + table.slots * slot_size;
	bytes = calloc(1, *size);
	table.hashes = calloc(count + 1, sizeof(*table.hashes));
	table.displacements = (uint16_t *)(bytes + HEADER);
	table.occupants = calloc(table.slots, sizeof(*table.occupants));
	for (uint64_t attempt = 1; !placed && attempt <= 64; attempt++) {
		seed = mix(attempt, count) * 0xE7037ED1A0B428DB;
		for (uint32_t index = 0; index < count; index++)
			table.hashes[index] = mix(key(&entries[index]), seed);
		memset(table.displacements, 0, table.buckets * 2);
		memset(table.occupants, 0xFF, table.slots * sizeof(*table.occupants));
		placed = place_all(&table);
	}
	memcpy(bytes, &table.buckets, 4);
	memcpy(bytes + 4, &table.slots, 4);
	memcpy(bytes + 8, &seed, 8);
	memcpy(bytes + 16, offsets, 8);
	for (uint32_t index = 0; placed && index < table.slots; index++) {
		const struct address *entry = &entries[table.occupants[index]];

		slot = bytes + offsets[1] + index * slot_size;
		if (table.occupants[index] < 0)
			continue;
		if (slot_size == 16) {
			memcpy(slot, &entry->low, 4);
			memcpy(slot + 4, &entry->class, 2);
		} else {
			memcpy(slot, &entry->high, 8);
			memcpy(slot + 8, &entry->low, 8);
			memcpy(slot + 16, &entry->class, 2);
		}
	}
	free(table.hashes);
	free(table.occupants);
	if (!placed) {
		free(bytes);
		return NULL;
	}
	return bytes;
}

void *build_table4(const struct address *entries, uint32_t count, size_t *size)
{
	return build(entries, count, 16, key4, size);
}

void *build_table6(const struct address *entries, uint32_t count, size_t *size)
{
	return build(entries, count, 32, key6, size);
}
