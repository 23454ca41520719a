#define _GNU_SOURCE
#include "CSystemShims.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define IPV4_BYTES 4
#define IPV6_BYTES 16

union place {
	struct sockaddr any;
	struct sockaddr_in version4;
	struct sockaddr_in6 version6;
};

/* NULL is every address of the host. */
static socklen_t fill(union place *place, const uint8_t *address, size_t bytes, uint16_t port)
{
	memset(place, 0, sizeof(*place));
	if (bytes == IPV4_BYTES) {
		place->version4.sin_family = AF_INET;
		place->version4.sin_port = htons(port);
		if (address)
			memcpy(&place->version4.sin_addr, address, IPV4_BYTES);
		return sizeof(place->version4);
	}
	place->version6.sin6_family = AF_INET6;
	place->version6.sin6_port = htons(port);
	if (address)
		memcpy(&place->version6.sin6_addr, address, IPV6_BYTES);
	return sizeof(place->version6);
}

static int result(ssize_t value)
{
	return value < 0 ? -errno : (int)value;
}

int casa_demo_socket(size_t address_bytes, int datagram)
{
	int family = address_bytes == IPV4_BYTES ? AF_INET : AF_INET6;
	int type = datagram ? SOCK_DGRAM : SOCK_STREAM;

	return result(socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

int casa_demo_connect(int socket, const uint8_t *address, size_t address_bytes, uint16_t port)
{
	union place place;
	socklen_t length = fill(&place, address, address_bytes, port);

	return result(connect(socket, &place.any, length));
}

int casa_demo_connected(int socket)
{
	socklen_t length = sizeof(int);
	int error;

	if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) < 0)
		return -errno;
	return -error;
}

int casa_demo_send(int socket, const uint8_t *bytes, size_t count)
{
	return result(send(socket, bytes, count, MSG_NOSIGNAL));
}

int casa_demo_send_to(int socket, const uint8_t *bytes, size_t count, const uint8_t *address, size_t address_bytes,
		      uint16_t port)
{
	union place place;
	socklen_t length = fill(&place, address, address_bytes, port);

	return result(sendto(socket, bytes, count, 0, &place.any, length));
}

int casa_demo_receive(int socket, uint8_t *bytes, size_t count)
{
	return result(recv(socket, bytes, count, 0));
}

int casa_demo_listen(size_t address_bytes, int datagram, uint16_t port)
{
	int listener = casa_demo_socket(address_bytes, datagram), yes = 1, error;
	union place place;
	socklen_t length = fill(&place, NULL, address_bytes, port);

	if (listener < 0)
		return listener;
	if ((address_bytes == IPV6_BYTES && setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes)) < 0) ||
	    bind(listener, &place.any, length) < 0 || (!datagram && listen(listener, SOMAXCONN) < 0)) {
		error = errno;
		close(listener);
		return -error;
	}
	return listener;
}

int casa_demo_accept(int listener)
{
	return result(accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

int casa_demo_echo(int socket)
{
	uint8_t bytes[2048];
	union place place;
	socklen_t length = sizeof(place);
	ssize_t count = recvfrom(socket, bytes, sizeof(bytes), 0, &place.any, &length);

	if (count < 0)
		return -errno;
	/* A stream tells no address; what it sends goes to its one peer. */
	if (count > 0 && sendto(socket, bytes, (size_t)count, MSG_NOSIGNAL, length ? &place.any : NULL, length) < 0)
		return -errno;
	return count > 0 || length > 0;
}
