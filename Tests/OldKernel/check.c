/*
 * Loads an object into this kernel, attaches it, and sees what it refuses.
 *
 * check CGROUP2 OBJECT                      load, attach, refuse an unknown peer, detach
 * check CGROUP2 OBJECT SUBJECT CLASS PORT   the same, and let SUBJECT connect to the TCP PORT of a peer of CLASS
 * check CGROUP2 OBJECT --policy             all that policy.bpf.c allows and refuses
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "network.h"
#include "object.h"

#define LARGE 10000
#define POLICY_SUBJECT 7
#define POLICY_CLASS 16
#define POLICY_PORT 8080

static const char *cgroup;
static char kernel[32];
static int passed, failed;

static void step(const char *name, int actual, int expected)
{
	if (actual == expected) {
		printf("kernel %s %s ok\n", kernel, name);
		passed++;
	} else {
		printf("kernel %s %s FAILED: %d, not %d\n", kernel, name, actual, expected);
		failed++;
	}
}

static int try_inside(const struct attempt *attempt)
{
	return attempt_wait(attempt_start(attempt, cgroup, 0));
}

static int try_connect(const char *address, int port)
{
	const struct attempt attempt = { .kind = CONNECT, .address = address, .port = port };

	return try_inside(&attempt);
}

/* The peer in a table of `count`: it is known by both its addresses, the others are not on this network. */
static void fill(struct address *four, struct address *six, int count, int class)
{
	for (int index = 0; index < count; index++) {
		four[index] = (struct address){ .low = 0xAC100000 + index, .class = 17 };
		six[index] = (struct address){ .high = 0xFD00009900000000, .low = index + 1, .class = 17 };
	}
	if (!count)
		return;
	four[count / 2] = (struct address){ .low = 0x0A500002, .class = class };
	six[count / 2] = (struct address){ .high = 0xFD00008000000000, .low = 2, .class = class };
}

static int load(struct object *object, const char *path, int subject, int count, int class)
{
	static struct address four[LARGE], six[LARGE];

	fill(four, six, count, class);
	return object_load(object, path, subject, four, count, six, count);
}

/* Every size is another program to the verifier, because it knows the header of a frozen table. */
static void check_sizes(const char *path, int subject, int class)
{
	static const int sizes[] = { 0, 1, 2, 10, 1000, LARGE };
	struct object object;
	char name[64];

	for (unsigned int index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++) {
		snprintf(name, sizeof(name), "load with %d addresses", sizes[index]);
		step(name, load(&object, path, subject, sizes[index], class), 0);
		if (!object.file)
			continue;
		for (int program = 0; sizes[index] == LARGE && program < PROGRAMS; program++)
			printf("  %s: %u instructions verified\n", program_names[program], object.instructions[program]);
		object_unload(&object);
	}
	snprintf(name, sizeof(name), "load for nobody");
	step(name, load(&object, path, 0, 10, class), 0);
	if (object.file)
		object_unload(&object);
}

static int attach(const struct object *object, int descriptor, int links[PROGRAMS])
{
	for (int index = 0; index < PROGRAMS; index++) {
		links[index] = bpf_link_create(object->programs[index], descriptor, program_hooks[index], NULL);
		if (links[index] < 0)
			return links[index];
	}
	return 0;
}

static int replace(const struct object *object, const int links[PROGRAMS])
{
	int error = 0;

	for (int index = 0; !error && index < PROGRAMS; index++)
		error = bpf_link_update(links[index], object->programs[index], NULL);
	return error;
}

static uint64_t counted(const struct object *object, uint32_t index)
{
	int descriptor = bpf_object__find_map_fd_by_name(object->file, "casa_counters");
	int processors = libbpf_num_possible_cpus();
	struct { uint64_t packets, bytes; } counters[processors];
	uint64_t packets = 0;

	if (bpf_map_lookup_elem(descriptor, &index, counters))
		return 0;
	for (int processor = 0; processor < processors; processor++)
		packets += counters[processor].packets;
	return packets;
}

struct event {
	uint64_t time;
	uint32_t subject, rule;
	uint8_t hook, direction, protocol, family, rank, reason;
	uint16_t class, local_port, remote_port;
	uint32_t length;
	uint8_t peer[16];
	uint64_t cgroup, zero;
};

static int take_event(void *context, void *bytes, size_t size)
{
	unsigned int (*seen)[16] = context;
	const struct event *event = bytes;

	if (size == sizeof(*event) && event->hook < 8 && event->reason < 16)
		seen[event->hook][event->reason]++;
	return 0;
}

/* How often each hook gave each reason. */
static int read_events(const struct object *object, unsigned int seen[8][16])
{
	int descriptor = bpf_object__find_map_fd_by_name(object->file, "casa_events");
	struct ring_buffer *ring;
	int consumed;

	memset(seen, 0, 8 * sizeof(seen[0]));
	ring = ring_buffer__new(descriptor, take_event, seen, NULL);
	consumed = ring ? ring_buffer__consume(ring) : -errno;
	ring_buffer__free(ring);
	return consumed;
}

static const struct {
	const char *name;
	struct attempt attempt;
	int expected;
} attempts[] = {
	{ "connect to an unnamed port is refused", { CONNECT, PEER4, 22 }, EPERM },
	{ "connect over IPv6 is allowed", { CONNECT, PEER6, 8080 }, 0 },
	{ "connect over IPv6 to an unnamed port is refused", { CONNECT, PEER6, 22 }, EPERM },
	{ "connect by a mapped address is allowed", { CONNECT, "::ffff:" PEER4, 8080 }, 0 },
	{ "connect by a mapped address to an unnamed port is refused", { CONNECT, "::ffff:" PEER4, 22 }, EPERM },
	{ "connect under an audited deny passes", { CONNECT, PEER4, 8081 }, 0 },
	{ "connect to an address of a region is refused by its rule", { CONNECT, "192.168.50.9", 8443 }, EPERM },
	{ "connect to a loopback address without a server reaches the kernel", { CONNECT, "127.0.0.1", 1 }, ECONNREFUSED },
	{ "connect to 0.0.0.0 is loopback", { CONNECT, "0.0.0.0", 1 }, ECONNREFUSED },
	{ "connect to ::1 is loopback", { CONNECT, "::1", 1 }, ECONNREFUSED },
	{ "a datagram is answered", { ASK, PEER4, 9053 }, 0 },
	{ "a datagram over IPv6 is answered", { ASK, PEER6, 9053 }, 0 },
	{ "a datagram by a mapped address is answered", { ASK, "::ffff:" PEER4, 9053 }, 0 },
	{ "a datagram of a connected socket is answered", { ASK_CONNECTED, PEER4, 9053 }, 0 },
	{ "a datagram of a connected IPv6 socket is answered", { ASK_CONNECTED, PEER6, 9053 }, 0 },
	{ "a datagram of a connected mapped socket is answered", { ASK_CONNECTED, "::ffff:" PEER4, 9053 }, 0 },
	{ "a datagram to an unnamed port is refused", { ASK, PEER4, 9054 }, EPERM },
	{ "a connected datagram to an unnamed port is refused", { ASK_CONNECTED, PEER6, 9054 }, EPERM },
	{ "a raw socket is refused", { CREATE, NULL, SOCK_RAW, IPPROTO_UDP }, EPERM },
	{ "UDP-Lite is refused", { CREATE, NULL, SOCK_DGRAM, IPPROTO_UDPLITE }, EPERM },
	{ "a TCP socket is made", { CREATE, NULL, SOCK_STREAM, IPPROTO_TCP }, 0 },
};

/* Waits for something from outside that nobody inside has asked for. */
static void check_arrival(const char *name, enum attempt_kind kind, int port, int expected, pid_t peer)
{
	const struct attempt call = { .kind = CONNECT, .address = NEAR4, .port = port };
	struct attempt wait = { .kind = kind, .port = port };
	pid_t waiting;
	int ready[2];
	char byte;

	if (pipe(ready)) {
		step(name, errno, expected);
		return;
	}
	wait.ready = ready[1];
	waiting = attempt_start(&wait, cgroup, 0);
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		step(name, EPIPE, expected);
	else if (kind == ACCEPT)
		attempt_wait(attempt_start(&call, NULL, peer));
	else
		network_provoke(port);
	close(ready[0]);
	step(name, attempt_wait(waiting), expected);
}

static void check_policy(const struct object *object, pid_t peer)
{
	unsigned int seen[8][16];

	for (unsigned int index = 0; index < sizeof(attempts) / sizeof(attempts[0]); index++)
		step(attempts[index].name, try_inside(&attempts[index].attempt), attempts[index].expected);
	check_arrival("a connection to a served port is accepted", ACCEPT, 9000, 0, peer);
	check_arrival("a connection to another port is not seen", ACCEPT, 9002, ETIMEDOUT, peer);
	check_arrival("a datagram to a served port arrives", LISTEN, 9001, 0, peer);
	check_arrival("a datagram nobody asked for is not seen", LISTEN, 9003, ETIMEDOUT, peer);

	step("events are read", read_events(object, seen) > 0, 1);
	step("a refused connect is an event without a rule", seen[1][1] > 0, 1);
	step("an audited and a denied connect are events by their rule", seen[1][0], 2);
	step("a refused sendmsg is an event", seen[3][1] > 0, 1);
	step("an unsolicited datagram is an event", seen[6][8], 1);
	step("a refused socket is an event", seen[7][6], 2);
	step("an allowed rule counts its packets", counted(object, 16 + 1) > 0, 1);
	step("a refused datagram is counted by its reason", (int)counted(object, 8), 1);
}

static void check_enforcement(const char *path, int subject, int class, int port, int policy)
{
	struct object object, nobody;
	int links[PROGRAMS];
	int descriptor;
	pid_t peer = network_start();

	step("two ends of a veth", peer > 0, 1);
	if (peer <= 0)
		return;
	if (load(&object, path, subject, LARGE, class)) {
		network_stop(peer);
		return;
	}
	mkdir(cgroup, 0755);
	descriptor = open(cgroup, O_RDONLY);
	step("attach to a cgroup", attach(&object, descriptor, links), 0);
	step("connect to an unknown peer is refused", try_connect("10.80.0.77", 8080), EPERM);
	if (port)
		step("connect to a named port is allowed", try_connect(PEER4, port), 0);
	if (policy)
		check_policy(&object, peer);

	step("load a replacement", load(&nobody, path, 0, 1, class), 0);
	if (nobody.file) {
		step("replace by link update", replace(&nobody, links), 0);
		step("nobody may make a socket", try_connect(PEER4, 8080), EPERM);
		step("replace again", replace(&object, links), 0);
		object_unload(&nobody);
	}
	if (port)
		step("connect to a named port is allowed again", try_connect(PEER4, port), 0);
	for (int index = 0; index < PROGRAMS; index++)
		close(links[index]);
	step("detached, connect is allowed", try_connect(PEER4, 22), 0);
	close(descriptor);
	object_unload(&object);
	network_stop(peer);
	step("remove the cgroup", rmdir(cgroup), 0);
}

int main(int count, char **arguments)
{
	int policy = count == 4 && !strcmp(arguments[3], "--policy");
	int subject = policy ? POLICY_SUBJECT : count == 6 ? atoi(arguments[3]) : 1;
	int class = policy ? POLICY_CLASS : count == 6 ? atoi(arguments[4]) : 16;
	int port = policy ? POLICY_PORT : count == 6 ? atoi(arguments[5]) : 0;
	struct utsname name;
	int major = 0, minor = 0;
	char path[256];

	if (count != 3 && count != 6 && !policy) {
		fprintf(stderr, "usage: check CGROUP2 OBJECT [SUBJECT CLASS PORT | --policy]\n");
		return 2;
	}
	uname(&name);
	sscanf(name.release, "%d.%d", &major, &minor);
	snprintf(kernel, sizeof(kernel), "%d.%d", major, minor);
	snprintf(path, sizeof(path), "%s/casa-old-kernel", arguments[1]);
	cgroup = path;
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(NULL);

	check_sizes(arguments[2], subject, class);
	check_enforcement(arguments[2], subject, class, port, policy);
	printf("%d passed, %d failed\n", passed, failed);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
