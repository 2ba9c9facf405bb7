/* SPDX-License-Identifier: GPL-2.0-only */
/* What is written about a wave: its cover letter, recipients, the README. */
#ifndef RXA_COVER_H
#define RXA_COVER_H

#include "commits.h"

/* Puts subject and text into the letter that format-patch left. -errno. */
int cover_fill(const struct commits *c, const struct patch *patches, size_t n);

/*
 * Beside each mail NAME.patch the lists NAME.patch.to and NAME.patch.cc, the
 * cover letter's being everybody's; and `recipients`, to look at. -errno.
 */
int cover_recipients(const struct commits *c, const struct patch *patches,
		     size_t n);
/* series/README: what is there and how it is sent. -errno. */
int cover_readme(const struct commits *c, const struct patch *patches,
		 size_t n);

#endif
