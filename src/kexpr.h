/* SPDX-License-Identifier: GPL-2.0-only */
/* The expressions of the Kconfig language. Private to kconfig.c. */
#ifndef RXA_KEXPR_H
#define RXA_KEXPR_H

#include "kconfig.h"

/*
 * An expression at the start of a text, up to where it makes no sense any
 * more; NULL where there is none. It belongs to the kconfig.
 */
struct kexpr *kexpr_parse(struct kconfig *kc, const char *s);
/* The length of "$(...)", a "quoted" text or a plain word at the start. */
size_t kexpr_word(const char *s);

#endif
