/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory: see stand_in.c. */
#ifndef STAND_IN_SLAB_H
#define STAND_IN_SLAB_H

#include <linux/types.h>

/* NULL where the test asked for a failure; GFP_KERNEL aborts under a lock. */
void *kmalloc(size_t size, gfp_t gfp);
void *kzalloc(size_t size, gfp_t gfp);
void kfree(const void *p);

#endif
