#ifndef CASA_TEST_ADDRESSES_H
#define CASA_TEST_ADDRESSES_H

#include <stddef.h>
#include <stdint.h>

/* An address in host byte order, IPv4 in `low`, and one class. */
struct address {
	uint64_t high;
	uint64_t low;
	uint16_t class;
};

/* The bytes of an address table with these entries, or NULL; the caller frees them. */
void *build_table4(const struct address *entries, uint32_t count, size_t *size);
void *build_table6(const struct address *entries, uint32_t count, size_t *size);

#endif
