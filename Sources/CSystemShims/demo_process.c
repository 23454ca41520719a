#define _GNU_SOURCE
#include "CSystemShims.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct failure {
	int step;
	int number;
};

static _Noreturn void fail(int report, int step)
{
	struct failure failure = { step, errno };

	/* A pipe takes a few bytes as a whole. */
	(void)!write(report, &failure, sizeof(failure));
	_exit(127);
}

/* In the child everything is a system call: another thread may have held any lock when it was made. */
static void enter_cgroup(const char *cgroup, int report)
{
	char path[PATH_MAX];
	int file;

	if (snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup) >= (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		fail(report, CASA_DEMO_CGROUP);
	}
	file = open(path, O_WRONLY | O_CLOEXEC);
	if (file < 0 || write(file, "0", 1) != 1)
		fail(report, CASA_DEMO_CGROUP);
	close(file);
}

static void enter_network(const char *network, int report)
{
	int file = open(network, O_RDONLY | O_CLOEXEC);

	if (file < 0 || setns(file, CLONE_NEWNET) < 0)
		fail(report, CASA_DEMO_NETWORK);
	close(file);
}

static void use_file(const char *path, int flags, int target, int report)
{
	int file = open(path, flags, 0600);

	if (file < 0 || (file != target && dup2(file, target) < 0))
		fail(report, CASA_DEMO_FILES);
	if (file != target)
		close(file);
}

static _Noreturn void become(const struct casa_demo_launch *launch, pid_t parent, int report)
{
	const int writing = O_WRONLY | O_CREAT | O_TRUNC;

	/* Ctrl-C is for the parent alone: it stops its children when it has put everything back. */
	setpgid(0, 0);
	signal(SIGPIPE, SIG_DFL);
	if (!launch->outlives) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(127);
	}
	if (launch->cgroup)
		enter_cgroup(launch->cgroup, report);
	if (launch->network)
		enter_network(launch->network, report);
	if (launch->input)
		use_file(launch->input, O_RDONLY, STDIN_FILENO, report);
	if (launch->output)
		use_file(launch->output, writing, STDOUT_FILENO, report);
	if (launch->errors)
		use_file(launch->errors, writing, STDERR_FILENO, report);
	execv(launch->program, launch->arguments);
	fail(report, CASA_DEMO_EXEC);
}

int casa_demo_start(const struct casa_demo_launch *launch, int *step)
{
	struct failure failure;
	pid_t parent = getpid(), child;
	ssize_t count;
	int ends[2];

	*step = CASA_DEMO_FORK;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	child = fork();
	if (child == 0)
		become(launch, parent, ends[1]);
	failure.number = errno;
	close(ends[1]);
	if (child < 0) {
		close(ends[0]);
		return -failure.number;
	}
	/* The pipe closes when the other program begins. */
	do
		count = read(ends[0], &failure, sizeof(failure));
	while (count < 0 && errno == EINTR);
	close(ends[0]);
	if (count != sizeof(failure))
		return child;
	waitpid(child, NULL, 0);
	*step = failure.step;
	return -failure.number;
}

int casa_demo_wait(int process)
{
	int status;

	if (waitpid(process, &status, 0) < 0)
		return -errno;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static volatile sig_atomic_t noted;

static void note(int signal)
{
	noted = signal;
}

void casa_demo_note_signals(void)
{
	/* Without SA_RESTART, so that a wait ends. */
	struct sigaction action = { .sa_handler = note };
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	sigset_t set;

	sigemptyset(&set);
	for (size_t index = 0; index < sizeof(signals) / sizeof(*signals); index++) {
		sigaction(signals[index], &action, NULL);
		sigaddset(&set, signals[index]);
	}
	/* Whoever started us may have blocked them. */
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int casa_demo_noted_signal(void)
{
	return noted;
}
