#define _GNU_SOURCE
#include "object_link.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* The log of the calling thread; NULL outside begin and end. */
static __thread FILE *log_stream;
static __thread char *log_text;
static __thread size_t log_size;

static pthread_once_t installed = PTHREAD_ONCE_INIT;

static int keep_or_drop(enum libbpf_print_level level, const char *format, va_list arguments)
{
	if (!log_stream || level == LIBBPF_DEBUG)
		return 0;
	return vfprintf(log_stream, format, arguments);
}

/* Installed once and for good: taking it out again would race with other threads' messages. */
static void install(void)
{
	libbpf_set_print(keep_or_drop);
}

void casa_object_log_install(void)
{
	pthread_once(&installed, install);
}

int casa_object_log_begin(void)
{
	casa_object_log_install();
	if (log_stream)
		return -1;
	log_text = NULL;
	log_size = 0;
	log_stream = open_memstream(&log_text, &log_size);
	return log_stream ? 0 : -1;
}

char *casa_object_log_end(void)
{
	FILE *stream = log_stream;

	if (!stream)
		return NULL;
	log_stream = NULL;
	return fclose(stream) == 0 ? log_text : NULL;
}

void casa_object_log_free(char *text)
{
	free(text);
}

int casa_object_make_directory(char *path_template)
{
	return mkdtemp(path_template) ? 0 : -errno;
}
