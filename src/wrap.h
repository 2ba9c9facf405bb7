/* SPDX-License-Identifier: GPL-2.0-only */
/* Breaks lines that a rewrite made longer than 80 columns. */
#ifndef RXA_WRAP_H
#define RXA_WRAP_H

#include "util.h"

/* Lines that are not in the old text and too long are broken where C allows. */
void wrap_long_lines(struct strbuf *text, const char *old, size_t old_len);

#endif
