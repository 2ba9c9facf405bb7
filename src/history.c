// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "subject.h"

/* How far back conventions count, and how long the walk may take. */
#define HISTORY_YEARS 5
#define HISTORY_SECONDS 180
/* So many of a file's latest commits are looked at. */
#define HISTORY_DEPTH 20

struct note {
	char *file;
	struct strvec prefixes;	/* latest first, NULL-less; "" for none */
};

struct history {
	struct note *notes;
	size_t count, cap;
	char *subject;		/* of the commit whose files are being read */
};

/* Prefixes of changes all over the tree; they say nothing of one driver. */
static const char *const sweeping[] = {
	"net", "drivers", "drivers/net", "net: ethernet", "drivers: net",
	"net: drivers", "netdev", "ethernet", "eth", "treewide", "tree-wide",
	"timers", "net/ethernet", "net: usb", "wifi", "module", "kbuild",
};

struct history *history_new(void)
{
	return xcalloc(1, sizeof(struct history));
}

void history_free(struct history *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->count; i++) {
		free(h->notes[i].file);
		sv_free(&h->notes[i].prefixes);
	}
	free(h->notes);
	free(h->subject);
	free(h);
}

static struct note *find_note(const struct history *h, const char *file)
{
	for (size_t i = 0; i < h->count; i++)
		if (!strcmp(h->notes[i].file, file))
			return &h->notes[i];
	return NULL;
}

/* "net: dsa: mt7530" of "net: dsa: mt7530: fix this: and that", or "". */
static char *prefix_of(const char *subject)
{
	const char *end = subject, *s = subject;

	for (;;) {
		while (isalnum((unsigned char)*s) ||
		       (*s && strchr("_-/.,+*{}()", *s)))
			s++;
		if (s[0] != ':' || s[1] != ' ')
			break;
		end = s;
		s += 2;
	}
	return xstrndup(subject, (size_t)(end - subject));
}

void history_add(struct history *h, const char *file, const char *subject)
{
	struct note *n = find_note(h, file);
	char *prefix;

	if (!n) {
		GROW(h->notes, h->count, h->cap);
		n = &h->notes[h->count++];
		*n = (struct note){.file = xstrdup(file)};
	}
	if (n->prefixes.n >= HISTORY_DEPTH)
		return;
	prefix = prefix_of(subject);
	sv_add(&n->prefixes, prefix);
	free(prefix);
}

/* Lower case, letters and digits only. */
static char *plain(const char *s, size_t len)
{
	struct strbuf sb = {0};

	for (size_t i = 0; i < len; i++)
		if (isalnum((unsigned char)s[i]))
			sb_addc(&sb, (char)tolower((unsigned char)s[i]));
	return sb_detach(&sb);
}

/* Is the last part of the prefix the name of a file or folder of the path? */
static bool names_path(const char *prefix, const char *path)
{
	const char *colon = strrchr(prefix, ':');
	const char *part = colon ? colon + 2 : prefix;
	char *last = plain(part, strlen(part));
	struct strvec pieces = {0};
	bool found = false;

	sv_split(&pieces, path, "/");
	for (size_t i = 0; i < pieces.n && !found; i++) {
		const char *p = pieces.v[i];
		char *piece = plain(p, strcspn(p, "."));

		if (!strcmp(piece, "drivers") || !strcmp(piece, "net") ||
		    !strcmp(piece, "ethernet") || !strcmp(piece, "wireless"))
			*piece = '\0';
		if (strlen(piece) > 2 && strlen(last) > 2)
			found = strstr(piece, last) || strstr(last, piece);
		free(piece);
	}
	sv_free(&pieces);
	free(last);
	return found;
}

static bool is_sweeping(const char *prefix)
{
	return WORD_IN(prefix, sweeping);
}

/* How strongly the prefix speaks for the files; 0 for not at all. */
static size_t weight(const struct strvec *all, const char *prefix,
		     const struct strvec *files)
{
	size_t n = 0;

	if (!*prefix || is_sweeping(prefix))
		return 0;
	for (size_t i = 0; i < all->n; i++)
		n += !strcmp(all->v[i], prefix);
	for (size_t i = 0; i < files->n; i++)
		if (names_path(prefix, files->v[i]))
			return n + 1000;
	return n >= 3 ? n : 0;
}

char *history_prefix(const struct history *h, const struct strvec *files)
{
	struct strvec all = {0};
	const char *best = NULL;
	size_t heaviest = 0;
	char *prefix;

	for (size_t i = 0; h && i < files->n; i++) {
		const struct note *n = find_note(h, files->v[i]);

		if (n)
			sv_addv(&all, &n->prefixes);
	}
	for (size_t i = 0; i < all.n; i++) {
		size_t w = weight(&all, all.v[i], files);

		if (w > heaviest) {
			heaviest = w;
			best = all.v[i];
		}
	}
	prefix = best ? xasprintf("%s:", best) : NULL;
	sv_free(&all);
	return prefix;
}

/* A line of git log: \001 and a subject, or one of that commit's files. */
static void take_line(struct job *job, const char *line)
{
	struct history *h = job->data;

	if (*line == '\001') {
		free(h->subject);
		h->subject = xstrdup(line + 1);
	} else if (*line && h->subject) {
		history_add(h, line, h->subject);
	}
}

struct history *history_read(const struct git_tree *gt, long long date,
			     const struct strvec *files)
{
	struct history *h;
	struct job *job;

	if (!gt->head)
		return NULL;
	h = history_new();
	job = git_tree_job(gt, "--literal-pathspecs", "-c",
			   "core.quotePath=false", "log", "--no-merges",
			   "--no-renames", "--no-show-signature",
			   "--format=%x01%s", "--name-only", NULL);
	sv_addf(&job->argv, "--since=@%lld +0000",
		date - HISTORY_YEARS * 365LL * 86400);
	sv_add(&job->argv, gt->head);
	sv_add(&job->argv, "--");
	sv_addv(&job->argv, files);
	job->line = take_line;
	job->data = h;
	job->deadline = HISTORY_SECONDS;
	job_run(job);
	if (job->timed_out)
		warn("%s: the history was left after %d seconds, some subject prefixes come from the path",
		     gt->path, HISTORY_SECONDS);
	job_free(job);
	return h;
}
