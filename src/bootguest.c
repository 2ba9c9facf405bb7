// SPDX-License-Identifier: GPL-2.0-only
#include "bootguest.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bootmake.h"
#include "cpio.h"
#include "job.h"

/* Beside the folder of the guest: what both sides are made of. */
static const char *const shared[] = {"bootwire.c", "bootplan.c", "bootrow.c"};
/* Most of a card's rows is waiting: the guest drives so many of them at a time. */
#define NICS_AT_ONCE 4

/* Its neighbours that have a main() of their own. */
static const char *const others[] = {"stress.c"};

static const char *const flags[] = {
	"-std=gnu11", "-D_GNU_SOURCE", "-O2", "-static",
	"-ffunction-sections", "-Wl,--gc-sections",
};

static bool is_other(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (!strcmp(name, others[i]))
			return true;
	return false;
}

/* Adds the sources to the words, and all that they are made of to the key. */
static int add_sources(struct strvec *argv, uint64_t *key, const char *src)
{
	char *folder = xasprintf("%s/guest", src);
	struct strvec names = {0};
	DIR *dir = opendir(folder);
	struct dirent *e;
	int ret = dir ? 0 : -errno;

	while (dir && (e = readdir(dir)))
		if (ends_with(e->d_name, ".c") || ends_with(e->d_name, ".h"))
			sv_addf(&names, "guest/%s", e->d_name);
	if (dir)
		closedir(dir);
	for (size_t i = 0; i < ARRAY_SIZE(shared); i++) {
		sv_add(&names, shared[i]);
		sv_addf(&names, "%.*sh", (int)strlen(shared[i]) - 1, shared[i]);
	}
	sv_sort(&names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("%s/%s", src, names.v[i]);

		*key = hash_str(*key, names.v[i]);
		*key = hash_file(*key, path);
		if (ends_with(path, ".c") && !is_other(base_name(path)))
			sv_add(argv, path);
		free(path);
	}
	sv_free(&names);
	free(folder);
	return ret;
}

static char *compiler_of(const struct machine *mc)
{
	return xasprintf("%sgcc", boot_cross(mc));
}

static uint64_t compiler_key(uint64_t key, const char *compiler)
{
	struct job *job = job_new(compiler, "-dumpfullversion", "-dumpmachine",
				  NULL);

	if (!job_run(job))
		key = hash_str(key, sb_str(&job->out));
	job_free(job);
	return hash_str(key, compiler);
}

static char *cache_path(const char *arch, uint64_t key)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && *cache == '/')
		return xasprintf("%s/rxasync/boot/guest/%s-%016" PRIx64, cache,
				 arch, key);
	return xasprintf("%s/.cache/rxasync/boot/guest/%s-%016" PRIx64,
			 home ? home : "/tmp", arch, key);
}

static int compile(struct boot_guest *g, const struct machine *mc,
		   const struct strvec *sources, const char *compiler,
		   const char *src)
{
	char *made = xasprintf("%s.%d", g->program, (int)getpid());
	struct job *job = job_new(compiler, NULL);
	int ret = make_parents(g->program);

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		sv_add(&job->argv, flags[i]);
	sv_addf(&job->argv, "-I%s", src);
	sv_addf(&job->argv, "-I%s/guest", src);
	sv_addv(&job->argv, sources);
	sv_add(&job->argv, "-o");
	sv_add(&job->argv, made);
	job->merge = true;
	say("GUEST", "%s", mc->arch);
	if (!ret)
		ret = job_run(job);
	if (ret == -ENOENT) {
		err("no %s to compile the guest's program with%s%s", compiler,
		    mc->package ? ": it is in the package " : "",
		    mc->package ? mc->package : "");
		ret = EXIT_ENVIRONMENT;
	} else if (!ret && job->code) {
		say_end();
		err("%s cannot compile the guest's program (a static C library"
		    " is needed, libc6-dev or its cross form):\n%s",
		    compiler, sb_str(&job->out));
		ret = EXIT_ENVIRONMENT;
	}
	if (!ret && file_exists(made) && rename(made, g->program))
		ret = -errno;
	unlink(made);
	job_free(job);
	free(made);
	return ret;
}

/* Objects may lie in a src/ beside the program. */
static char *source_dir(void)
{
	char *src = data_dir("src", "RXASYNC_SRC", RXASYNC_SRC_DIR);
	char *init = xasprintf("%s/guest/boot.c", src);

	if (!file_exists(init)) {
		free(src);
		src = xstrdup(RXASYNC_SRC_DIR);
	}
	free(init);
	return src;
}

int boot_guest_make(struct boot_guest *g, const struct session *s,
		    const struct machine *mc)
{
	char *src = source_dir();
	char *compiler = compiler_of(mc);
	struct strvec sources = {0};
	int ret;

	*g = (struct boot_guest){.key = HASH_INIT};
	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		g->key = hash_str(g->key, flags[i]);
	ret = add_sources(&sources, &g->key, src);
	if (!ret && !s->dry_run)
		g->key = compiler_key(g->key, compiler);
	g->program = cache_path(mc->arch, g->key);
	if (!ret && !file_exists(g->program))
		ret = compile(g, mc, &sources, compiler, src);
	if (ret < 0 && ret != -EINTR) {
		err("cannot make the guest's program of %s: %s", src,
		    strerror(-ret));
		ret = EXIT_ENVIRONMENT;
	}
	sv_free(&sources);
	free(compiler);
	free(src);
	return ret;
}

void boot_guest_free(struct boot_guest *g)
{
	free(g->program);
	*g = (struct boot_guest){0};
}

char *boot_mac(size_t nic)
{
	return xasprintf("52:54:00:12:34:%02x", (unsigned int)nic + 1);
}

static void add_list(struct strbuf *sb, const char *key,
		     const struct strvec *words)
{
	for (size_t i = 0; i < words->n; i++)
		sb_addf(sb, "%s%s%s", i ? "," : " ", i ? "" : key, words->v[i]);
}

static void add_nic(struct strbuf *sb, const struct machine_nic *nic,
		    size_t number)
{
	char *mac = boot_mac(number);

	sb_addf(sb, "nic %s mac=%s", nic->name, mac);
	if (nic->driver)
		sb_addf(sb, " driver=%s", nic->driver);
	sb_addf(sb, " uc=%s mc=%s allmulti=%s promisc=%s", nic->uc, nic->mc,
		nic->allmulti ? "yes" : "no", nic->promisc);
	add_list(sb, "skip=", &nic->skip);
	add_list(sb, "gaps=", &nic->gaps);
	sb_addc(sb, '\n');
	free(mac);
}

void boot_plan_text(struct strbuf *sb, const struct boot_choice *c)
{
	const struct machine *mc = c->machine;
	const char *lower = NULL;

	sb_addf(sb, "scale %d\njobs %d\n", c->scale, NICS_AT_ONCE);
	for (size_t i = 0; i < mc->nic_count; i++) {
		if (!c->nics[i])
			continue;
		add_nic(sb, &mc->nics[i], i);
		if (!lower)
			lower = mc->nics[i].name;
	}
	for (size_t i = 0; c->soft && i < mc->soft.n; i++) {
		char *kind = boot_soft_kind(mc->soft.v[i]);

		sb_addf(sb, "soft %s", kind);
		if (lower)
			sb_addf(sb, " over %s", lower);
		sb_addc(sb, '\n');
		free(kind);
	}
}

int boot_initramfs(const char *path, const struct boot_guest *g,
		   const struct strbuf *plan)
{
	static const char *const dirs[] = {"dev", "proc", "sys", "lib"};
	struct strbuf program = {0};
	struct cpio c = {0};
	int ret = file_read(g->program, &program);

	for (size_t i = 0; i < ARRAY_SIZE(dirs); i++)
		cpio_dir(&c, dirs[i]);
	cpio_node(&c, "dev/console", 5, 1);
	cpio_file(&c, "init", 0755, program.buf, program.len);
	cpio_file(&c, "boot.plan", 0644, plan->buf, plan->len);
	cpio_end(&c);
	if (!ret)
		ret = file_write(path, c.out.buf, c.out.len);
	cpio_free(&c);
	sb_free(&program);
	return ret;
}
