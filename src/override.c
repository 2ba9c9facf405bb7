// SPDX-License-Identifier: GPL-2.0-only
#include "override.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

/*
 * Reasons that are no judgement: the tool does not know what to write there,
 * whatever a person knows of the driver.
 */
static const char *const fixed[] = {
	"stacked", "exported", "address-taken", "macro", "macro-callback",
	"conditional", "callback-value", "ndo-call", "return-call",
	"caller-device", "signature", "other-module",
};

bool override_may(const char *reason)
{
	const struct reason *r = reason_find(reason);

	return !WORD_IN(reason, fixed) &&
	       (!reason || (r && r->verdict == MANUAL));
}

static char *next_word(char **p)
{
	char *from = *p + strspn(*p, " \t");
	size_t n = strcspn(from, " \t");

	*p = from + n;
	if (**p)
		*(*p)++ = '\0';
	return from;
}

static bool is_place(const char *s)
{
	const char *colon = strrchr(s, ':');

	return colon && colon > s && colon[1] &&
	       colon[1 + strspn(colon + 1, "0123456789")] == '\0';
}

/* What is wrong with the line, or NULL. Cuts it into its words. */
static const char *read_line(struct override *o, char *line)
{
	char *unit = next_word(&line), *code = next_word(&line);
	char *at = next_word(&line), *who = line + strspn(line, " \t");
	char *colon = strstr(who, ": "), *why, *sum = strchr(at, '@');
	size_t n;

	if (!*at)
		return "wants UNIT CODE FILE:LINE WHO: WHY";
	if (sum)
		*sum++ = '\0';
	if (!is_place(at))
		return "the third word is no FILE:LINE";
	if (!*hazard_title(code) && !reason_find(code))
		return "the second word is no hazard and no reason: see 'rxasync scan --reasons'";
	if (reason_find(code) && !override_may(code))
		return "that reason can't be ruled out: the tool does not know what to write there";
	if (!colon || colon == who)
		return "says not who ruled it out: FILE:LINE is followed by WHO: WHY";
	*colon = '\0';
	why = colon + 1 + strspn(colon + 1, " \t");
	n = strlen(why);
	while (n && isspace((unsigned char)why[n - 1]))
		why[--n] = '\0';
	if (!n)
		return "says not why";
	*o = (struct override){
		.unit = xstrdup(unit), .code = xstrdup(code),
		.place = xstrdup(at), .sum = sum ? xstrdup(sum) : NULL,
		.who = xstrdup(who), .why = xstrdup(why),
	};
	return NULL;
}

/* It goes into JSON, a page and mails. */
static bool is_plain(const char *line)
{
	for (; *line; line++)
		if (!isprint((unsigned char)*line) && *line != '\t')
			return false;
	return true;
}

static int read_lines(struct overrides *os, const char *path, char *text)
{
	int ret = 0, number = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		const char *wrong = NULL;
		struct override o;

		number++;
		line += strspn(line, " \t");
		if (*line && line[strlen(line) - 1] == '\r')
			line[strlen(line) - 1] = '\0';
		if (!*line || *line == '#')
			continue;
		if (is_plain(line))
			wrong = read_line(&o, line);
		else
			wrong = "has a character that is not plain ASCII";
		if (wrong) {
			err("%s:%d: %s", path, number, wrong);
			ret = EXIT_USAGE;
			continue;
		}
		o.line = number;
		GROW(os->v, os->n, os->cap);
		os->v[os->n++] = o;
	}
	return ret;
}

int overrides_load(struct overrides *os, const struct session *s)
{
	char *path = ws_path(s, "overrides");
	struct strbuf text = {0};
	int ret = file_read(path, &text);

	if (ret == -ENOENT) {
		ret = 0;
	} else if (ret) {
		err("%s: %s", path, strerror(-ret));
		ret = EXIT_ENVIRONMENT;
	} else {
		char *copy = sb_detach(&text);

		ret = read_lines(os, path, copy);
		free(copy);
	}
	sb_free(&text);
	free(path);
	return ret;
}

void overrides_free(struct overrides *os)
{
	for (size_t i = 0; i < os->n; i++) {
		struct override *o = &os->v[i];

		free(o->unit);
		free(o->code);
		free(o->place);
		free(o->sum);
		free(o->who);
		free(o->why);
	}
	free(os->v);
	*os = (struct overrides){0};
}

char *override_sum(const struct csource *src, size_t tok)
{
	const struct cfunc *f = csource_func_at(src, tok);
	size_t from = f ? f->start : tok, to = f ? f->end + 1 : tok + 1;
	uint64_t h = HASH_INIT;

	for (size_t i = from; i < to && i < src->toks.n; i++) {
		const struct ctoken *t = &src->toks.v[i];

		h = hash_bytes(h, src->toks.text + t->off, t->len);
		h = hash_bytes(h, " ", 1);
	}
	return xasprintf("%08x", (unsigned int)(h ^ h >> 32));
}

struct override *override_find(struct overrides *os, const char *unit,
			       const char *id, const char *reason,
			       const struct csource *src, size_t tok)
{
	struct override *found = NULL;
	char *place, *sum;

	if (!os || !os->n || !override_may(reason))
		return NULL;
	place = csource_place(src, tok);
	sum = override_sum(src, tok);
	for (size_t i = 0; i < os->n && !found; i++) {
		struct override *o = &os->v[i];

		if (strcmp(o->unit, unit) || strcmp(o->place, place) ||
		    ((!id || strcmp(o->code, id)) &&
		     (!reason || strcmp(o->code, reason))))
			continue;
		if (o->sum && strcmp(o->sum, sum))
			o->changed = true;
		else
			found = o;
	}
	if (found)
		found->used = true;
	free(place);
	free(sum);
	return found;
}

uint64_t overrides_hash(const struct overrides *os, const char *unit,
			uint64_t h)
{
	for (size_t i = 0; os && i < os->n; i++) {
		const struct override *o = &os->v[i];

		if (strcmp(o->unit, unit))
			continue;
		h = hash_str(h, o->code);
		h = hash_str(h, o->place);
		h = hash_str(h, o->who);
		h = hash_str(h, o->why);
	}
	return h;
}
