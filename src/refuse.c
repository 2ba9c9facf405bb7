// SPDX-License-Identifier: GPL-2.0-only
/* The part of plan.h that refuses, and notes hazards. */
#include <stdlib.h>

#include "override.h"
#include "plan.h"

/* Has a person ruled that out? Then the hazards say so, with the name. */
bool plan_overridden(struct unit *u, const char *reason, const char *id,
		     const struct csource *src, size_t tok, const char *note)
{
	const struct plan *p = u->plan;
	const struct override *o =
		override_find(p->overrides, u->name, id, reason, src, tok);

	if (o)
		hazard_add(&u->hazards, id ? id : "H30",
			   csource_place(src, tok), RULED_OUT,
			   xasprintf("%s; ruled out by %s: %s", note, o->who,
				     o->why));
	return o;
}

void plan_hazard(struct unit *u, const char *id, enum outcome outcome,
		 const struct csource *src, size_t tok, const char *fmt, ...)
{
	va_list ap;
	char *note;

	va_start(ap, fmt);
	note = xvasprintf(fmt, ap);
	va_end(ap);
	if (outcome == OPEN && plan_overridden(u, NULL, id, src, tok, note)) {
		free(note);
		return;
	}
	hazard_add(&u->hazards, id, csource_place(src, tok), outcome, note);
}

/* Of several reasons, `kept` comes first; then the first one found. */
static bool is_better(const struct plan *p, const char *reason)
{
	const struct reason *old = reason_find(p->reason);
	const struct reason *new = reason_find(reason);

	return !old || (new->verdict == KEPT && old->verdict != KEPT);
}

void plan_refuse(struct unit *u, const char *reason, const char *id,
		 const struct csource *src, size_t tok, const char *fmt, ...)
{
	struct plan *p = u->plan;
	char *note, *place = csource_place(src, tok);
	va_list ap;

	va_start(ap, fmt);
	note = xvasprintf(fmt, ap);
	va_end(ap);
	if (plan_overridden(u, reason, id, src, tok, note)) {
		free(place);
		free(note);
		return;
	}
	if (override_may(reason)) {
		char *sum = override_sum(src, tok);
		char *line = xasprintf("%s %s %s@%s", u->name, id ? id : reason,
				       place, sum);

		sv_add_once(&p->may_override, line);
		free(line);
		free(sum);
	}
	if (is_better(p, reason)) {
		p->reason = reason;
		free(p->note);
		p->note = xasprintf("%s: %s", place, note);
	}
	if (id) {
		hazard_add(&u->hazards, id, place, OPEN, note);
	} else {
		free(place);
		free(note);
	}
}
