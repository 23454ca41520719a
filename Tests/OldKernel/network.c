/* Two network namespaces joined by veth, servers in one, attempts in the other; every attempt is a process. */
#define _GNU_SOURCE
#include "network.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_MILLISECONDS 700

static const int tcp_ports[] = { 22, 443, 8080, 8081, 8443 };
#define TCP_PORTS (int)(sizeof(tcp_ports) / sizeof(tcp_ports[0]))
#define UDP_PORT 9053
#define UNNAMED_UDP_PORT 9054

static int write_text(const char *path, const char *text)
{
	int descriptor = open(path, O_WRONLY);
	ssize_t written = descriptor < 0 ? -1 : write(descriptor, text, strlen(text));

	if (descriptor >= 0)
		close(descriptor);
	return written < 0 ? -errno : 0;
}

static int run(const char *command)
{
	return system(command) ? -EIO : 0;
}

/* The socket address of a text, IPv4 or IPv6. */
static socklen_t read_address(const char *text, int port, struct sockaddr_storage *address)
{
	struct sockaddr_in *four = (struct sockaddr_in *)address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;

	memset(address, 0, sizeof(*address));
	if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons(port);
		return sizeof(*four);
	}
	if (inet_pton(AF_INET6, text, &six->sin6_addr) != 1)
		abort();
	six->sin6_family = AF_INET6;
	six->sin6_port = htons(port);
	return sizeof(*six);
}

static int bound_socket(int type, const char *text, int port)
{
	struct sockaddr_storage address;
	socklen_t length = read_address(text, port, &address);
	int descriptor = socket(address.ss_family, type, 0), yes = 1;

	if (descriptor < 0)
		return -errno;
	setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(descriptor, (struct sockaddr *)&address, length) ||
	    (type == SOCK_STREAM && listen(descriptor, 16)))
		return -errno;
	return descriptor;
}

/* Answers a datagram to its sender's port, or to the port that it names. */
static void echo(int descriptor)
{
	struct sockaddr_in6 sender;
	socklen_t length = sizeof(sender);
	char text[16] = "";

	if (recvfrom(descriptor, text, sizeof(text) - 1, 0, (struct sockaddr *)&sender, &length) < 0)
		return;
	if (atoi(text))
		sender.sin6_port = htons(atoi(text));
	sendto(descriptor, text, strlen(text), 0, (struct sockaddr *)&sender, length);
}

static void serve(void)
{
	struct pollfd sockets[TCP_PORTS + 2];
	int accepted;

	for (int index = 0; index < TCP_PORTS; index++)
		sockets[index].fd = bound_socket(SOCK_STREAM, "::", tcp_ports[index]);
	sockets[TCP_PORTS].fd = bound_socket(SOCK_DGRAM, "::", UDP_PORT);
	sockets[TCP_PORTS + 1].fd = bound_socket(SOCK_DGRAM, "::", UNNAMED_UDP_PORT);
	for (int index = 0; index < TCP_PORTS + 2; index++)
		sockets[index].events = POLLIN;
	for (;;) {
		poll(sockets, TCP_PORTS + 2, -1);
		for (int index = 0; index < TCP_PORTS + 2; index++) {
			if (!sockets[index].revents)
				continue;
			if (index >= TCP_PORTS) {
				echo(sockets[index].fd);
				continue;
			}
			accepted = accept(sockets[index].fd, NULL, NULL);
			if (write(accepted, "hello", 5) == 5)
				close(accepted);
		}
	}
}

/* No duplicate address detection: a test does not wait for it. */
static void skip_detection(void)
{
	write_text("/proc/sys/net/ipv6/conf/all/accept_dad", "0");
	write_text("/proc/sys/net/ipv6/conf/default/accept_dad", "0");
}

static void be_peer(int wait)
{
	char byte;

	if (unshare(CLONE_NEWNET) || read(wait, &byte, 1) < 0)
		_exit(1);
	skip_detection();
	if (run("ip link set lo up") || run("ip addr add " PEER4 "/24 dev peer") ||
	    run("ip addr add " PEER6 "/64 dev peer") || run("ip link set peer up"))
		_exit(1);
	serve();
}

static int connect_peer(pid_t peer)
{
	char command[64];

	/* A veth that is made without a description gets a partner with the first free name. */
	skip_detection();
	snprintf(command, sizeof(command), "ip link set peer netns %d", peer);
	if (run("ip link set lo up") || run("ip link add near type veth") || run("ip link set veth0 name peer") ||
	    run(command) || run("ip addr add " NEAR4 "/24 dev near") || run("ip addr add fd00:80::1/64 dev near"))
		return -EIO;
	return run("ip link set near up");
}

/* The servers run when a connection succeeds. */
static int wait_for_servers(void)
{
	const struct attempt connect6 = { .kind = CONNECT, .address = PEER6, .port = 8080 };
	const struct attempt connect4 = { .kind = CONNECT, .address = PEER4, .port = 8080 };

	for (int tries = 0; tries < 50; tries++) {
		if (!attempt_wait(attempt_start(&connect6, NULL, 0)) && !attempt_wait(attempt_start(&connect4, NULL, 0)))
			return 0;
		usleep(100000);
	}
	return -ETIMEDOUT;
}

pid_t network_start(void)
{
	int wait[2], error;
	pid_t peer;

	if (pipe(wait))
		return -errno;
	peer = fork();
	if (peer == 0)
		be_peer(wait[0]);
	usleep(100000);
	error = connect_peer(peer);
	if (!error && write(wait[1], "", 1) != 1)
		error = -errno;
	if (!error)
		error = wait_for_servers();
	if (error)
		network_stop(peer);
	return error ? error : peer;
}

void network_stop(pid_t peer)
{
	kill(peer, SIGKILL);
	waitpid(peer, NULL, 0);
}

void network_provoke(int port)
{
	struct sockaddr_storage address;
	socklen_t length = read_address(PEER4, UDP_PORT, &address);
	int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
	char text[16];

	snprintf(text, sizeof(text), "%d", port);
	sendto(descriptor, text, strlen(text), 0, (struct sockaddr *)&address, length);
	close(descriptor);
}

static int wait_readable(int descriptor)
{
	struct pollfd readable = { .fd = descriptor, .events = POLLIN };

	return poll(&readable, 1, WAIT_MILLISECONDS) == 1 ? 0 : ETIMEDOUT;
}

static int try_connect(const struct attempt *attempt)
{
	struct sockaddr_storage address;
	socklen_t length = read_address(attempt->address, attempt->port, &address);
	int descriptor = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	struct pollfd writable = { .fd = descriptor, .events = POLLOUT };
	socklen_t size = sizeof(int);
	int error = 0;
	char byte;

	if (descriptor < 0)
		return errno;
	if (connect(descriptor, (struct sockaddr *)&address, length) && errno != EINPROGRESS)
		return errno;
	if (poll(&writable, 1, WAIT_MILLISECONDS) != 1)
		return ETIMEDOUT;
	if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) || error)
		return error;
	if (wait_readable(descriptor))
		return ETIMEDOUT;
	return read(descriptor, &byte, 1) == 1 ? 0 : EIO;
}

static int try_ask(const struct attempt *attempt)
{
	struct sockaddr_storage address;
	socklen_t length = read_address(attempt->address, attempt->port, &address);
	int descriptor = socket(address.ss_family, SOCK_DGRAM, 0);
	ssize_t sent;

	if (descriptor < 0)
		return errno;
	if (attempt->kind == ASK_CONNECTED) {
		if (connect(descriptor, (struct sockaddr *)&address, length))
			return errno;
		sent = send(descriptor, "x", 1, 0);
	} else {
		sent = sendto(descriptor, "x", 1, 0, (struct sockaddr *)&address, length);
	}
	return sent == 1 ? wait_readable(descriptor) : errno;
}

static int try_receive(const struct attempt *attempt)
{
	int descriptor = bound_socket(attempt->kind == ACCEPT ? SOCK_STREAM : SOCK_DGRAM, "0.0.0.0", attempt->port);
	int error;

	if (descriptor < 0)
		return -descriptor;
	if (attempt->ready && write(attempt->ready, "", 1) != 1)
		return errno;
	error = wait_readable(descriptor);
	if (!error && attempt->kind == ACCEPT && write(accept(descriptor, NULL, NULL), "hello", 5) != 5)
		return errno;
	return error;
}

static int try(const struct attempt *attempt)
{
	switch (attempt->kind) {
	case CONNECT:
		return try_connect(attempt);
	case ASK:
	case ASK_CONNECTED:
		return try_ask(attempt);
	case LISTEN:
	case ACCEPT:
		return try_receive(attempt);
	case CREATE:
		return socket(AF_INET, attempt->port, attempt->protocol) < 0 ? errno : 0;
	}
	abort();
}

pid_t attempt_start(const struct attempt *attempt, const char *cgroup, pid_t namespace_of)
{
	char path[256], text[16];
	pid_t process = fork();
	int namespace;

	if (process)
		return process;
	/* A process that stayed outside would be allowed everything, so this must not fail unseen. */
	snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup ? cgroup : "");
	snprintf(text, sizeof(text), "%d", getpid());
	if (cgroup && write_text(path, text))
		_exit(EXDEV);
	snprintf(path, sizeof(path), "/proc/%d/ns/net", namespace_of);
	if (namespace_of) {
		namespace = open(path, O_RDONLY);
		if (setns(namespace, CLONE_NEWNET))
			_exit(EXDEV);
	}
	_exit(try(attempt));
}

int attempt_wait(pid_t process)
{
	int status;

	if (waitpid(process, &status, 0) != process || !WIFEXITED(status))
		return EINTR;
	return WEXITSTATUS(status);
}
