/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has to be said in a configuration so that some symbols are on in it:
 * a search over "depends on", "select", "default" and choices. It sees what
 * kconfig.h reads, so its answer is a proposal; the .config that make then
 * writes is the proof.
 */
#ifndef RXA_KSOLVE_H
#define RXA_KSOLVE_H

#include "kconfig.h"

struct ksolver;

/*
 * `dc` is an allmodconfig to start from, or NULL where there is none yet:
 * then the answer only says whether there may be one that serves. Both are
 * kept by reference.
 */
struct ksolver *ksolver_new(const struct kconfig *kc,
			    const struct dotconfig *dc);
void ksolver_free(struct ksolver *s);

/*
 * Can all the symbols be on? Then `picks` gets what allmodconfig would not
 * choose by itself, "+MEMBER_OF_A_CHOICE" and "-SYMBOL", sorted.
 */
bool ksolver_solve(struct ksolver *s, const struct strvec *symbols,
		   struct strvec *picks);

#endif
