/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which frames arrive: asks the host for them and counts, by a packet socket
 * that sets no filter itself.
 */
#ifndef BOOTRX_H
#define BOOTRX_H

#include <stdbool.h>
#include <stdint.h>

#include "../bootrow.h"
#include "bootdev.h"

struct bootrx {
	int fd;
	int nic; /* READY goes out there */
	int scale;
	uint16_t attempt;
	bool silent; /* the last row had no END */
	uint8_t own[6]; /* READY's source address, where END comes to */
};

/* What is asked. */
struct bootask {
	uint16_t row;
	uint16_t tag;
	uint8_t addr[BOOT_PROBES][6];
	const int *index; /* devices on which frames count, up to a 0 */
	const char *want; /* BOOT_PROBES of 0, 1, x */
	bool gap;	  /* not waited for to be right */
};

/* 0 or -errno. */
int bootrx_open(struct bootrx *rx, int nic, int scale);
void bootrx_close(struct bootrx *rx);

/*
 * Asks until what arrives is right, or stays wrong for as long as the scale
 * says. got has BOOT_PROBES of 0 and 1, or "-" where no END ever came.
 * Returns how often it asked.
 */
int bootrx_settle(struct bootrx *rx, const struct bootask *ask, char *got);
/* Whether got is right by want, of the same length. */
bool bootrx_right(const char *want, const char *got);
/* Frames are wanted once; nobody waits for them. */
void bootrx_stir(struct bootrx *rx, const struct bootask *ask);

#endif
