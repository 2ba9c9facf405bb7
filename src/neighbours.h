/* SPDX-License-Identifier: GPL-2.0-only */
/* The sources beside a module's own, in the same folder. */
#ifndef RXA_NEIGHBOURS_H
#define RXA_NEIGHBOURS_H

#include "cmodule.h"

/*
 * All sources of the folder that have the word in them, the module's own as
 * well, as if they made one module; for cmodule_free(). None where the module
 * was not read from a tree.
 */
struct cmodule *neighbours_read(const struct cmodule *mod, const char *word);

#endif
