/* libFuzzer's entry, which its own headers do not declare for C. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Reads options and corpora from the arguments and calls `test` until the time is over. */
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *data, size_t size));
