/* What linking objects needs and Swift cannot spell. */
#ifndef CASA_OBJECT_LINK_H
#define CASA_OBJECT_LINK_H

/*
 * libbpf reports through one callback for the whole process, and hands it a va_list, which Swift cannot take.
 * Between begin and end the messages that the calling thread causes are kept; those of other threads, and all
 * others once the callback is installed, are dropped: libraries do not print. begin returns 0, or -1 without memory.
 * end returns the text (to be freed), or NULL. Nobody else may set libbpf's callback.
 */
void casa_object_log_install(void);
int casa_object_log_begin(void);
char *casa_object_log_end(void);
void casa_object_log_free(char *text);

/* mkdtemp(3): 0, or -errno, which must be read next to the call. Only the owner can enter the directory. */
int casa_object_make_directory(char *path_template);

#endif
