/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The series of patches that bring the async callback to a kernel line, as
 * git format-patch left them: patches/linux-6.12/0001-....patch and so on. The
 * last one of each turns the callback of flavour void into one of flavour int.
 */
#ifndef RXA_CORESERIES_H
#define RXA_CORESERIES_H

#include "session.h"
#include "util.h"

struct core_patch {
	char *path;		/* absolute */
	const char *name;	/* "0001-net-foo.patch", points into path */
	char *subject;		/* without its "[PATCH 1/9]" */
};

struct core_series {
	char *dir;		/* absolute */
	struct core_patch *patches;
	size_t count, cap;
};

/*
 * The folder with a folder for each line: `given` or else RXASYNC_PATCHES,
 * beside the program, as installed. The caller frees it.
 */
char *core_patches_dir(const char *given);

/*
 * The folders of series that may be for a kernel of this version, the nearest
 * line first. Where `dir` holds a series itself, that is the only one. *own
 * says that the first is meant for this very kernel. -errno.
 */
int core_lines(struct strvec *dirs, bool *own, const char *dir,
	       const char *version);

/* Reads the series. 0, or an exit code after a message. */
int core_series_read(struct core_series *cs, const char *dir);
void core_series_free(struct core_series *cs);
/* "linux-6.12"; points into the series. NULL for an empty one. */
const char *core_series_line(const struct core_series *cs);
/* How many of its patches make a tree of this flavour. */
size_t core_series_upto(const struct core_series *cs, enum flavour flavour);

#endif
