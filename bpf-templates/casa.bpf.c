/*
 * The template of every CASA object: all hooks, one translation unit. README.md says what each hook decides.
 *
 * Compiled once, when CASA is built; linked with the functions that are emitted for a policy.
 */
#include "connect.bpf.c"
#include "packet.bpf.c"
#include "socket.bpf.c"
