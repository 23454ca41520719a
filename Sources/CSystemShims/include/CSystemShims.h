/* System calls that Swift's Glibc module does not declare, because their prototypes hide behind _GNU_SOURCE. */
#pragma once

#include <stdint.h>

/* Exchanges two paths in one step (renameat2(2), RENAME_EXCHANGE). Returns 0, or a negative errno. */
int casa_exchange_paths(const char *one, const char *other);

/*
 * The node's view of files. These are ordinary calls; they stand here because errno must be read next to the call, and
 * because Swift imports neither the magic numbers of file systems nor the resource argument of setrlimit(2).
 * Where nothing else is said they return 0, or a negative errno.
 */

/* A directory, for its descriptor only; closed on exec. Returns the descriptor. */
int casa_node_open_directory(const char *path);

/* A file to lock, made if it is not there; closed on exec. Returns the descriptor. */
int casa_node_open_lock(const char *path);

/* An exclusive lock on the open file, without waiting: -EWOULDBLOCK while another has it. */
int casa_node_lock(int descriptor);

void casa_node_close(int descriptor);

/* Of the file behind a descriptor. On cgroup v2 the inode number is the cgroup's id. */
int casa_node_inode(int descriptor, uint64_t *inode);

/* What changes when another file takes a name: inode number and time of change in nanoseconds. */
int casa_node_identify(const char *path, uint64_t *inode, uint64_t *changed);

/* Returns 1 if the descriptor lies in a cgroup v2 hierarchy, 0 if not. */
int casa_node_is_cgroup2(int descriptor);

/* Returns 1 if the path lies in a BPF file system, 0 if not. */
int casa_node_is_bpffs(const char *path);

int casa_node_make_directory(const char *path);
int casa_node_remove_directory(const char *path);
int casa_node_unlink(const char *path);
int casa_node_rename(const char *from, const char *to);

/* RLIMIT_MEMLOCK without limit: before Linux 5.11 maps and programs are charged to it. */
int casa_node_raise_memory_limit(void);

/* Nanoseconds since boot, suspended time included: the clock of events. */
uint64_t casa_node_boot_time(void);

/* Nanoseconds since 1970. */
uint64_t casa_node_wall_time(void);

/* Waits without signals cutting it short. */
void casa_node_sleep(uint32_t milliseconds);

#include "demo.h"
