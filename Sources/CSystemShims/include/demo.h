/*
 * Processes and sockets of the developer's demo. Swift cannot fork; the sockets stand here because errno must be read
 * next to the call, and because addresses are unions of C structures. What returns int returns a negative errno on failure.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Where a new process failed before it became another program. */
enum casa_demo_step { CASA_DEMO_FORK, CASA_DEMO_CGROUP, CASA_DEMO_NETWORK, CASA_DEMO_FILES, CASA_DEMO_EXEC };

/* A process to start. Any path may be NULL: then nothing is entered, and the file is the parent's own. */
struct casa_demo_launch {
	const char *program;
	char *const *arguments;		/* ends with NULL */
	const char *cgroup;		/* a directory; entered before the program begins */
	const char *network;		/* a network namespace's file */
	const char *input;
	const char *output;
	const char *errors;
	int outlives;			/* whether it goes on when its parent ends */
};

/* Returns the process number; or a negative errno, and the step that failed. */
int casa_demo_start(const struct casa_demo_launch *launch, int *step);

/* Waits for a child: its exit status, or 128 + its signal. -EINTR when a signal came for us first. */
int casa_demo_wait(int process);

/* From now on SIGINT, SIGTERM and SIGHUP only leave a note, and waits end. */
void casa_demo_note_signals(void);

/* The signal that was noted, or 0. */
int casa_demo_noted_signal(void);

/* Sockets never block, and are closed on exec. Addresses are four or sixteen bytes in network order. */
int casa_demo_socket(size_t address_bytes, int datagram);
int casa_demo_connect(int socket, const uint8_t *address, size_t address_bytes, uint16_t port);
int casa_demo_connected(int socket);
int casa_demo_send(int socket, const uint8_t *bytes, size_t count);
int casa_demo_send_to(int socket, const uint8_t *bytes, size_t count, const uint8_t *address, size_t address_bytes,
		      uint16_t port);
int casa_demo_receive(int socket, uint8_t *bytes, size_t count);
int casa_demo_listen(size_t address_bytes, int datagram, uint16_t port);
int casa_demo_accept(int listener);

/* Sends what came back to where it came from: 1, or 0 when the other side has finished. */
int casa_demo_echo(int socket);
