#ifndef CASA_TEST_OBJECT_H
#define CASA_TEST_OBJECT_H

#include <stdint.h>

#include <bpf/libbpf.h>

#include "addresses.h"

#define PROGRAMS 7

/* A loaded object: its programs in the order of `program_names`. */
struct object {
	struct bpf_object *file;
	int programs[PROGRAMS];
	unsigned int instructions[PROGRAMS];	/* that the kernel's verifier processed */
};

extern const char *const program_names[PROGRAMS];
extern const enum bpf_attach_type program_hooks[PROGRAMS];

/* Loads an object for a subject, its address tables replaced; IPv4 and IPv6 entries. 0, or a negative error. */
int object_load(struct object *object, const char *path, uint32_t subject, const struct address *entries4,
		uint32_t count4, const struct address *entries6, uint32_t count6);

void object_unload(struct object *object);

#endif
