/*
 * sock_create: only TCP and UDP sockets exist for a subject.
 *
 * Raw sockets could forge what the packet hooks read; MPTCP, SCTP, UDP-Lite and ping sockets speak what no rule names.
 */
#include "report.bpf.h"

static __always_inline int casa_names_socket(__u32 type, __u32 protocol)
{
	if (type == CASA_STREAM)
		return protocol == CASA_ANY_PROTOCOL || protocol == CASA_TCP;
	if (type == CASA_DATAGRAM)
		return protocol == CASA_ANY_PROTOCOL || protocol == CASA_UDP;
	return 0;
}

SEC("cgroup/sock_create")
int casa_sock_create(struct bpf_sock *socket)
{
	__u32 protocol = socket->protocol;
	struct casa_event event = {
		.subject = casa_subject,
		.rule = CASA_NO_RULE_INDEX,
		.hook = CASA_HOOK_SOCK_CREATE,
		.protocol = protocol < CASA_WIDE_PROTOCOL ? protocol : CASA_WIDE_PROTOCOL,
		.family = socket->family == CASA_INET ? CASA_IPV4 : CASA_IPV6,
	};

	if (casa_subject && casa_names_socket(socket->type, protocol))
		return CASA_PASS;

	event.reason = casa_subject ? CASA_SOCKET_TYPE : CASA_NOBODY;
	casa_count(&event);
	casa_send(&event, bpf_get_current_cgroup_id());
	return CASA_REFUSE;
}
