/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a module runs in softirq or interrupt context: from ndo_start_xmit(),
 * NAPI, timers, tasklets and interrupt handlers on, by name and through
 * members.
 */
#ifndef RXA_SOFTIRQ_H
#define RXA_SOFTIRQ_H

#include "cmodule.h"

/* Is the word used there? */
bool softirq_uses(const struct cmodule *mod, const char *word);
/* Is a spin lock of that name (the last word of the argument) taken there? */
bool softirq_takes(const struct cmodule *mod, const char *lock);

/*
 * Everything that is seen to run there. What is exported is left out: who
 * calls that, and where, is not known.
 */
void softirq_functions(const struct cmodule *mod, struct cfuncs *fs);

/*
 * Of that, what bottom halves off keep out while the device runs: transmit,
 * NAPI, timers and tasklets. No interrupts, which they never kept out, and not
 * the watchdog, which sets the whole chip up again.
 */
void softirq_data_path(const struct cmodule *mod, struct cfuncs *fs);

/* The lock's own name at a call of a locking function; the caller frees it. */
char *lock_name(const struct ctokens *ts, size_t call);

#endif
