/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * QEMU's monitor: JSON lines on a socket that doesn't block. QEMU greets,
 * and takes commands once it has been answered.
 */
#ifndef RXA_QMP_H
#define RXA_QMP_H

#include <jansson.h>

#include "util.h"

struct qmp {
	int fd;			/* the caller's; -1 for none */
	bool ready;		/* commands are taken */
	char *version;		/* of QEMU, "7.2.22"; NULL before it greets */
	char *ended;		/* reason of the SHUTDOWN event, or NULL */
	char *error;		/* the first that a command gave, or NULL */

	/* Private. */
	struct strbuf in, out;
};

/* Reads and writes what can be. 0; -EPIPE once QEMU has closed it; -errno. */
int qmp_step(struct qmp *q);
/* Is there something that waits to be written? */
bool qmp_wants_write(const struct qmp *q);
/* Sends a command that has no arguments. */
void qmp_command(struct qmp *q, const char *name);
/* One line of QEMU's. -EINVAL where it's none. */
int qmp_take(struct qmp *q, const char *line);
void qmp_free(struct qmp *q);

#endif
