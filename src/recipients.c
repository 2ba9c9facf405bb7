// SPDX-License-Identifier: GPL-2.0-only
#include "recipients.h"

#include <stdlib.h>
#include <string.h>

#define RECIPIENTS_SECONDS 300

struct job *recipients_job(const struct session *s, bool git, const char *patch)
{
	struct job *job = job_new("perl", "scripts/get_maintainer.pl",
				  "--rolestats", NULL);

	if (git)
		sv_add(&job->argv, "--git-min-percent=35");
	else {
		sv_add(&job->argv, "--no-git");
		sv_add(&job->argv, "--no-git-fallback");
	}
	sv_add(&job->argv, patch);
	sv_add(&job->env, "GIT_OPTIONAL_LOCKS=0");
	job->dir = xstrdup(s->tree);
	job->deadline = RECIPIENTS_SECONDS;
	return job;
}

/* "Name <mail> (role)" or "list@host (open list:X)": the part before role. */
static size_t address_length(const char *line, size_t n)
{
	const char *angle = memchr(line, '>', n);

	if (angle)
		return (size_t)(angle - line) + 1;
	return strcspn(line, " \n") < n ? strcspn(line, " \n") : n;
}

static bool looks_after(const char *role)
{
	static const char *const roles[] = {"(maintainer:", "(supporter:",
					    "(odd fixer:"};

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		if (strstr(role, roles[i]))
			return true;
	return false;
}

void recipients_parse(const char *text, struct strvec *to, struct strvec *cc)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		size_t len = address_length(text, n);
		char *who = xstrndup(text, len);
		char *role = xstrndup(text + len, n - len);

		if (strchr(who, '@'))
			sv_add_once(looks_after(role) ? to : cc, who);
		free(who);
		free(role);
		text += n + (text[n] == '\n');
	}
}
