/* SPDX-License-Identifier: GPL-2.0-only */
/* Who gets a patch: the tree's scripts/get_maintainer.pl. */
#ifndef RXA_RECIPIENTS_H
#define RXA_RECIPIENTS_H

#include "job.h"
#include "session.h"

/* A run over one patch file; with git's history where the tree has one. */
struct job *recipients_job(const struct session *s, bool git,
			   const char *patch);
/* Those who look after the code into `to`, all others into `cc`. */
void recipients_parse(const char *text, struct strvec *to, struct strvec *cc);

#endif
