/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who includes a file of the tree, by the text of the #include lines. A
 * superset: two headers of one name are not told apart unless the line says
 * more.
 */
#ifndef RXA_INCLUDERS_H
#define RXA_INCLUDERS_H

#include "util.h"

struct includers;

struct includers *includers_open(const char *tree);
void includers_close(struct includers *db);
/* Reads the .c and .h files at and below a folder of the tree, once. */
void includers_scan(struct includers *db, const char *dir);
/*
 * Adds to `sources` the .c files among those scanned that include the file,
 * also through headers and through other .c files.
 */
void includers_find(const struct includers *db, const char *path,
		    struct strvec *sources);

#endif
