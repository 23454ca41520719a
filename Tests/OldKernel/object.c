/* Loads an object as the node agent does: subject set, address tables exchanged for larger ones, then frozen. */
#include "object.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>

#define LOG_SIZE (1 << 16)
#define LOG_STATISTICS 4

const char *const program_names[PROGRAMS] = {
	"casa_connect4", "casa_connect6", "casa_sendmsg4",   "casa_sendmsg6",
	"casa_egress",	 "casa_ingress",  "casa_sock_create",
};

const enum bpf_attach_type program_hooks[PROGRAMS] = {
	BPF_CGROUP_INET4_CONNECT, BPF_CGROUP_INET6_CONNECT, BPF_CGROUP_UDP4_SENDMSG,	  BPF_CGROUP_UDP6_SENDMSG,
	BPF_CGROUP_INET_EGRESS,	  BPF_CGROUP_INET_INGRESS,  BPF_CGROUP_INET_SOCK_CREATE,
};

static int replace_table(struct bpf_object *file, const char *name, const void *bytes, size_t size)
{
	LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = BPF_F_RDONLY_PROG);
	struct bpf_map *map = bpf_object__find_map_by_name(file, name);
	__u32 first = 0;
	int descriptor, error;

	if (!map || !bytes)
		return -ENOENT;
	descriptor = bpf_map_create(BPF_MAP_TYPE_ARRAY, "casa_addresses", 4, size, 1, &options);
	if (descriptor < 0)
		return descriptor;
	error = bpf_map_update_elem(descriptor, &first, bytes, 0);
	if (!error)
		error = bpf_map_freeze(descriptor);
	if (!error)
		error = bpf_map__reuse_fd(map, descriptor);
	close(descriptor);
	return error;
}

static int set_up(struct object *object, uint32_t subject, const struct address *entries4, uint32_t count4,
		  const struct address *entries6, uint32_t count6, char *logs)
{
	struct bpf_map *word = bpf_object__find_map_by_name(object->file, ".rodata.subject");
	struct bpf_map *counters = bpf_object__find_map_by_name(object->file, "casa_counters");
	struct bpf_program *program;
	size_t size4, size6;
	void *table4 = build_table4(entries4, count4, &size4);
	void *table6 = build_table6(entries6, count6, &size6);
	int error = word && counters ? 0 : -ENOENT;

	if (!error)
		error = bpf_map__set_initial_value(word, &subject, sizeof(subject));
	if (!error)
		error = bpf_map__set_max_entries(counters, 16 + 64);
	if (!error)
		error = replace_table(object->file, ".rodata.addresses4", table4, size4);
	if (!error)
		error = replace_table(object->file, ".rodata.addresses6", table6, size6);
	free(table4);
	free(table6);
	for (int index = 0; !error && index < PROGRAMS; index++) {
		program = bpf_object__find_program_by_name(object->file, program_names[index]);
		if (!program)
			return -ENOENT;
		bpf_program__set_log_level(program, LOG_STATISTICS);
		bpf_program__set_log_buf(program, logs + index * LOG_SIZE, LOG_SIZE);
	}
	return error ? error : bpf_object__load(object->file);
}

int object_load(struct object *object, const char *path, uint32_t subject, const struct address *entries4,
		uint32_t count4, const struct address *entries6, uint32_t count6)
{
	char *logs = calloc(PROGRAMS, LOG_SIZE);
	char *statistics;
	int error;

	memset(object, 0, sizeof(*object));
	object->file = bpf_object__open_file(path, NULL);
	error = object->file ? 0 : -errno;
	if (!error)
		error = set_up(object, subject, entries4, count4, entries6, count6, logs);
	for (int index = 0; index < PROGRAMS; index++) {
		statistics = strstr(logs + index * LOG_SIZE, "processed ");
		if (statistics)
			object->instructions[index] = strtoul(statistics + 10, NULL, 10);
		if (error && logs[index * LOG_SIZE])
			printf("%s:\n%s\n", program_names[index], logs + index * LOG_SIZE);
		if (!error)
			object->programs[index] = bpf_program__fd(
				bpf_object__find_program_by_name(object->file, program_names[index]));
	}
	free(logs);
	if (error)
		object_unload(object);
	return error;
}

void object_unload(struct object *object)
{
	bpf_object__close(object->file);
	object->file = NULL;
}
