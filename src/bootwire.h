/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the host and the guest of the boot check say to each other.
 *
 * Frames, one network card (NIC) at a time. All numbers are big endian:
 *
 *	 0  destination, source	6 bytes each
 *	12  0x88b5		(a FRAME may have 0x8100 and its tag before)
 *	14  BOOTWIRE_MAGIC	4 bytes
 *	18  kind		1 byte, BOOTWIRE_*
 *	19  0			1 byte
 *	20  row			2 bytes, a number of the guest's
 *	22  attempt		2 bytes, likewise
 *	24  count or index	2 bytes
 *	26  tag			2 bytes, 0: none
 *	28  READY: count addresses, 6 bytes each
 *
 * No frame is shorter than 60 bytes. The guest sends READY; the host answers
 * with a FRAME to each of its addresses in turn, index 0, 1, ...; then the same
 * again, as often as the machine file's `repeat` says; then with END, to the
 * source address of READY. Row, attempt and tag are those of READY; where the
 * tag is not 0, the FRAMEs (END is not) are tagged with it (802.1Q). A READY
 * that comes again is answered again. The host remembers nothing.
 *
 * What the host tells the guest is the file /boot.plan, lines of words. A line
 * that begins with # says nothing.
 *
 *	scale N
 *		All waiting takes N times as long (1 to 100; else 1).
 *	jobs N
 *		So many NICs at a time (else 1).
 *	nic NAME [mac=ADDR] [driver=NAME] [uc=none|hash|N] [mc=none|hash|exact|N]
 *	    [allmulti=yes|no] [promisc=yes|no|unicast] [rows=all|none|ROW,...]
 *	    [skip=ROW,...] [gaps=ROW,...]
 *		A NIC, found by its address or, where no device has it, by its
 *		driver: the first such device that no other line has taken. What
 *		its model can filter is the machine file's. rows=none: only for
 *		software devices. Rows of skip= are not run, those of gaps= are
 *		not waited for to be right.
 *	soft KIND [over NAME] [rows=...] [skip=...]
 *		A software device, on its own or on top of that NIC. All of them
 *		come after the NICs, one after the other.
 *
 * What the guest says, on its result line (tap= of the kernel's command line; else
 * as records of the kernel's log, with BOOTWIRE_PREFIX before the text). Lines
 * of KTAP, and:
 *
 *	nic NAME dev=DEV driver=DRIVER mac=ADDR
 *		It is there. Else: nic NAME missing
 *	row NAME ROW want=BITS got=BITS tries=N ms=N
 *		A bit for each address of READY, in its order; want has an x
 *		where both are right. got= may be `-`: no END ever came. ms is
 *		how long the row took.
 *	soft KIND OVER ROW want=BITS got=BITS tries=N ms=N
 *		As above; OVER is `-` where there is none below. First come bits
 *		for the state: see doc/boot.md.
 *	skip NAME ROW WHY...	and	skip soft:KIND:OVER ROW WHY...
 *		A row (or `all`) that could not be had.
 *	log TEXT...
 *		A line of the kernel's log, from its first complaint on, at most
 *		BOOTWIRE_LOG_LINES.
 *	state taint=N lockdep=on|off|none complaints=N nics_ms=N
 *		nics_ms is how long all NICs took together.
 *	rxasync-guest: end
 *		The last line, without which nothing has passed.
 */
#ifndef BOOTWIRE_H
#define BOOTWIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOTWIRE_ETHERTYPE 0x88b5
#define BOOTWIRE_MAGIC 0x72786163 /* "rxac" */
#define BOOTWIRE_HEAD 28
#define BOOTWIRE_MIN 60
#define BOOTWIRE_MAX 1514
/* A FRAME may have a tag of four bytes more. */
#define BOOTWIRE_ROOM (BOOTWIRE_MAX + 4)
#define BOOTWIRE_ADDRS 64
#define BOOTWIRE_PLAN "/boot.plan"
#define BOOTWIRE_PREFIX "rxasync: "
#define BOOTWIRE_LOG_LINES 80
/* The source address of the host, where READY goes. */
#define BOOTWIRE_HOST { 0x02, 0, 0, 0, 0, 0x01 }

enum bootwire_kind {
	BOOTWIRE_READY = 1,
	BOOTWIRE_FRAME = 2,
	BOOTWIRE_END = 3,
};

struct bootwire {
	uint8_t dst[6];
	uint8_t src[6];
	enum bootwire_kind kind;
	uint16_t row;
	uint16_t attempt;
	uint16_t count; /* READY: addresses; FRAME: the index */
	uint16_t tag;
	uint8_t addr[BOOTWIRE_ADDRS][6]; /* READY */
};

/*
 * Writes the frame into buf (BOOTWIRE_ROOM bytes) and returns its length. More
 * than BOOTWIRE_ADDRS addresses: 0.
 */
size_t bootwire_encode(const struct bootwire *w, uint8_t *buf);
/*
 * False for all that is none of these frames. A tag before the ethertype is
 * passed over: w->tag is what the body says.
 */
bool bootwire_decode(struct bootwire *w, const uint8_t *buf, size_t len);

#endif
