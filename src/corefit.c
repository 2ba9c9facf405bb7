// SPDX-License-Identifier: GPL-2.0-only
#include "corefit.h"

#include <stdlib.h>
#include <string.h>

#include "git.h"

#define HEADER "include/linux/netdevice.h"

/* The first n patches taken back, the last one first: 0 where that works. */
static int take_back(struct core_fit *fit, size_t n)
{
	int ret = core_stage_reset(&fit->stage);

	while (!ret && n--)
		ret = core_stage_apply(&fit->stage, &fit->series.patches[n],
				       true, NULL);
	return ret;
}

/* How many of the patches does the tree have? */
static int count_there(struct core_fit *fit)
{
	int ret = 1;

	fit->there = fit->series.count + 1;
	while (ret == 1 && --fit->there)
		ret = take_back(fit, fit->there);
	return ret == 1 ? 0 : ret;
}

static int put_on(struct core_fit *fit)
{
	int ret = core_stage_reset(&fit->stage);

	fit->state = CORE_APPLIES;
	for (size_t i = fit->there; i < fit->upto && !ret; i++) {
		ret = core_stage_apply(&fit->stage, &fit->series.patches[i],
				       false, &fit->said);
		if (ret == 1) {
			fit->state = CORE_CONFLICT;
			fit->failed = i;
		}
	}
	if (!ret)
		ret = core_stage_changes(&fit->stage, &fit->changes);
	return ret == 1 ? 0 : ret;
}

/* A series that brings no callback is not what it claims to be. */
static int check_after(const struct core_fit *fit, enum flavour found)
{
	if (found == fit->after)
		return 0;
	err("%s: a tree that has it is of flavour %s, not %s: this is no series for rxasync",
	    fit->series.dir, flavour_name(found), flavour_name(fit->after));
	return EXIT_UNIT_FAILED;
}

static int check_staged(struct core_fit *fit)
{
	enum flavour found = FLAVOUR_NONE;
	struct strbuf text = {0};
	int ret = core_stage_read(&fit->stage, HEADER, &text);

	if (!ret && text.len && flavour_of_text(text.buf, &found))
		found = FLAVOUR_NONE;
	sb_free(&text);
	return ret ? ret : check_after(fit, found);
}

static int judge(struct core_fit *fit, const struct session *s,
		 enum flavour wanted)
{
	enum flavour has = s->flavour;
	int ret;

	if (s->dry_run)
		fit->there = has == FLAVOUR_NONE ?
				     0 : core_series_upto(&fit->series, has);
	else if ((ret = count_there(fit)))
		return ret;
	if (has != FLAVOUR_NONE && !fit->there) {
		fit->state = CORE_NATIVE;
		fit->after = has;
		return 0;
	}
	fit->after = wanted != FLAVOUR_NONE ? wanted :
		     has != FLAVOUR_NONE ? has : FLAVOUR_VOID;
	fit->upto = core_series_upto(&fit->series, fit->after);
	if (fit->there > fit->upto) {
		fit->state = CORE_AHEAD;
		return 0;
	}
	if (fit->there == fit->upto) {
		fit->state = CORE_THERE;
		return check_after(fit, has);
	}
	ret = put_on(fit);
	if (!ret && fit->state == CORE_APPLIES && !s->dry_run)
		ret = check_staged(fit);
	return ret;
}

static void forget(struct core_fit *fit)
{
	core_series_free(&fit->series);
	sv_free(&fit->paths);
	sv_free(&fit->said);
	sv_free(&fit->changes);
	fit->there = fit->upto = fit->failed = 0;
}

static int try_series(struct core_fit *fit, const struct session *s,
		      const char *dir, enum flavour wanted)
{
	int ret = core_series_read(&fit->series, dir);

	if (!ret)
		ret = core_stage_paths(&fit->stage, &fit->series, &fit->paths);
	if (!ret)
		ret = core_stage_load(&fit->stage, s->tree, &fit->paths);
	if (!ret)
		ret = judge(fit, s, wanted);
	return ret;
}

static int no_series(const struct session *s, const struct strvec *dirs,
		     const char *patches, int error)
{
	struct strbuf lines = {0};

	for (size_t i = 0; i < dirs->n; i++)
		sb_addf(&lines, "%s%s", i ? ", " : "", base_name(dirs->v[i]));
	if (error)
		err("the core patches can't be read in %s: %s; reinstall rxasync, or give them with --patches DIR",
		    patches, strerror(-error));
	else if (dirs->n)
		err("there is no core series for Linux %s, and of those for %s none applies: give one with --patches DIR",
		    s->version, sb_str(&lines));
	else
		err("there is no core series in %s: give them with --patches DIR",
		    patches);
	sb_free(&lines);
	return EXIT_ENVIRONMENT;
}

/* Of the series of other lines, one that does not apply is not the one. */
static bool is_it(const struct core_fit *fit)
{
	return fit->state != CORE_NATIVE &&
	       (!fit->other_line || fit->state != CORE_CONFLICT);
}

int core_fit_find(struct core_fit *fit, const struct session *s,
		  const char *patches, enum flavour wanted)
{
	char *dir = core_patches_dir(patches);
	bool own = false, found = false;
	struct strvec dirs = {0};
	int error, ret;

	*fit = (struct core_fit){
		.state = CORE_NATIVE,
		.after = s->flavour,
		.patches = patches,
	};
	error = core_lines(&dirs, &own, dir, s->version);
	ret = core_stage_open(&fit->stage);
	for (size_t i = 0; i < dirs.n && !ret && !found; i++) {
		fit->other_line = i || !own;
		ret = try_series(fit, s, dirs.v[i], wanted);
		found = !ret && is_it(fit);
		if (!ret && !found)
			forget(fit);
	}
	if (!ret && !found) {
		fit->state = CORE_NATIVE;
		fit->after = s->flavour;
		if (s->flavour == FLAVOUR_NONE)
			ret = no_series(s, &dirs, dir, error);
	}
	free(dir);
	sv_free(&dirs);
	return ret;
}

void core_fit_free(struct core_fit *fit)
{
	forget(fit);
	core_stage_close(&fit->stage);
}

/* The "@@ ... @@" of the file's hunk that begins at the old line. */
static char *hunk_header(const char *patch, const char *file, long line)
{
	char *mark = xasprintf("\n--- a/%s\n", file);
	const char *p = strstr(patch, mark);
	char *header = NULL;

	for (p = p ? p + strlen(mark) : NULL; p && !header;
	     p = strstr(p, "\n@@ -")) {
		const char *end;

		p += *p == '\n';
		if (!starts_with(p, "@@ -") || strtol(p + 4, NULL, 10) != line)
			continue;
		end = strstr(p + 4, "@@");
		if (end)
			header = xstrndup(p, (size_t)(end + 2 - p));
	}
	free(mark);
	return header;
}

char *core_complaint(const struct core_fit *fit, const char *said,
		     char **file, long *line)
{
	static const char mark[] = "patch failed: ";
	const char *colon = strrchr(said, ':');
	char *path, *header = NULL, *text;
	struct strbuf patch = {0};

	if (file)
		*file = NULL;
	*line = 0;
	if (!starts_with(said, mark) || colon < said + strlen(mark))
		return xstrdup(said);
	path = xstrndup(said + strlen(mark),
			(size_t)(colon - said) - strlen(mark));
	*line = strtol(colon + 1, NULL, 10);
	if (!file_read(fit->series.patches[fit->failed].path, &patch))
		header = hunk_header(sb_str(&patch), path, *line);
	text = header ? xasprintf("%s: hunk %s does not apply", path, header) :
			xasprintf("%s: the hunk of line %ld does not apply",
				  path, *line);
	if (file)
		*file = path;
	else
		free(path);
	free(header);
	sb_free(&patch);
	return text;
}
