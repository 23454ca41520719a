/* Everything in C that Swift cannot spell; each header says why. */
#ifndef CASA_BPF_SHIMS_H
#define CASA_BPF_SHIMS_H

#include "object_link.h"

#endif
