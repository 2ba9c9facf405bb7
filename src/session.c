// SPDX-License-Identifier: GPL-2.0-only
#include "session.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

char *tree_path(const struct session *s, const char *inside)
{
	return xasprintf("%s/%s", s->tree, inside);
}

char *ws_path(const struct session *s, const char *inside)
{
	return xasprintf("%s/%s", s->ws, inside);
}

char *unit_path(const struct session *s, const struct unit *u, const char *file)
{
	return xasprintf("%s/units/%s/%s", s->ws, u->name, file);
}

static bool answers(const struct unit *u, const char *word)
{
	size_t len = strlen(word);

	if (!strcmp(u->name, word) || !strcmp(word, "."))
		return true;
	for (size_t i = 0; i < u->files.n; i++) {
		const char *file = u->files.v[i];

		if (!strncmp(file, word, len) &&
		    (!file[len] || file[len] == '/'))
			return true;
	}
	return false;
}

bool session_wants(const struct session *s, const struct unit *u)
{
	for (size_t i = 0; i < s->units.n; i++)
		if (answers(u, s->units.v[i]))
			return true;
	return !s->units.n;
}

const char *session_unknown_unit(const struct session *s, const struct model *m)
{
	for (size_t i = 0; i < s->units.n; i++) {
		bool known = false;

		for (size_t k = 0; k < m->count && !known; k++)
			known = answers(m->units[k], s->units.v[i]);
		if (!known)
			return s->units.v[i];
	}
	return NULL;
}

int session_check_units(const struct session *s, const struct model *m)
{
	const char *unknown = session_unknown_unit(s, m);

	if (!unknown)
		return 0;
	err("no unit, source file or folder '%s' with ndo_set_rx_mode: 'rxasync scan' lists them",
	    unknown);
	return EXIT_USAGE;
}

int session_need_async(const struct session *s)
{
	if (s->flavour != FLAVOUR_NONE)
		return 0;
	err("Linux %s in %s has no ndo_set_rx_mode_async: it needs the core patch first: rxasync -t %s core --apply",
	    s->version, s->tree, s->tree);
	return EXIT_ENVIRONMENT;
}

/* ~/.cache/rxasync/ws/<tree's name>-<hash of its path>; NULL without a HOME. */
static char *default_ws(const struct session *s)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	unsigned int hash = (unsigned int)hash_str(HASH_INIT, s->tree);

	if (cache && *cache == '/')
		return xasprintf("%s/rxasync/ws/%s-%08x", cache,
				 base_name(s->tree), hash);
	if (home && *home == '/')
		return xasprintf("%s/.cache/rxasync/ws/%s-%08x", home,
				 base_name(s->tree), hash);
	return NULL;
}

/* The tree is never written, so no workspace lies in it. */
static bool inside_tree(const struct session *s)
{
	size_t len = strlen(s->tree);

	return !strncmp(s->ws, s->tree, len) &&
	       (!s->ws[len] || s->ws[len] == '/');
}

static int cannot_write(const struct session *s, int error)
{
	err("cannot write in the workspace %s: %s; %s", s->ws,
	    strerror(-error),
	    error == -ENOSPC || error == -EDQUOT ?
		    "make room there, or give another with -w DIR" :
		    "give another with -w DIR or WS=DIR");
	return EXIT_ENVIRONMENT;
}

static int make_ws(struct session *s)
{
	char *real;
	int ret;

	if (!s->ws) {
		s->ws = default_ws(s);
		s->ws_is_default = true;
	}
	if (!s->ws) {
		err("HOME is not set: give a workspace with -w DIR or WS=DIR");
		return EXIT_ENVIRONMENT;
	}
	if (*s->ws != '/') {
		char *cwd = getcwd(NULL, 0);
		char *path = xasprintf("%s/%s", cwd ? cwd : ".", s->ws);

		free(cwd);
		free(s->ws);
		s->ws = path;
	}
	/* Before anything is made in the tree, and again past symlinks. */
	ret = inside_tree(s) ? 0 : make_dirs(s->ws);
	if (ret)
		return cannot_write(s, ret);
	real = realpath(s->ws, NULL);
	if (real) {
		free(s->ws);
		s->ws = real;
	}
	if (!inside_tree(s))
		return 0;
	err("the workspace %s lies in the kernel tree, which is never written: give another with -w DIR",
	    s->ws);
	return EXIT_USAGE;
}

/* A folder with files in it but no rxasync.json belongs to somebody else. */
static int check_foreign(const struct session *s)
{
	char *path = ws_path(s, "rxasync.json");
	DIR *dir = file_exists(path) ? NULL : opendir(s->ws);
	struct dirent *e;
	int ret = 0;

	while (dir && !ret && (e = readdir(dir))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") ||
		    !strcmp(e->d_name, "lock") ||
		    starts_with(e->d_name, "rxasync.json"))
			continue;
		err("%s is no workspace of rxasync, it holds %s: give an empty folder with -w DIR",
		    s->ws, e->d_name);
		ret = EXIT_USAGE;
	}
	if (dir)
		closedir(dir);
	free(path);
	return ret;
}

/* The process that the lock's file names; 0 for none. */
static pid_t lock_owner(int fd)
{
	char pid[32];
	ssize_t n = pread(fd, pid, sizeof(pid) - 1, 0);

	pid[n > 0 ? n : 0] = '\0';
	return (pid_t)strtol(pid, NULL, 10);
}

/* A child of one that was killed has the lock, too, until it is another. */
static bool take_lock(int fd, int how)
{
	for (int i = 0; flock(fd, how | LOCK_NB); i++) {
		pid_t pid = lock_owner(fd);

		if (i == 200 || !pid || !kill(pid, 0) || errno != ESRCH)
			return false;
		usleep(10000);
	}
	return true;
}

static int lock_ws(struct session *s)
{
	char *path = ws_path(s, "lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	char pid[32];
	ssize_t n;
	int ret;

	free(path);
	if (fd < 0)
		return cannot_write(s, -errno);
	if (!take_lock(fd, s->job ? LOCK_SH : LOCK_EX)) {
		err("another rxasync (process %ld) is at work in %s: wait for it, or give another workspace with -w DIR",
		    (long)lock_owner(fd), s->ws);
		close(fd);
		return EXIT_ENVIRONMENT;
	}
	s->lock_fd = fd;
	if (s->job)
		return 0;
	n = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) || pwrite(fd, pid, (size_t)n, 0) != n) {
		ret = cannot_write(s, errno ? -errno : -ENOSPC);
		session_close(s);
		return ret;
	}
	return 0;
}

static int check_birth(struct session *s, const json_t *j)
{
	const char *tree = json_string_value(
		json_object_get(json_object_get(j, "tree"), "path"));
	json_t *format = json_object_get(j, "format");

	if (json_integer_value(format) != WORKSPACE_FORMAT || !tree) {
		err("the workspace %s was made by another version of rxasync: remove it, or give another with -w DIR",
		    s->ws);
		return EXIT_USAGE;
	}
	if (strcmp(tree, s->tree)) {
		err("the workspace %s belongs to the tree %s: give another with -w DIR, or that tree with -t",
		    s->ws, tree);
		return EXIT_USAGE;
	}
	return 0;
}

/* Reads, checks and brings up to date what the workspace says of itself. */
static int sign_ws(struct session *s)
{
	char *path = ws_path(s, "rxasync.json");
	int error, ret = 0;
	json_t *j = json_read(path, &error);

	if (error != -ENOENT)
		ret = check_birth(s, j);
	json_decref(j);
	if (!ret && !s->job) {
		j = json_pack("{siss s{ssssss}}", "format", WORKSPACE_FORMAT,
			      "tool", RXASYNC_VERSION, "tree", "path", s->tree,
			      "version", s->version, "flavour",
			      flavour_name(s->flavour));
		error = json_write(path, j);
		json_decref(j);
		if (error)
			ret = cannot_write(s, error);
	}
	free(path);
	return ret;
}

static int sweep_one(const char *path, const struct stat *st, int type,
		     struct FTW *ftw)
{
	const char *name = path + ftw->base;

	(void)st;
	if (type == FTW_D && ftw->level == 1 && strcmp(name, "units") &&
	    strcmp(name, "series"))
		return FTW_SKIP_SUBTREE;
	if (type == FTW_F && !fnmatch("*.tmp.??????", name, 0))
		unlink(path);
	return FTW_CONTINUE;
}

/* What file_write() had not finished when its process was killed. */
static void sweep_ws(const struct session *s)
{
	nftw(s->ws, sweep_one, 16, FTW_PHYS | FTW_ACTIONRETVAL);
}

int session_open(struct session *s)
{
	int ret = make_ws(s);

	if (!ret)
		ret = check_foreign(s);
	if (!ret)
		ret = lock_ws(s);
	if (!ret) {
		ret = sign_ws(s);
		if (ret)
			session_close(s);
		else if (!s->job)
			sweep_ws(s);
	}
	return ret;
}

int session_share(struct session *s)
{
	return flock(s->lock_fd, LOCK_SH) ? -errno : 0;
}

void session_close(struct session *s)
{
	if (s->lock_fd > 0)
		close(s->lock_fd);
	s->lock_fd = 0;
}

void session_free(struct session *s)
{
	session_close(s);
	free(s->tree);
	free(s->ws);
	free(s->version);
	free(s->spatch_version);
	sv_free(&s->kvars);
	sv_free(&s->units);
}
