/*
 * A policy in C, for tests of the templates without the compiler. Subject 7; any other is nobody.
 *
 * Class 16 is the test's peer, class 18 the same peer in quarantine, class 40 and 41 its regions.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define WORD(rank, rule) ((rank) << 24 | (0xFFFFFF - (rule)))
#define QUESTION(direction, protocol, port) ((direction) << 24 | (protocol) << 16 | (port))
#define AUDITED 1
#define ALLOW 2
#define DENY 3
#define QUARANTINE 4

const volatile __u32 casa_subject SEC(".rodata.subject") = 7;
const volatile __u32 casa_regions SEC(".rodata.regions") = 3;

static __always_inline __u32 on_peer(__u32 question)
{
	switch (question) {
	case QUESTION(0, 6, 8080):
		return WORD(ALLOW, 1);
	case QUESTION(0, 6, 8081):
		return WORD(AUDITED, 2);
	case QUESTION(0, 6, 8443):
		return WORD(ALLOW, 3);
	case QUESTION(0, 17, 9053):
		return WORD(ALLOW, 4);
	case QUESTION(1, 6, 9000):
		return WORD(ALLOW, 5);
	case QUESTION(1, 17, 9001):
		return WORD(ALLOW, 6);
	default:
		return 0;
	}
}

__noinline __u32 casa_verdict(__u32 class, __u32 question)
{
	if (casa_subject != 7)
		return 0;
	switch (class) {
	case 1:
		return question == QUESTION(0, 0, 0) || question == QUESTION(1, 0, 0) ? WORD(ALLOW, 0) : 0;
	case 16:
		return on_peer(question);
	case 18:
		return WORD(QUARANTINE, 7);
	case 40:
	case 41:
		return question == QUESTION(0, 6, 8443) ? WORD(DENY, 8) : question == QUESTION(0, 6, 443) ? WORD(ALLOW, 9) : 0;
	default:
		return 0;
	}
}

/* 192.168.50.0/24 */
__noinline __u32 casa_region4(__u32 address)
{
	return address >> 8 == 0xC0A832 ? 40 : 0;
}

/* fd00:0:0:50::/64 */
__noinline __u32 casa_region6(__u64 high, __u64 low)
{
	return high == 0xFD00000000000050 && low ? 41 : 0;
}
