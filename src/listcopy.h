/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * __hw_addr_sync(to, from, len): a list of the driver's own that follows the
 * device's. The entries are copied; the counts in `from` tell what was.
 */
#ifndef RXA_LISTCOPY_H
#define RXA_LISTCOPY_H

#include "plan.h"

/*
 * Is the use such a `from`, and the list's other syncs and unsyncs in the
 * module kept apart from the callback by rtnl? Notes the hazard then.
 */
bool list_is_copied(struct unit *u, const struct node *n,
		    const struct list_use *use);

#endif
