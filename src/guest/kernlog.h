/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel has to complain about: its log, taint, lockdep, kmemleak.
 */
#ifndef KERNLOG_H
#define KERNLOG_H

#include <stdbool.h>

/* From here on the log is looked at; what is in it already counts too. */
int kernlog_open(void);
/*
 * Reads what is new in the log. Returns how many complaints there were since
 * kernlog_open(); lines that were lost count as one.
 */
int kernlog_drain(void);
/*
 * From the next kernlog_drain() on, each line is told from the first complaint
 * on; skipped are those that begin with `own`.
 */
void kernlog_tell(void (*each)(const char *line), const char *own);
/* These texts, up to a NULL, are complaints as well. */
void kernlog_also(const char *const *texts);
/* The first complaint, or "". */
const char *kernlog_first(void);

/* Taint that is no complaint (test and outside modules) is left out. */
unsigned long kernlog_taint(void);
/* Whether lockdep still looks; true where the kernel has none. */
bool kernlog_lockdep(void);
bool kernlog_has_lockdep(void);

/*
 * Looks for leaks, twice, as young objects don't count at first. Returns how
 * many there are, and the first into text; -ENOENT without kmemleak.
 */
int kernlog_leaks(char *text, int size);
/* Has kmemleak forget what it has found until now. */
void kernlog_leaks_clear(void);

#endif
