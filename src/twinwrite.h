/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Control writes over USB in two functions, one of which does not wait for
 * their end: are they the same writes?
 */
#ifndef RXA_TWINWRITE_H
#define RXA_TWINWRITE_H

#include "cmodule.h"

#define ASYNC_WRITE "usbnet_write_cmd_async"
#define SYNC_WRITE "usbnet_write_cmd"

/* Is a call of x_async() at the token? */
bool twin_is_async(const struct ctokens *ts, size_t i);
/* Its name without "_async"; the caller frees it. */
char *twin_name(const struct ctokens *ts, size_t i);

/*
 * Does `b` write what `a` writes, and wait? *more is set to what its call has
 * to have behind the arguments of a's (the caller frees it), or to NULL.
 */
bool twin_is_same(const struct cmodule *mod, const struct cfunc *a,
		  const struct cfunc *b, char **more);

#endif
