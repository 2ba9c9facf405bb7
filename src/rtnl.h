/* SPDX-License-Identifier: GPL-2.0-only */
/* What runs under rtnl, as the async callback does, and so not beside it. */
#ifndef RXA_RTNL_H
#define RXA_RTNL_H

#include "cmodule.h"

/*
 * Is rtnl held at that place for a device, whoever gets there? By
 * ASSERT_RTNL() in the function or in each that leads to it, or by the
 * operations that it is of. Operations for what has no net_device count where
 * the place stands in an "if (dev)" of that device (tokens dev to dev_end-1).
 */
bool rtnl_is_held(const struct cmodule *mod, const struct csource *src,
		  size_t tok, size_t dev, size_t dev_end);

/*
 * The body of a work that leads to that place in f without taking rtnl on the
 * way, or NULL where none is seen to.
 */
const struct cfunc *rtnl_work_without(const struct cmodule *mod,
				      const struct cfunc *f, size_t tok);

#endif
