// SPDX-License-Identifier: GPL-2.0-only
#include "bootsaid.h"

#include <stdlib.h>
#include <string.h>

static char *value_of(const struct strvec *words, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i < words->n; i++)
		if (!strncmp(words->v[i], key, n) && words->v[i][n] == '=')
			return xstrdup(words->v[i] + n + 1);
	return NULL;
}

static long number_of(const struct strvec *words, const char *key)
{
	char *text = value_of(words, key);
	long n = text ? strtol(text, NULL, 0) : -1;

	free(text);
	return n;
}

static struct said_row *add_row(struct said *s, char *nic, const char *row)
{
	GROW(s->rows, s->row_count, s->row_cap);
	s->rows[s->row_count] = (struct said_row){.nic = nic,
						  .row = xstrdup(row)};
	return &s->rows[s->row_count++];
}

static void take_row(struct said *s, char *nic, const struct strvec *words,
		     size_t at)
{
	struct said_row *r = add_row(s, nic, words->v[at]);
	long tries = number_of(words, "tries");

	r->want = value_of(words, "want");
	r->got = value_of(words, "got");
	r->tries = tries > 0 ? (int)tries : 0;
	if (!r->want)
		r->want = xstrdup("");
	if (!r->got)
		r->got = xstrdup("-");
}

/* "skip NIC ROW WHY..." */
static void take_skip(struct said *s, const struct strvec *words)
{
	struct said_row *r = add_row(s, xstrdup(words->v[1]), words->v[2]);
	struct strbuf why = {0};

	for (size_t i = 3; i < words->n; i++)
		sb_addf(&why, "%s%s", i > 3 ? " " : "", words->v[i]);
	r->why = sb_detach(&why);
}

static void take_nic(struct said *s, const struct strvec *words)
{
	GROW(s->nics, s->nic_count, s->nic_cap);
	s->nics[s->nic_count++] = (struct said_nic){
		.name = xstrdup(words->v[1]),
		.dev = value_of(words, "dev"),
		.driver = value_of(words, "driver"),
	};
}

/* "not ok N - NAME" or "not ok N NAME" */
static void take_failed(struct said *s, const char *line)
{
	const char *name = line + strlen("not ok ");

	name += strspn(name, "0123456789 ");
	name += strspn(name, "- ");
	sv_add(&s->failed, name);
}

static void take_line(struct said *s, const char *line)
{
	struct strvec words = {0};
	const char *first;

	if (starts_with(line, SAID_END)) {
		s->ended = true;
		return;
	}
	if (starts_with(line, "log ")) {
		sb_addf(&s->log, "%s\n", line + strlen("log "));
		return;
	}
	if (starts_with(line, "not ok ")) {
		take_failed(s, line);
		return;
	}
	sv_split(&words, line, " \t");
	first = words.n ? words.v[0] : "";
	if (!strcmp(first, "row") && words.n > 3) {
		take_row(s, xstrdup(words.v[1]), &words, 2);
	} else if (!strcmp(first, "soft") && words.n > 4) {
		take_row(s, xasprintf("soft:%s:%s", words.v[1], words.v[2]),
			 &words, 3);
	} else if (!strcmp(first, "skip") && words.n > 2) {
		take_skip(s, &words);
	} else if (!strcmp(first, "nic") && words.n > 2) {
		take_nic(s, &words);
	} else if (!strcmp(first, "state") && words.n > 1) {
		free(s->lockdep);
		s->lockdep = value_of(&words, "lockdep");
		s->taint = number_of(&words, "taint");
		s->complaints = number_of(&words, "complaints");
	}
	sv_free(&words);
}

void said_read(struct said *s, const char *text, const char *prefix)
{
	*s = (struct said){.taint = -1, .complaints = -1};
	while (*text) {
		size_t n = strcspn(text, "\n");
		char *line = xstrndup(text, n);
		const char *from = line;

		line[strcspn(line, "\r")] = '\0';
		if (prefix) {
			from = strstr(line, prefix);
			from = from ? from + strlen(prefix) : "";
		}
		take_line(s, from);
		free(line);
		text += n + (text[n] == '\n');
	}
}

void said_free(struct said *s)
{
	for (size_t i = 0; i < s->row_count; i++) {
		free(s->rows[i].nic);
		free(s->rows[i].row);
		free(s->rows[i].want);
		free(s->rows[i].got);
		free(s->rows[i].why);
	}
	for (size_t i = 0; i < s->nic_count; i++) {
		free(s->nics[i].name);
		free(s->nics[i].dev);
		free(s->nics[i].driver);
	}
	free(s->rows);
	free(s->nics);
	free(s->lockdep);
	sv_free(&s->failed);
	sb_free(&s->log);
	*s = (struct said){0};
}

const struct said_row *said_find(const struct said *s, const char *nic,
				 const char *row)
{
	for (size_t i = 0; i < s->row_count; i++)
		if (!strcmp(s->rows[i].nic, nic) &&
		    !strcmp(s->rows[i].row, row))
			return &s->rows[i];
	return NULL;
}

const struct said_nic *said_nic(const struct said *s, const char *name)
{
	for (size_t i = 0; i < s->nic_count; i++)
		if (!strcmp(s->nics[i].name, name))
			return &s->nics[i];
	return NULL;
}
