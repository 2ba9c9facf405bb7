// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "bootmake.h"
#include "buildstore.h"
#include "shadow.h"

/* Changes where what is kept would be read otherwise. */
#define FORMAT "1"

/* Native code needs no prefix. */
const char *boot_cross(const struct machine *mc)
{
	struct utsname u;

	if (!mc->cross || (!uname(&u) && !strcmp(u.machine, mc->arch)))
		return "";
	return mc->cross;
}

/* kbuild takes no path with a space or a colon in it. */
static char *make_root(const struct session *s)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	unsigned int hash = (unsigned int)hash_str(HASH_INIT, s->tree);

	if (cache && *cache == '/' && !strpbrk(cache, " \t:"))
		return xasprintf("%s/rxasync/boot/%08x", cache, hash);
	if (home && *home == '/' && !strpbrk(home, " \t:"))
		return xasprintf("%s/.cache/rxasync/boot/%08x", home, hash);
	return xasprintf("/tmp/rxasync-%u/boot/%08x", (unsigned int)getuid(),
			 hash);
}

int boot_fail(const char *what, const char *path, int error)
{
	err("cannot %s %s: %s", what, path, strerror(-error));
	return EXIT_ENVIRONMENT;
}

static void on_progress(void *data, const char *what, const char *path)
{
	struct boot_make *m = data;

	m->objects += !strcmp(what, "CC");
	if (strcmp(what, "HDRINST") && strcmp(what, "WRAP") &&
	    strcmp(what, "SYSHDR"))
		say(what, "%s", path);
}

/* The user's words, but for those that the machine has. */
static void make_words(struct boot_make *m)
{
	static const char *const ours[] = {"CROSS_COMPILE=", "W=", "C=",
					   "CHECK="};
	const struct strvec *from = &m->s->kvars;

	m->own = *m->s;
	m->own.kvars = (struct strvec){0};
	for (size_t i = 0; i < from->n; i++) {
		bool keep = true;

		for (size_t k = 0; k < ARRAY_SIZE(ours); k++)
			keep &= !starts_with(from->v[i], ours[k]);
		if (keep)
			sv_add(&m->own.kvars, from->v[i]);
	}
	sv_addf(&m->own.kvars, "CROSS_COMPILE=%s", boot_cross(m->mc));
	/* Empty for kbuild; what it builds says nothing of warnings. */
	sv_add(&m->own.kvars, "W=");
}

static void make_kbuild(struct boot_make *m, const char *variant)
{
	char *source = xasprintf("%s/tree", m->root);
	struct strbuf name = {0};

	kbuild_init(&m->kb, &m->own, source, m->mc->arch, "allnoconfig");
	sb_addf(&name, "%s/obj-%s", source, m->mc->arch);
	for (size_t i = 0; i < m->mc->config.n; i++)
		sb_addf(&name, "-%s", m->mc->config.v[i]);
	sb_addf(&name, "-%s", variant);
	free(m->kb.obj);
	m->kb.obj = sb_detach(&name);
	m->kb.progress = on_progress;
	m->kb.data = m;
	free(source);
}

/* What the O= makes for all that share it. */
static void add_targets(struct boot_make *m)
{
	for (size_t i = 0; i < m->ms->n; i++) {
		const struct machine *mc = &m->ms->v[i];

		if (!bootconfig_shared(m->mc, mc))
			continue;
		for (size_t k = 0; k < mc->target.n; k++)
			sv_add_once(&m->targets, mc->target.v[k]);
		sv_add_once(&m->files, mc->image);
		if (mc->dtb)
			sv_add_once(&m->files, mc->dtb);
	}
}

int boot_make_extra(const struct boot_make *m, struct boot_files *files)
{
	const struct strvec *extra;
	struct strvec done = {0};
	int ret = 0;

	for (size_t i = 0; i < m->ms->n; i++) {
		extra = &m->ms->v[i].extra;
		if (!bootconfig_shared(m->mc, &m->ms->v[i]))
			continue;
		for (size_t k = 0; !ret && k < extra->n; k += 2) {
			char *from = xasprintf("%s/%s", m->ms->dir,
					       extra->v[k + 1]);

			if (sv_add_once(&done, from))
				ret = boot_files_append(files, m->s->tree,
							extra->v[k], from);
			if (ret)
				ret = boot_fail("read", from, ret);
			free(from);
		}
	}
	sv_free(&done);
	return ret;
}

int boot_make_begin(struct boot_make *m, const char *variant)
{
	int ret;

	m->root = make_root(m->s);
	m->images = xasprintf("%s/images", m->root);
	make_words(m);
	make_kbuild(m, variant);
	ret = kbuild_version(&m->kb);
	if (ret)
		return ret;
	ret = kconfig_read(&m->kc, m->s->tree, m->kb.arch);
	if (ret)
		return boot_fail("read", "the tree's Kconfig", ret);
	ret = bootconfig_make(&m->config, m->ms, m->mc, variant, &m->kc);
	if (ret)
		return EXIT_ENVIRONMENT;
	m->fragment = bootconfig_text(&m->config);
	m->config_key = hash_str(m->kc.hash, m->fragment);
	m->config_key = hash_bytes(m->config_key, &m->kb.tool_key,
				   sizeof(m->kb.tool_key));
	m->config_key = hash_str(m->config_key, FORMAT);
	m->stamp = tree_stamp_all(m->s->tree);
	add_targets(m);
	return 0;
}

void boot_make_end(struct boot_make *m)
{
	boot_files_free(&m->legacy);
	boot_files_free(&m->converted);
	bootconfig_free(&m->config);
	kconfig_free(&m->kc);
	kbuild_free(&m->kb);
	sv_free(&m->own.kvars);
	sv_free(&m->targets);
	sv_free(&m->files);
	sv_free(&m->lacking);
	free(m->fragment);
	free(m->images);
	free(m->root);
}

static char *in_obj(const struct boot_make *m, const char *name)
{
	return xasprintf("%s/%s", m->kb.obj, name);
}

/* Folders of these paths are the shadow's own. */
static void add_folders(struct strvec *real, const struct strvec *paths)
{
	for (size_t i = 0; i < paths->n; i++) {
		const char *slash = strrchr(paths->v[i], '/');
		char *dir = xstrndup(paths->v[i],
				     slash ? (size_t)(slash - paths->v[i]) : 0);

		if (*dir)
			sv_add_once(real, dir);
		free(dir);
	}
}

static int sync_shadow(struct boot_make *m)
{
	static const char *const always[] = {
		"scripts",   "tools/arch",    "tools/build",   "tools/include",
		"tools/lib", "tools/objtool", "tools/scripts",
	};
	struct strvec real = {0}, paths = {0};
	char *lock = xasprintf("%s/lock", m->root);
	int ret = make_dirs(m->kb.obj);

	if (!ret && !m->ready)
		ret = kbuild_lock(&m->kb, lock);
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		sv_add(&real, always[i]);
	if (tree_is_dirty(m->s->tree))
		sv_add(&real, "");
	boot_files_before(m->kb.obj, &paths);
	for (size_t i = 0; i < m->legacy.n; i++)
		sv_add(&paths, m->legacy.v[i].path);
	for (size_t i = 0; i < m->converted.n; i++)
		sv_add(&paths, m->converted.v[i].path);
	add_folders(&real, &paths);
	if (!ret) {
		say("SHADOW", "%s", m->kb.source);
		ret = shadow_sync(m->kb.source, m->s->tree, &real);
	}
	sv_free(&paths);
	sv_free(&real);
	free(lock);
	return ret ? boot_fail("write", m->kb.source, ret) : 0;
}

/* All files below that were written since; half-written ones are among them. */
static void drop_since(const char *path, const struct timespec *since)
{
	DIR *dir = opendir(path);
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		char *sub = xasprintf("%s/%s", path, e->d_name);
		struct stat st;

		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") ||
		    starts_with(e->d_name, ".rxasync-") ||
		    !strcmp(e->d_name, ".config") || lstat(sub, &st))
			;
		else if (S_ISDIR(st.st_mode))
			drop_since(sub, since);
		else if (S_ISREG(st.st_mode) &&
			 (st.st_mtim.tv_sec > since->tv_sec ||
			  (st.st_mtim.tv_sec == since->tv_sec &&
			   st.st_mtim.tv_nsec >= since->tv_nsec)))
			unlink(sub);
		free(sub);
	}
	if (dir)
		closedir(dir);
}

/* A make that was cut short must not be believed. */
static void mend(struct boot_make *m)
{
	char *begun = in_obj(m, ".rxasync-begun");
	struct stat st;

	if (!stat(begun, &st)) {
		drop_since(m->kb.obj, &st.st_mtim);
		unlink(begun);
	}
	free(begun);
}

static int check_config(struct boot_make *m)
{
	char *path = in_obj(m, ".config"), *why = NULL;
	struct strbuf text = {0}, list = {0};
	struct strvec unknown = {0};
	int ret = file_read(path, &text);

	if (ret)
		ret = boot_fail("read", path, ret);
	else if (bootconfig_check(&m->config, &m->kc, sb_str(&text), m->kb.arch,
				  &m->lacking, &unknown, &why)) {
		err("the kernel of %s: %s", m->mc->path, why);
		ret = EXIT_ENVIRONMENT;
	}
	for (size_t i = 0; i < unknown.n; i++)
		sb_addf(&list, " %s", unknown.v[i]);
	if (unknown.n)
		say("CONFIG", "Linux %s doesn't know%s", m->s->version,
		    sb_str(&list));
	free(why);
	sv_free(&unknown);
	sb_free(&list);
	sb_free(&text);
	free(path);
	return ret;
}

static int configure(struct boot_make *m)
{
	char *path = in_obj(m, ".rxasync-config"), key[17];
	char *config = in_obj(m, ".config");
	struct strbuf old = {0};
	int ret = 0;

	snprintf(key, sizeof(key), "%016" PRIx64, m->config_key);
	if (file_read(path, &old) || strcmp(sb_str(&old), key) ||
	    !file_exists(config)) {
		say("CONFIG", "%s", base_name(m->kb.obj));
		ret = kbuild_configure(&m->kb, m->fragment);
		if (!ret && file_write(path, key, strlen(key)))
			ret = boot_fail("write", path, -EIO);
	}
	if (!ret)
		ret = check_config(m);
	sb_free(&old);
	free(config);
	free(path);
	return ret;
}

/* All that goes before a make; for the second one only what is new. */
static int set_up(struct boot_make *m)
{
	int ret = m->ready ? 0 : kbuild_probe(&m->kb);

	if (!ret && m->s->dry_run)
		return m->ready ? 0 : kbuild_configure(&m->kb, m->fragment);
	/* The converted files are known by now. */
	if (!ret)
		ret = sync_shadow(m);
	if (!ret && !m->ready) {
		mend(m);
		ret = configure(m);
	}
	return ret;
}

/* make itself, with the files in the tree's place. */
static int run_make(struct boot_make *m, struct boot_files *files)
{
	char *begun = in_obj(m, ".rxasync-begun");
	const char *source = m->kb.source, *tree = m->s->tree;
	int ret = boot_files_put(files, source, tree, m->kb.obj), error;

	if (!ret)
		ret = file_write(begun, "", 0);
	if (ret) {
		ret = boot_fail("write", source, ret);
	} else {
		ret = kbuild_targets(&m->kb, &m->targets);
		/* What was killed on its way is mended by the next run. */
		if (ret != -EINTR)
			unlink(begun);
		if (!ret && (error = boot_files_made(files, m->kb.obj)))
			ret = boot_fail("write", m->kb.obj, error);
	}
	error = boot_files_restore(files, source, tree);
	if (error && !ret)
		ret = boot_fail("write", source, error);
	free(begun);
	return ret;
}

int boot_make_run(struct boot_make *m, struct boot_files *files)
{
	int ret = set_up(m);

	if (ret)
		return ret;
	m->ready = true;
	m->objects = 0;
	if (m->s->dry_run)
		return kbuild_targets(&m->kb, &m->targets);
	ret = run_make(m, files);
	say_end();
	return ret;
}
