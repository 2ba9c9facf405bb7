/* SPDX-License-Identifier: GPL-2.0-only */
/* Grouped files as units of the model, named and with their assignments. */
#ifndef RXA_UNITS_H
#define RXA_UNITS_H

#include "group.h"
#include "model.h"

/* One unit for each group; the uses of the files are its assignments. */
void units_make(struct model *m, const struct group_file *files, size_t n,
		struct kmakefile_db *db);
/*
 * The text as printable ASCII, so that it can go into JSON and on a terminal;
 * the caller frees it.
 */
char *units_plain(const char *s);

#endif
