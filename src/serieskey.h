/* SPDX-License-Identifier: GPL-2.0-only */
/* Keys of all that a series, or the checks of its patches, are made from. */
#ifndef RXA_SERIESKEY_H
#define RXA_SERIESKEY_H

#include "commits.h"
#include "series.h"

/* The scripts and lists that the checks depend on. */
uint64_t series_checkers_key(const struct session *s,
			     const struct git_tree *gt);
uint64_t series_key(const struct commits *c, const struct series_options *o,
		    const char *git_version, const struct patch *patches,
		    size_t n);

#endif
