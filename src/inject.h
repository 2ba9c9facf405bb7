/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The other end of a guest's network card: each READY that comes out of it is
 * answered with the frames that it asks for (see bootwire.h). One datagram is
 * one frame; the socket is QEMU's "-netdev dgram".
 */
#ifndef RXA_INJECT_H
#define RXA_INJECT_H

#include "bootwire.h"
#include "util.h"

struct inject {
	int fd;			/* does not block; closed by inject_close() */
	unsigned int repeat;	/* each frame is sent so often, at least 1 */
	/* Counted. */
	size_t asked, sent;
	int error;		/* -errno of a socket that broke, or 0 */
	/*
	 * The guest has asked for END alone, and again, and has not got it: the
	 * card's model may have no more ears. Whoever looks clears it.
	 */
	bool stuck;

	/* Private. */
	char *local, *remote;
	bool connected;
	struct bootwire ready;	/* what is being answered */
	size_t next, total;	/* frames of that answer; END is the last */
	unsigned int pokes;	/* READYs in a row that wanted END alone */
};

/*
 * Makes the socket at `local`; QEMU's own end will be at `remote`. -errno. For
 * tests, inject_on() takes one end of a pair of sockets over.
 */
int inject_open(struct inject *in, const char *local, const char *remote,
		unsigned int repeat);
void inject_on(struct inject *in, int fd, unsigned int repeat);
void inject_close(struct inject *in);

/* Takes what came and sends what can be sent. */
void inject_step(struct inject *in);
/* Are there frames that the socket had no room for? */
bool inject_wants_write(const struct inject *in);

#endif
