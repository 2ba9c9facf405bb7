// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buildsetup.h"
#include "shadow.h"
#include "sparse.h"

/*
 * What an allmodconfig has on that costs time and says nothing about a
 * driver's code, and what would make a difference of two builds.
 */
static const char *const knobs[] = {
	"CONFIG_COMPILE_TEST=y",
	"# CONFIG_WERROR is not set",
	"# CONFIG_LOCALVERSION_AUTO is not set",
	"CONFIG_DEBUG_INFO_NONE=y",
	"# CONFIG_GCC_PLUGINS is not set",
	"# CONFIG_KASAN is not set",
	"# CONFIG_KCSAN is not set",
	"# CONFIG_KMSAN is not set",
	"# CONFIG_UBSAN is not set",
	"# CONFIG_KCOV is not set",
	"# CONFIG_GCOV_KERNEL is not set",
	"# CONFIG_MODVERSIONS is not set",
	"# CONFIG_TRIM_UNUSED_KSYMS is not set",
	"# CONFIG_RUST is not set",
	"# CONFIG_IKHEADERS is not set",
};

/* A person's own .config is followed, but for these. */
#define OWN_KNOBS 3

/* kbuild takes no path with a space or a colon in it. */
char *build_root(const struct session *s)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	unsigned int hash = (unsigned int)hash_str(HASH_INIT, s->ws);

	if (!strpbrk(s->ws, " \t:"))
		return ws_path(s, "build");
	if (cache && *cache == '/' && !strpbrk(cache, " \t:"))
		return xasprintf("%s/rxasync/shadow/%08x", cache, hash);
	if (home && *home == '/' && !strpbrk(home, " \t:"))
		return xasprintf("%s/.cache/rxasync/shadow/%08x", home, hash);
	return xasprintf("/tmp/rxasync-%u/shadow/%08x", (unsigned int)getuid(),
			 hash);
}

int build_fail_write(const char *path, int error)
{
	err("cannot write %s: %s%s", path, strerror(-error),
	    error == -ENOSPC || error == -EDQUOT
		    ? "; make room, or give another workspace with -w DIR"
		    : "");
	return EXIT_ENVIRONMENT;
}

/* Can it be a module; is it one of those of which only one is on? */
static void look_up(const struct kconfig *kc, const char *symbol, bool *defined,
		    bool *tristate, bool *chosen)
{
	size_t n;
	const struct kdef *d = kconfig_find(kc, symbol, &n);

	*defined = d != NULL;
	*tristate = *chosen = false;
	for (size_t i = 0; i < n; i++) {
		*tristate |= d[i].tristate;
		*chosen |= d[i].choice != 0;
	}
}

/* A board's configuration stays that of its processor. */
static bool is_boards(const struct build *b, const char *symbol)
{
	size_t n;
	const struct kdef *d = kconfig_find(b->kc, symbol, &n);

	return ends_with(b->kb.spec.base, "_defconfig") && d &&
	       starts_with(d->file, "arch/");
}

static void add_symbols(const struct build *b, struct strbuf *sb)
{
	bool builtin = !strcmp(b->kb.spec.base, "allyesconfig");
	bool defined, tristate, chosen;
	struct strvec symbols = {0};

	sv_addv(&symbols, &b->plan.symbols);
	kconfig_add_needs(b->kc, &symbols);
	for (size_t i = 0; i < symbols.n; i++) {
		look_up(b->kc, symbols.v[i], &defined, &tristate, &chosen);
		if (defined && !chosen && !is_boards(b, symbols.v[i]))
			sb_addf(sb, "%s=%c\n", symbols.v[i],
				tristate && !builtin ? 'm' : 'y');
	}
	sv_free(&symbols);
}

/* What stands last wins: what the user says of a symbol. */
static char *make_fragment(const struct build *b)
{
	bool own = b->kb.spec.file;
	size_t n = own ? OWN_KNOBS : ARRAY_SIZE(knobs);
	struct strbuf sb = {0};

	for (size_t i = own ? 1 : 0; i < n; i++)
		sb_addf(&sb, "%s\n", knobs[i]);
	for (size_t i = 0; b->kb.af && i < b->kb.af->configs.n; i++)
		sb_addf(&sb, "%s\n", b->kb.af->configs.v[i]);
	add_symbols(b, &sb);
	configspec_lines(&b->kb.spec, &sb);
	return sb_detach(&sb);
}

static char *store_path(const struct build *b)
{
	return xasprintf("%s/%s.json", b->root, base_name(b->kb.obj));
}

static char *obj_file(const struct build *b, const char *name)
{
	return xasprintf("%s/%s", b->kb.obj, name);
}

/* Of what the .config is made of, and of what all objects are. */
static void compute_keys(struct build *b)
{
	uint64_t stamp;

	b->config_key = b->kc->hash;
	b->config_key = hash_bytes(b->config_key, &b->kb.tool_key,
				   sizeof(b->kb.tool_key));
	b->config_key = hash_str(b->config_key, b->kb.config);
	b->config_key = hash_str(b->config_key, b->fragment);
	if (b->kb.spec.file)
		b->config_key = hash_file(b->config_key, b->kb.config);
	stamp = build_tree_stamp(b->tree, b->kb.arch);
	b->base_key = hash_bytes(b->config_key, &stamp, sizeof(stamp));
}

int build_begin(struct build *b, struct build_tree *tree, const char *arch,
		const char *config)
{
	char *source = xasprintf("%s/tree", tree->root), *path;
	int ret;

	*b = (struct build){
		.tree = tree,
		.s = tree->s,
		.m = tree->m,
		.root = tree->root,
	};
	kbuild_init(&b->kb, b->s, source, arch, config);
	free(source);
	ret = kbuild_version(&b->kb);
	if (!ret)
		ret = sparse_setup(&b->kb, b->s, b->root);
	if (ret)
		return ret;
	b->kc = build_tree_kconfig(tree, b->kb.arch);
	if (!b->kc)
		return EXIT_ENVIRONMENT;
	build_plan_copy(&b->plan, &tree->plan);
	b->fragment = make_fragment(b);
	compute_keys(b);
	path = store_path(b);
	build_store_open(&b->store, path, b->s->tree);
	b->store.checks = b->kb.checks;
	free(path);
	return 0;
}

void build_end(struct build *b)
{
	build_store_close(&b->store);
	build_plan_free(&b->plan);
	dotconfig_free(b->dc);
	kbuild_free(&b->kb);
	free(b->fragment);
}

/* Reads obj/.config, if it is the one that today's input gives. */
bool build_load_config(struct build *b)
{
	char *path = obj_file(b, ".config");
	char *begun = obj_file(b, ".rxasync-begun");
	int error;

	if (!b->dc && b->store.config_key == b->config_key &&
	    !file_exists(begun))
		b->dc = dotconfig_read(path, &error);
	free(begun);
	free(path);
	if (b->dc)
		build_plan_judge(&b->plan, b->kc, b->dc, b->kb.arch);
	return b->dc != NULL;
}

int build_save(struct build *b)
{
	int ret = build_store_save(&b->store);

	b->saved = time(NULL);
	return ret ? build_fail_write(b->store.path, ret) : 0;
}

/* Takes the lock and makes the shadow what the tree is. */
int build_open_shadow(struct build *b)
{
	char *lock = xasprintf("%s/lock", b->root);
	struct strvec real = {0};
	static const char *const always[] = {
		"scripts",   "tools/arch",    "tools/build",   "tools/include",
		"tools/lib", "tools/objtool", "tools/scripts",
	};
	int ret = make_dirs(b->root);

	if (!ret)
		ret = kbuild_lock(&b->kb, lock);
	free(lock);
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		sv_add(&real, always[i]);
	if (tree_is_dirty(b->s->tree))
		sv_add(&real, "");
	build_plan_folders(&b->plan, b->m, &real);
	if (!ret) {
		say("SHADOW", "%s", b->kb.source);
		ret = shadow_sync(b->kb.source, b->s->tree, &real);
	}
	sv_free(&real);
	if (!ret)
		ret = sparse_write(&b->kb, b->s->tree, b->root);
	return ret ? build_fail_write(b->kb.source, ret) : 0;
}

/*
 * Begins something in obj that is not to be trusted where it was cut short:
 * what an earlier run left so goes, and the .config with it.
 */
static int begin(struct build *b, const char *begun)
{
	char *config = obj_file(b, ".config");
	int ret = 0;

	if (file_exists(begun) || !file_exists(config)) {
		ret = remove_tree(b->kb.obj);
		b->store.config_key = 0;
	}
	free(config);
	if (b->store.config_key != b->config_key)
		b->store.prepared_key = 0;
	if (!ret)
		ret = make_dirs(b->kb.obj);
	if (!ret)
		ret = file_write(begun, "", 0);
	return ret ? build_fail_write(b->kb.obj, ret) : 0;
}

static int end(struct build *b, const char *begun)
{
	int ret;

	b->store.changed = true;
	ret = build_save(b);
	if (!ret && unlink(begun))
		ret = build_fail_write(begun, -errno);
	return ret;
}

static int configure(struct build *b)
{
	int ret;

	if (b->store.config_key == b->config_key)
		return 0;
	say("CONFIG", "%s %s", b->kb.arch, b->kb.config);
	ret = kbuild_configure(&b->kb, b->fragment);
	if (!ret)
		b->store.config_key = b->config_key;
	return ret;
}

static bool is_prepared(struct build *b, const char *begun)
{
	char *config = obj_file(b, ".config");
	bool there = !file_exists(begun) && file_exists(config) &&
		     b->store.config_key == b->config_key &&
		     b->store.prepared_key == b->base_key;

	free(config);
	return there;
}

int build_prepare(struct build *b)
{
	char *begun = obj_file(b, ".rxasync-begun");
	int ret = 0;

	if (!is_prepared(b, begun)) {
		ret = begin(b, begun);
		if (!ret)
			ret = configure(b);
		if (!ret)
			ret = kbuild_prepare(&b->kb);
		if (!ret) {
			b->store.prepared_key = b->base_key;
			ret = end(b, begun);
		}
	}
	free(begun);
	return ret;
}

int build_make_config(struct build *b)
{
	char *begun = obj_file(b, ".rxasync-begun");
	int ret = kbuild_probe(&b->kb);

	if (b->s->dry_run) {
		free(begun);
		return ret ? ret : kbuild_configure(&b->kb, b->fragment);
	}
	if (!ret)
		ret = build_open_shadow(b);
	if (!ret)
		ret = begin(b, begun);
	if (!ret)
		ret = configure(b);
	if (!ret)
		ret = end(b, begun);
	kbuild_unlock(&b->kb);
	free(begun);
	return ret;
}
