#define _GNU_SOURCE
#include "CSystemShims.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static int result(int value)
{
    return value < 0 ? -errno : value;
}

int casa_node_open_directory(const char *path)
{
    return result(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

int casa_node_open_lock(const char *path)
{
    return result(open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
}

int casa_node_lock(int descriptor)
{
    return result(flock(descriptor, LOCK_EX | LOCK_NB));
}

void casa_node_close(int descriptor)
{
    close(descriptor);
}

int casa_node_inode(int descriptor, uint64_t *inode)
{
    struct stat status;

    if (fstat(descriptor, &status) < 0)
        return -errno;
    *inode = status.st_ino;
    return 0;
}

int casa_node_identify(const char *path, uint64_t *inode, uint64_t *changed)
{
    struct stat status;

    if (stat(path, &status) < 0)
        return -errno;
    *inode = status.st_ino;
    *changed = (uint64_t)status.st_ctim.tv_sec * 1000000000 + (uint64_t)status.st_ctim.tv_nsec;
    return 0;
}

int casa_node_is_cgroup2(int descriptor)
{
    struct statfs status;

    if (fstatfs(descriptor, &status) < 0)
        return -errno;
    return (uint32_t)status.f_type == CGROUP2_SUPER_MAGIC;
}

int casa_node_is_bpffs(const char *path)
{
    struct statfs status;

    if (statfs(path, &status) < 0)
        return -errno;
    return (uint32_t)status.f_type == BPF_FS_MAGIC;
}

int casa_node_make_directory(const char *path)
{
    return result(mkdir(path, 0700));
}

int casa_node_remove_directory(const char *path)
{
    return result(rmdir(path));
}

int casa_node_unlink(const char *path)
{
    return result(unlink(path));
}

int casa_node_rename(const char *from, const char *to)
{
    return result(rename(from, to));
}
