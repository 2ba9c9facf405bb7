// SPDX-License-Identifier: GPL-2.0-only
#include "coreseries.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"

#define LINE_PREFIX "linux-"

char *core_patches_dir(const char *given)
{
	char *dir = given ? xstrdup(given) :
			    data_dir("patches", "RXASYNC_PATCHES",
				     RXASYNC_PATCHES_DIR);
	char *real = realpath(dir, NULL);

	if (real) {
		free(dir);
		return real;
	}
	return dir;
}

/* "0001-x.patch"; 0000 is the cover letter. */
static bool is_patch_name(const char *name)
{
	for (int i = 0; i < 4; i++)
		if (!isdigit((unsigned char)name[i]))
			return false;
	return name[4] == '-' && ends_with(name, ".patch") &&
	       strncmp(name, "0000", 4);
}

/* The names in the folder that are wanted, sorted. -errno. */
static int list(struct strvec *names, const char *dir,
		bool (*wanted)(const char *name))
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (!d)
		return -errno;
	while ((e = readdir(d)))
		if (wanted(e->d_name))
			sv_add(names, e->d_name);
	closedir(d);
	sv_sort(names);
	return 0;
}

static bool is_series(const char *dir)
{
	struct strvec names = {0};
	bool found = !list(&names, dir, is_patch_name) && names.n;

	sv_free(&names);
	return found;
}

/* "6.12.3-rc1" and "6.12" are both 6012; -1 for what is no version. */
static int line_number(const char *version)
{
	int major, minor;

	if (sscanf(version, "%d.%d", &major, &minor) != 2 || major < 0 ||
	    minor < 0 || major > 999 || minor > 999)
		return -1;
	return 1000 * major + minor;
}

static bool is_line_name(const char *name)
{
	return starts_with(name, LINE_PREFIX) &&
	       line_number(name + strlen(LINE_PREFIX)) >= 0;
}

struct near {
	char *dir;
	int distance;
};

static int nearer(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	return x->distance != y->distance ? x->distance - y->distance :
					    strcmp(x->dir, y->dir);
}

int core_lines(struct strvec *dirs, bool *own, const char *dir,
	       const char *version)
{
	struct strvec names = {0};
	struct near *found;
	size_t n = 0;
	int ret;

	*own = is_series(dir);
	if (*own) {
		sv_add(dirs, dir);
		return 0;
	}
	ret = list(&names, dir, is_line_name);
	found = xcalloc(names.n + 1, sizeof(*found));
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("%s/%s", dir, names.v[i]);
		const char *line = names.v[i] + strlen(LINE_PREFIX);

		if (is_series(path))
			found[n++] = (struct near){
				path,
				abs(line_number(line) - line_number(version)),
			};
		else
			free(path);
	}
	qsort(found, n, sizeof(*found), nearer);
	*own = n && !found[0].distance;
	for (size_t i = 0; i < n; i++) {
		sv_add(dirs, found[i].dir);
		free(found[i].dir);
	}
	free(found);
	sv_free(&names);
	return ret;
}

/* The value of "Subject: ..." in what git mailinfo prints, or NULL. */
static char *subject_of(const char *info)
{
	const char *p = info;

	while (p && !starts_with(p, "Subject: ")) {
		p = strchr(p, '\n');
		p += !!p;
	}
	if (!p)
		return NULL;
	p += strlen("Subject: ");
	return xstrndup(p, strcspn(p, "\n"));
}

static int read_subject(struct core_patch *p)
{
	struct job *job = job_new("git", "mailinfo", "/dev/null", "/dev/null",
				  NULL);
	struct strbuf text = {0};
	int ret = file_read(p->path, &text);

	if (ret) {
		err("%s: %s", p->path, strerror(-ret));
	} else {
		sv_add(&job->env, "GIT_CONFIG_GLOBAL=/dev/null");
		sv_add(&job->env, "GIT_CONFIG_NOSYSTEM=1");
		/* Outside any repository, whose configuration might differ. */
		job->dir = xstrdup("/");
		job->input = sb_detach(&text);
		ret = job_run(job);
		/* Nothing at all is what a dry run sees. */
		if (!ret && (job->out.len || job->code))
			p->subject = subject_of(sb_str(&job->out));
		else if (!ret)
			p->subject = xstrdup(p->name);
		if (ret && ret != -EINTR)
			err("git mailinfo: %s", strerror(-ret));
		if (!ret && !p->subject)
			err("%s is no mail as git format-patch makes them",
			    p->path);
	}
	job_free(job);
	sb_free(&text);
	return ret || !p->subject ? EXIT_ENVIRONMENT : 0;
}

int core_series_read(struct core_series *cs, const char *dir)
{
	struct strvec names = {0};
	int ret = list(&names, dir, is_patch_name);

	*cs = (struct core_series){.dir = xstrdup(dir)};
	if (ret) {
		err("%s: %s", dir, strerror(-ret));
		ret = EXIT_ENVIRONMENT;
	} else if (names.n < 2) {
		err("%s holds %zu patch: a series has one or more for flavour void, and a last one for int",
		    dir, names.n);
		ret = EXIT_ENVIRONMENT;
	}
	for (size_t i = 0; i < names.n && !ret; i++) {
		struct core_patch *p;

		GROW(cs->patches, cs->count, cs->cap);
		p = &cs->patches[cs->count++];
		*p = (struct core_patch){0};
		p->path = xasprintf("%s/%s", dir, names.v[i]);
		p->name = base_name(p->path);
		ret = read_subject(p);
	}
	sv_free(&names);
	return ret;
}

void core_series_free(struct core_series *cs)
{
	for (size_t i = 0; i < cs->count; i++) {
		free(cs->patches[i].path);
		free(cs->patches[i].subject);
	}
	free(cs->patches);
	free(cs->dir);
	*cs = (struct core_series){0};
}

const char *core_series_line(const struct core_series *cs)
{
	return cs->dir ? base_name(cs->dir) : NULL;
}

size_t core_series_upto(const struct core_series *cs, enum flavour flavour)
{
	if (flavour == FLAVOUR_NONE)
		return 0;
	return flavour == FLAVOUR_INT ? cs->count : cs->count - 1;
}
