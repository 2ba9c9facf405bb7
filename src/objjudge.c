// SPDX-License-Identifier: GPL-2.0-only
#include "objjudge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Two objects with what was said about them. */
struct judging {
	const struct objjudge_input *in;
	const struct objfile *before, *after;
	const char *name;	/* the function in question */
	struct strvec seen;
};

/* Is each of the calls in the source one in both objects, too? */
static bool is_called(const struct judging *jd, const struct objcaller *caller,
		      const char *callee)
{
	int wanted = (int)objcaller_count(caller, callee);

	return objfile_references(jd->before, jd->name, callee) >= wanted &&
	       objfile_references(jd->after, jd->name, callee) >= wanted;
}

/*
 * The function that the plan changes and that was, through whatever chain, put
 * into the one in question; NULL where there is none.
 */
static const char *find_inlined(struct judging *jd, const char *name)
{
	const struct objcaller *c = NULL;

	if (!sv_add_once(&jd->seen, name))
		return NULL;
	while ((c = objcalls_find(jd->in->calls, name, c))) {
		for (size_t i = 0; i < c->callees.n; i++) {
			const char *callee = c->callees.v[i], *found;

			if (!objcalls_find(jd->in->calls, callee, NULL) ||
			    !strcmp(callee, jd->name) ||
			    is_called(jd, c, callee))
				continue;
			if (sv_has(jd->in->planned, callee))
				return callee;
			found = find_inlined(jd, callee);
			if (found)
				return found;
		}
	}
	return NULL;
}

static void judge_function(struct objjudge *j, struct judging *jd,
			   const struct objdiff_entry *e)
{
	static const char *const how[] = {
		[OBJ_CHANGED] = "", [OBJ_ADDED] = " appears",
		[OBJ_REMOVED] = " is gone",
	};
	const char *from;
	char *text;

	if (sv_has(jd->in->planned, e->name)) {
		sv_add_once(&j->touched, e->name);
		return;
	}
	jd->name = e->name;
	from = find_inlined(jd, e->name);
	sv_free(&jd->seen);
	if (from)
		text = xasprintf("%s() (has %s() in it)", e->name, from);
	else
		text = xasprintf("%s()%s", e->name, how[e->change]);
	sv_add_once(from ? &j->inlined : &j->unexplained, text);
	free(text);
}

static void judge_data(struct objjudge *j, const struct judging *jd,
		       const struct objdiff_entry *e)
{
	char *text;

	if (sv_has(jd->in->ops, e->name)) {
		sv_add_once(&j->data, e->name);
		return;
	}
	text = xasprintf("variable %s%s", e->name,
			 e->change == OBJ_ADDED	    ? " appears"
			 : e->change == OBJ_REMOVED ? " is gone"
						    : "");
	sv_add_once(&j->unexplained, text);
	free(text);
}

struct objjudge *objjudge_not(const char *why)
{
	struct objjudge *j = xcalloc(1, sizeof(*j));

	j->why_not = xstrdup(why);
	return j;
}

struct objjudge *objjudge_files(const char *before, const char *after,
				const struct objjudge_input *in)
{
	struct objfile a, b = {0};
	struct objdiff d = {0};
	struct judging jd = {.in = in, .before = &a, .after = &b};
	struct objjudge *j;
	int ret = objfile_read(&a, before);

	if (!ret)
		ret = objfile_read(&b, after);
	if (!ret)
		ret = objdiff_compare(&d, &a, &b, in->lines);
	if (ret == -EOPNOTSUPP)
		j = objjudge_not("the code of its architecture is not read");
	else
		j = ret ? objjudge_not(strerror(-ret)) : xcalloc(1, sizeof(*j));
	for (size_t i = 0; i < d.n; i++) {
		if (d.v[i].data)
			judge_data(j, &jd, &d.v[i]);
		else
			judge_function(j, &jd, &d.v[i]);
	}
	objdiff_free(&d);
	objfile_free(&a);
	objfile_free(&b);
	return j;
}

void objjudge_free(struct objjudge *j)
{
	if (!j)
		return;
	free(j->why_not);
	sv_free(&j->touched);
	sv_free(&j->inlined);
	sv_free(&j->data);
	sv_free(&j->unexplained);
	free(j);
}
