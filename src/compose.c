// SPDX-License-Identifier: GPL-2.0-only
#include "compose.h"

#include <stdlib.h>
#include <string.h>

#include "changelog.h"
#include "serieskey.h"
#include "subject.h"

#define CHANGE "convert to ndo_set_rx_mode_async"

/* The files whose names and history give the subject its prefix. */
static void unit_sources(const struct patch *p, struct strvec *files)
{
	for (size_t i = 0; i < p->u->assignment_count; i++)
		sv_add_once(files, p->u->assignments[i].file);
	if (!files->n)
		sv_add(files, p->files[0].path);
}

static char **make_prefixes(const struct git_tree *gt, long long date,
			    const struct patch *patches, size_t n)
{
	char **prefixes = xcalloc(n, sizeof(*prefixes));
	struct strvec all = {0};
	struct history *h;

	for (size_t i = 0; i < n; i++)
		unit_sources(&patches[i], &all);
	if (gt->head)
		say("GIT", "log %s", gt->path);
	h = history_read(gt, date, &all);
	for (size_t i = 0; i < n; i++) {
		struct strvec files = {0};

		unit_sources(&patches[i], &files);
		prefixes[i] = history_prefix(h, &files);
		if (!prefixes[i])
			prefixes[i] = subject_from_paths(&files);
		sv_free(&files);
	}
	history_free(h);
	sv_free(&all);
	return prefixes;
}

void compose_subjects(const struct git_tree *gt, long long date,
		      struct patch *patches, size_t n)
{
	char **prefixes = make_prefixes(gt, date, patches, n);

	for (size_t i = 0; i < n; i++) {
		struct patch *p = &patches[i];
		bool twice = false;
		char *narrow;

		for (size_t k = 0; k < n; k++)
			twice |= k != i && !strcmp(prefixes[k], prefixes[i]);
		if (!twice) {
			p->subject = subject_make(prefixes[i], CHANGE);
			continue;
		}
		narrow = subject_narrow(prefixes[i], p->u->assignment_count ?
					p->u->assignments[0].file :
					p->files[0].path);
		p->subject = subject_make(narrow, CHANGE);
		free(narrow);
	}
	for (size_t i = 0; i < n; i++)
		free(prefixes[i]);
	free(prefixes);
}

void compose_logs(const struct session *s, const struct git_tree *gt,
		  struct patch *patches, size_t n)
{
	uint64_t checkers = series_checkers_key(s, gt);
	char *path = tree_path(s, ASSISTANTS);
	struct strbuf sb = {0};
	bool assisted = !file_read(path, &sb) &&
			strstr(sb_str(&sb), "Assisted-by:");

	free(path);
	for (size_t i = 0; i < n; i++) {
		struct patch *p = &patches[i];
		struct changelog log = {.s = s, .u = p->u, .patch = p->text,
					.assisted = assisted};

		path = unit_path(s, p->u, "convert.cocci");
		if (!file_read(path, &sb))
			log.cocci = sb_str(&sb);
		p->log = changelog_text(&log);
		p->check_key = hash_str(hash_str(hash_str(checkers, p->subject),
						 p->log), p->text);
		free(path);
	}
	sb_free(&sb);
}
