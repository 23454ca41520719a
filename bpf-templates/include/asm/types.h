/*
 * The kernel's types as generic code has them. BPF has no folder of its own among the headers of the C library, and
 * with the machine's own the bytes of the templates would hang on where they were compiled.
 */
#include <asm-generic/types.h>
