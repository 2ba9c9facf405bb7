/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The folder series/ of the workspace: made under another name, put in place
 * whole, and found again by the key of all that it was made from.
 */
#ifndef RXA_SERIESDIR_H
#define RXA_SERIESDIR_H

#include "patch.h"
#include "session.h"

/* An empty folder `dir`; what an interrupted run left there goes. -errno. */
int series_dir_start(const struct session *s, const char *dir);
/*
 * Writes index.json and key into `dir` and makes it WS/series. Where a check
 * of some patch is missing, the key stays empty. -errno.
 */
int series_dir_finish(const struct session *s, const char *dir, uint64_t key,
		      const struct patch *patches, size_t n);
/*
 * index.json, an array of units' entries, if WS/series was made under the
 * key; else NULL. The caller owns it.
 */
json_t *series_dir_index(const struct session *s, uint64_t key);
/* The same whatever the key. */
json_t *series_dir_read(const struct session *s);
/*
 * Brings each unit's series.json in line with the index: written where the
 * unit is in it, removed where it is not. -errno.
 */
int series_dir_sync(const struct session *s, struct model *m,
		    const json_t *index);

#endif
