// SPDX-License-Identifier: GPL-2.0-only
#include "checkpatch.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "patch.h"

#define CHECKPATCH_SECONDS 300

/* As netdev's CI has it, but for the sign-off, which only people give. */
static const char ignored[] =
	"--ignore=COMMIT_LOG_LONG_LINE,MACRO_ARG_REUSE,ALLOC_SIZEOF_STRUCT,"
	"NO_AUTHOR_SIGN_OFF,GIT_COMMIT_ID,CAMELCASE,FILE_PATH_CHANGES,"
	"BAD_REPORTED_BY_LINK";

struct job *checkpatch_job(const struct session *s, const char *dir,
			   const char *patch)
{
	char *codespell = find_program("codespell");
	struct job *job = job_new("perl", NULL);

	sv_addf(&job->argv, "%s/scripts/checkpatch.pl", s->tree);
	sv_addf(&job->argv, "--root=%s", s->tree);
	sv_add(&job->argv, "--strict");
	if (codespell)
		sv_add(&job->argv, "--codespell");
	sv_add(&job->argv, "--max-line-length=80");
	sv_add(&job->argv, ignored);
	sv_add(&job->argv, "--no-signoff");
	sv_add(&job->argv, "--show-types");
	sv_add(&job->argv, "--no-summary");
	sv_add(&job->argv, "--color=never");
	sv_add(&job->argv, patch);
	job->dir = xstrdup(dir);
	job->deadline = CHECKPATCH_SECONDS;
	free(codespell);
	return job;
}

/* "WARNING:LONG_LINE: words" into a new complaint. */
static bool first_line(struct complaints *cs, const char *line, size_t n)
{
	static const char *const levels[] = {"ERROR:", "WARNING:", "CHECK:"};
	struct complaint c = {.ours = true};
	const char *type, *end = line + n;
	size_t len;

	for (size_t i = 0; i < ARRAY_SIZE(levels) && !c.level; i++)
		if (starts_with(line, levels[i]))
			c.level = xstrndup(levels[i], strlen(levels[i]) - 1);
	if (!c.level)
		return false;
	type = line + strlen(c.level) + 1;
	for (len = 0; type + len < end && (isupper((unsigned char)type[len]) ||
					   isdigit((unsigned char)type[len]) ||
					   type[len] == '_');)
		len++;
	if (!len || type + len >= end || type[len] != ':') {
		free(c.level);
		return false;
	}
	c.type = xstrndup(type, len);
	type += len + 1;
	while (type < end && *type == ' ')
		type++;
	c.message = xstrndup(type, (size_t)(end - type));
	GROW(cs->v, cs->n, cs->cap);
	cs->v[cs->n++] = c;
	return true;
}

/* "#31: FILE: drivers/net/x.c:12:" belongs to the complaint above it. */
static void place_line(struct complaint *c, const char *line, size_t n)
{
	char *text = xstrndup(line, n), *file = strstr(text, ": FILE: ");
	char *colon;

	if (file && !c->path) {
		file += strlen(": FILE: ");
		colon = strrchr(file, ':');
		if (colon && !colon[1]) {
			*colon = '\0';
			colon = strrchr(file, ':');
		}
		if (colon) {
			c->line = atoi(colon + 1);
			c->path = xstrndup(file, (size_t)(colon - file));
		}
	}
	free(text);
}

void complaints_parse(struct complaints *cs, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		if (!first_line(cs, text, n) && *text == '#' && cs->n)
			place_line(&cs->v[cs->n - 1], text, n);
		text += n + (text[n] == '\n');
	}
}

int checkpatch_read(struct complaints *cs, const struct job *job)
{
	if (job->error || job->timed_out || job->code > 1)
		return -EIO;
	complaints_parse(cs, sb_str(&job->out));
	return !job->code == !cs->n ? 0 : -EIO;
}

void complaints_free(struct complaints *cs)
{
	for (size_t i = 0; i < cs->n; i++) {
		free(cs->v[i].level);
		free(cs->v[i].type);
		free(cs->v[i].message);
		free(cs->v[i].path);
	}
	free(cs->v);
	*cs = (struct complaints){0};
}

bool complaints_at_lines(const struct complaints *cs)
{
	for (size_t i = 0; i < cs->n; i++)
		if (cs->v[i].path)
			return true;
	return false;
}

void complaints_compare(struct complaints *cs,
			const struct complaints *reverse, const char *diff)
{
	bool *used = xcalloc(reverse->n, sizeof(*used));
	struct diff_blocks bs = {0};

	diff_blocks_read(&bs, diff);
	for (size_t i = 0; i < cs->n; i++) {
		struct complaint *c = &cs->v[i];
		int first, count;

		if (!c->path)
			continue;
		diff_old_lines(&bs, c->path, c->line, &first, &count);
		for (size_t k = 0; k < reverse->n && c->ours; k++) {
			const struct complaint *r = &reverse->v[k];

			if (used[k] || !r->path || strcmp(r->path, c->path) ||
			    strcmp(r->type, c->type) || r->line < first ||
			    r->line >= first + count)
				continue;
			used[k] = true;
			c->ours = false;
		}
	}
	diff_blocks_free(&bs);
	free(used);
}

json_t *complaints_to_json(const struct complaints *cs)
{
	json_t *j = json_array();

	for (size_t i = 0; i < cs->n; i++) {
		const struct complaint *c = &cs->v[i];
		char *at = c->path ? xasprintf("%s:%d", c->path, c->line) :
				     xstrdup("");

		json_array_append_new(
			j, json_pack("{sssssssssb}", "level", c->level, "type",
				     c->type, "message", c->message, "at", at,
				     "ours", c->ours));
		free(at);
	}
	return j;
}
