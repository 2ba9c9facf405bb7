/* SPDX-License-Identifier: GPL-2.0-only */
/* One unit's patch on its way into the series. */
#ifndef RXA_PATCH_H
#define RXA_PATCH_H

#include <jansson.h>

#include "model.h"
#include "util.h"

/* A file that a patch touches, and its content by git's name for it. */
struct patch_file {
	char *path;
	char *mode;		/* "100644" */
	char *before, *after;	/* blobs */
};

struct patch {
	struct unit *u;
	char *text;		/* convert.patch */
	struct patch_file *files;
	size_t file_count, file_cap;
	const char *tree;	/* where it would go: "net-next" */
	bool compiled;
	bool unfit;		/* the tree is not as it should be, said so */
	char *subject, *log;
	size_t wave, number;	/* from 1 */
	char *commit;
	char *name;		/* "wave-01/0003-....patch" */
	uint64_t check_key;	/* of all that the checks below look at */
	json_t *checkpatch;	/* complaints, or NULL where it did not run */
	struct strvec to, cc;
};

void patch_free(struct patch *p);

/* The paths behind "+++ b/", each once. */
void diff_paths(const char *diff, struct strvec *paths);

/* A run of changed lines; both counts may be 0, not at once. */
struct diff_block {
	char *path;
	int old_line, old_count, new_line, new_count;
};

struct diff_blocks {
	struct diff_block *v;
	size_t n, cap;
};

/* The changed runs of a unified diff; text around it is passed over. */
void diff_blocks_read(struct diff_blocks *bs, const char *diff);
void diff_blocks_free(struct diff_blocks *bs);
/*
 * The old lines that a line of the new file stands for: those of its run, or
 * the one line that it is itself.
 */
void diff_old_lines(const struct diff_blocks *bs, const char *path, int line,
		    int *first, int *count);

/* The file name that git format-patch gives; the caller frees it. */
char *patch_file_name(size_t number, const char *subject);

#endif
