// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bootimage.h"
#include "bootkernel.h"
#include "bootmake.h"

static uint64_t image_key(const struct boot_make *m,
			  const struct boot_files *files)
{
	uint64_t texts = boot_files_hash(files), h = m->config_key;

	h = hash_bytes(h, &m->stamp, sizeof(m->stamp));
	h = hash_bytes(h, &texts, sizeof(texts));
	for (size_t i = 0; i < m->targets.n; i++)
		h = hash_str(h, m->targets.v[i]);
	for (size_t i = 0; i < m->files.n; i++)
		h = hash_str(h, m->files.v[i]);
	return h;
}

static void take(struct boot_image *image, const struct boot_make *m, uint64_t key,
		 const struct boot_made *made)
{
	image->key = key;
	image->seconds = made->seconds;
	image->objects = made->objects;
	image->image = boot_image_path(m->images, key, m->mc->image);
	if (m->mc->dtb)
		image->dtb = boot_image_path(m->images, key, m->mc->dtb);
}

/* The kernel with these files: kept from before, or made. */
static int get_image(struct boot_make *m, struct boot_files *files,
		     struct boot_image *image, struct boot_made *made)
{
	uint64_t key = image_key(m, files);
	struct timespec from, to;
	int ret;

	image->cached = !boot_image_load(m->images, key, made);
	if (image->cached) {
		take(image, m, key, made);
		return 0;
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	ret = boot_make_run(m, files);
	clock_gettime(CLOCK_MONOTONIC, &to);
	if (ret || m->s->dry_run)
		return ret;
	made->seconds = (unsigned int)(to.tv_sec - from.tv_sec);
	made->objects = m->objects;
	boot_image_sources(m->kb.obj, &made->sources);
	sv_addv(&made->lacking, &m->lacking);
	ret = boot_image_store(m->images, key, m->kb.obj, &m->files, made);
	if (ret)
		return boot_fail("write", m->images, ret);
	take(image, m, key, made);
	return 0;
}

static int by_word(const void *a, const void *b)
{
	return strcmp(a, *(char *const *)b);
}

bool bootkernel_has(const struct boot_kernel *k, const char *file)
{
	return k->sources.n &&
	       bsearch(file, k->sources.v, k->sources.n, sizeof(char *),
		       by_word);
}

/* Is any of its own files in the kernel? Headers of all are no sign. */
static bool has_unit(const struct boot_kernel *k, const struct unit *u)
{
	for (size_t i = 0; i < u->files.n; i++)
		if (bootkernel_has(k, u->files.v[i]))
			return true;
	return false;
}

static int add_unit(struct boot_make *m, const struct unit *u)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < u->files.n; i++) {
		char *name = xasprintf("after/%s", u->files.v[i]);
		char *from = unit_path(m->s, u, name);

		if (file_exists(from))
			ret = boot_files_add(&m->converted, u->files.v[i],
					     from);
		if (ret)
			ret = boot_fail("read", from, ret);
		free(from);
		free(name);
	}
	return ret;
}

/* The converted files of all units that the legacy kernel has. */
static int add_units(struct boot_make *m, struct boot_kernel *k,
		     struct unit *const *units, size_t n)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < n; i++) {
		if (!m->s->dry_run && !has_unit(k, units[i]))
			continue;
		sv_add(&k->units, units[i]->name);
		ret = add_unit(m, units[i]);
	}
	return ret ? ret : boot_make_extra(m, &m->converted);
}

int bootkernel_make(struct boot_kernel *k, const struct session *s,
		    const struct machines *ms, const struct machine *mc,
		    const char *variant, struct unit *const *units,
		    size_t unit_count)
{
	struct boot_make m = {.s = s, .ms = ms, .mc = mc};
	struct boot_made made = {0}, after = {0};
	int ret;

	*k = (struct boot_kernel){0};
	ret = boot_make_begin(&m, variant);
	if (!ret)
		ret = boot_make_extra(&m, &m.legacy);
	if (!ret)
		ret = get_image(&m, &m.legacy, &k->legacy, &made);
	/* What the user's tree can't is no unit's fault. */
	if (ret == EXIT_UNIT_FAILED)
		ret = EXIT_ENVIRONMENT;
	if (!ret) {
		sv_addv(&k->sources, &made.sources);
		sv_addv(&k->lacking, &made.lacking);
		ret = add_units(&m, k, units, unit_count);
	}
	if (!ret)
		ret = get_image(&m, &m.converted, &k->converted, &after);
	boot_made_free(&made);
	boot_made_free(&after);
	boot_make_end(&m);
	return ret;
}

void bootkernel_free(struct boot_kernel *k)
{
	free(k->legacy.image);
	free(k->legacy.dtb);
	free(k->converted.image);
	free(k->converted.dtb);
	sv_free(&k->units);
	sv_free(&k->sources);
	sv_free(&k->lacking);
	*k = (struct boot_kernel){0};
}

/* The first number in "QEMU emulator version 7.2.22 (...)". */
static int qemu_version(const char *qemu)
{
	struct job *job = job_new(qemu, "--version", NULL);
	const char *at = NULL;
	int version = 0;

	job->deadline = 60;
	if (!job_run(job) && !job->code)
		at = strstr(sb_str(&job->out), "version ");
	if (at)
		version = atoi(at + strlen("version "));
	job_free(job);
	return version;
}

static char *lack(const char *program, const char *package)
{
	return xasprintf("%s is missing: install the package %s", program,
			 package);
}

int bootkernel_probe(const struct session *s, const struct machine *mc,
		     char **why)
{
	const char *cross = boot_cross(mc);
	char *cc = xasprintf("%sgcc", cross);
	char *compiler = s->dry_run ? xstrdup(cc) : find_program(cc);
	char *qemu = s->dry_run ? xstrdup(mc->qemu) : find_program(mc->qemu);

	*why = NULL;
	if (!compiler)
		*why = lack(cc, mc->package ? mc->package : "gcc");
	else if (!qemu)
		*why = lack(mc->qemu, mc->qemu_package);
	else if (!s->dry_run && mc->qemu_version &&
		 qemu_version(qemu) < mc->qemu_version)
		*why = xasprintf("%s is older than QEMU %d", mc->qemu,
				 mc->qemu_version);
	free(qemu);
	free(compiler);
	free(cc);
	return *why ? -ENOENT : 0;
}
