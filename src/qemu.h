/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A virtual machine that is talked to while it runs: monitor and network cards
 * are unix sockets in a short-lived folder, console and result line are pipes:
 * QEMU writes them byte by byte, drops what has no room, and a socket has room
 * for a few hundred writes only.
 */
#ifndef RXA_QEMU_H
#define RXA_QEMU_H

#include "inject.h"
#include "job.h"
#include "qmp.h"

enum qemu_line { QEMU_CONSOLE, QEMU_RESULTS, QEMU_LINES };

struct qemu {
	struct strvec words;	/* the command line as far as it is known */
	char *dir;		/* of the sockets; gone after qemu_free() */
	int idle;		/* seconds without a word until it's hung */
	const char *farewell;	/* not every machine ends by itself: soon after
				   the guest's last words it is told to; NULL */

	/* The result. */
	struct strbuf text[QEMU_LINES];
	struct qmp qmp;		/* version, reason of the end */
	bool late;		/* killed: too long, or too long without a word */
	struct inject *nics;	/* what was asked and sent */
	size_t nic_count;
	int seconds;		/* that it ran */

	/* Private. */
	int listening, conn[QEMU_LINES + 1];
	struct strvec nets;
	double heard;		/* age of the job at the last word */
	double parted;		/* likewise at the farewell, or 0 */
	bool started, told;
};

/*
 * One of this program, "-accel NAME" and what all machines have. The options
 * are more words.
 */
struct qemu *qemu_new(const char *program, const char *accel,
		      const struct strvec *options);
/*
 * The two serial lines; without `results`, the machine has one only. Nothing
 * is written to them.
 */
void qemu_lines(struct qemu *q, bool results);
/*
 * A network for one NIC; its name, for the words of the device, which the
 * caller adds. Each frame is sent `repeat` times.
 */
const char *qemu_net(struct qemu *q, unsigned int repeat);
/* What is booted; dtb may be NULL. */
void qemu_kernel(struct qemu *q, const char *image, const char *initrd,
		 const char *dtb, const char *append);

/*
 * Makes folder and sockets. 0 or -errno. Then the job that runs it, for a pool;
 * its ->data is the caller's, it must end before qemu_free().
 */
int qemu_listen(struct qemu *q);
struct job *qemu_job(struct qemu *q, int deadline);
void qemu_free(struct qemu *q);

#endif
