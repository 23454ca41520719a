#define _GNU_SOURCE
#include "CSystemShims.h"

#include <errno.h>
#include <sys/resource.h>
#include <time.h>

int casa_node_raise_memory_limit(void)
{
    struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

    return setrlimit(RLIMIT_MEMLOCK, &limit) < 0 ? -errno : 0;
}

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec time;

    /* These clocks are always there. */
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

uint64_t casa_node_boot_time(void)
{
    return nanoseconds(CLOCK_BOOTTIME);
}

uint64_t casa_node_wall_time(void)
{
    return nanoseconds(CLOCK_REALTIME);
}

void casa_node_sleep(uint32_t milliseconds)
{
    struct timespec left = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
        ;
}
