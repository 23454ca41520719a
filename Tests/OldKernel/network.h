#ifndef CASA_TEST_NETWORK_H
#define CASA_TEST_NETWORK_H

#include <sys/types.h>

/* The test's two ends: `near` is in this network namespace, `peer` in one of its own, with servers. */
#define NEAR4 "10.80.0.1"
#define PEER4 "10.80.0.2"
#define PEER6 "fd00:80::2"

enum attempt_kind {
	CONNECT,	/* TCP to an address and port; a greeting must come back */
	ASK,		/* a datagram from an unconnected socket; an echo must come back */
	ASK_CONNECTED,	/* the same from a connected one */
	LISTEN,		/* receive a datagram that was not asked for, on a port */
	ACCEPT,		/* receive a TCP connection on a port */
	CREATE,		/* a socket of a type and a protocol */
};

struct attempt {
	enum attempt_kind kind;
	const char *address;
	int port;	/* or the type of the socket */
	int protocol;
	int ready;	/* a descriptor that hears when the attempt waits, or 0 */
};

/* Makes the veth pair and the peer's servers; the peer's process id, or a negative error. */
pid_t network_start(void);
void network_stop(pid_t peer);

/* Runs an attempt in a process of its own: its error number, 0 for success. `cgroup` may be NULL. */
pid_t attempt_start(const struct attempt *attempt, const char *cgroup, pid_t namespace_of);
int attempt_wait(pid_t process);

/* Makes the peer's UDP server send to a port of ours that has not asked. */
void network_provoke(int port);

#endif
