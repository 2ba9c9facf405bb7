// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "buildplan.h"

/* Where those who include a header of include/ are looked for. */
static const char *const header_users[] = {
	"drivers/net",
	"drivers/s390/net",
	"drivers/staging",
	"drivers/usb",
	"drivers/infiniband",
	"drivers/media/dvb-core",
	"net",
	"include",
};

static void list_files(const char *dir, const char *inside, struct strvec *to)
{
	char *full = xasprintf("%s/%s", dir, inside);
	DIR *d = opendir(full);
	struct dirent *e;

	free(full);
	while (d && (e = readdir(d))) {
		char *path, *at;

		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		path = *inside ? xasprintf("%s/%s", inside, e->d_name)
			       : xstrdup(e->d_name);
		at = xasprintf("%s/%s", dir, path);
		if (is_dir(at))
			list_files(dir, path, to);
		else if (!strstr(e->d_name, ".tmp."))
			sv_add(to, path);
		free(at);
		free(path);
	}
	if (d)
		closedir(d);
}

static size_t find_object(struct build_plan *p, const struct kobject *k)
{
	for (size_t i = 0; i < p->object_count; i++)
		if (!strcmp(p->objects[i].path, k->object))
			return i;
	GROW(p->objects, p->object_count, p->object_cap);
	p->objects[p->object_count] = (struct build_object){
		.path = xstrdup(k->object),
		.ways = k,
	};
	return p->object_count++;
}

static void add_object(struct build_plan *p, struct build_unit *bu,
		       const struct kobject *k)
{
	size_t index = find_object(p, k);

	for (size_t i = 0; i < bu->count; i++)
		if (bu->objects[i] == index)
			return;
	GROW(bu->objects, bu->count, bu->cap);
	bu->objects[bu->count++] = index;
}

static char *dir_of(const char *path)
{
	size_t n = (size_t)(base_name(path) - path);

	return xstrndup(path, n ? n - 1 : 0);
}

/* Reads the folders in which users of a changed file may be. */
static void scan_users(struct build_plan *p, const struct build_unit *bu,
		       const char *path)
{
	char *dir;

	if (starts_with(path, "include/"))
		for (size_t i = 0; i < ARRAY_SIZE(header_users); i++)
			includers_scan(p->includers, header_users[i]);
	for (size_t i = 0; i < bu->changed.n; i++) {
		dir = dir_of(bu->changed.v[i]);
		if (!starts_with(dir, "include"))
			includers_scan(p->includers, dir);
		free(dir);
	}
}

/* A file without an object is compiled as part of those that include it. */
static void add_users(struct build_plan *p, struct build_unit *bu,
		      const char *path)
{
	struct strvec users = {0};

	scan_users(p, bu, path);
	includers_find(p->includers, path, &users);
	for (size_t i = 0; i < users.n; i++) {
		const struct kobject *k =
			kmakefile_lookup(p->makefiles, users.v[i]);

		if (k)
			add_object(p, bu, k);
	}
	sv_free(&users);
}

static int by_path(const void *a, const void *b, void *data)
{
	const struct build_plan *p = data;

	return strcmp(p->objects[*(const size_t *)a].path,
		      p->objects[*(const size_t *)b].path);
}

static void add_unit(struct build_plan *p, const struct session *s,
		     struct unit *u)
{
	char *after = unit_path(s, u, "after");
	struct build_unit *bu;

	GROW(p->units, p->unit_count, p->unit_cap);
	bu = &p->units[p->unit_count++];
	*bu = (struct build_unit){
		.unit = u,
		.wanted = session_wants(s, u),
	};
	list_files(after, "", &bu->changed);
	sv_sort(&bu->changed);
	for (size_t i = 0; i < bu->changed.n; i++) {
		const char *path = bu->changed.v[i];
		const struct kobject *k = kmakefile_lookup(p->makefiles, path);

		if (k)
			add_object(p, bu, k);
		else
			add_users(p, bu, path);
	}
	if (bu->count)
		qsort_r(bu->objects, bu->count, sizeof(*bu->objects), by_path,
			p);
	free(after);
}

bool build_unit_owns(const struct build_unit *u, const char *object)
{
	size_t n = strlen(object) - 1;

	for (size_t i = 0; i < u->changed.n; i++)
		if (!strncmp(u->changed.v[i], object, n) &&
		    strlen(u->changed.v[i]) == n + 1)
			return true;
	return false;
}

static void add_symbols(struct build_plan *p, const struct unit *u)
{
	for (size_t i = 0; i < u->files.n; i++) {
		const struct kobject *k =
			kmakefile_lookup(p->makefiles, u->files.v[i]);

		for (; k; k = k->next)
			for (size_t j = 0; j < k->configs.n; j++)
				sv_add_once(&p->symbols, k->configs.v[j]);
	}
}

void build_plan_make(struct build_plan *p, const struct session *s,
		     const struct model *m)
{
	*p = (struct build_plan){
		.makefiles = kmakefile_open(s->tree),
		.includers = includers_open(s->tree),
	};
	for (size_t i = 0; i < m->count; i++) {
		add_symbols(p, m->units[i]);
		if (unit_was_converted(m->units[i]))
			add_unit(p, s, m->units[i]);
	}
	sv_sort(&p->symbols);
}

void build_plan_copy(struct build_plan *p, const struct build_plan *from)
{
	*p = (struct build_plan){
		.makefiles = from->makefiles,
		.includers = from->includers,
		.borrows = true,
		.object_count = from->object_count,
		.unit_count = from->unit_count,
	};
	p->objects = xcalloc(p->object_count + 1, sizeof(*p->objects));
	for (size_t i = 0; i < p->object_count; i++) {
		const struct build_object *o = &from->objects[i];

		p->objects[i] = (struct build_object){
			.path = xstrdup(o->path),
			.ways = o->ways,
		};
	}
	p->units = xcalloc(p->unit_count + 1, sizeof(*p->units));
	for (size_t i = 0; i < p->unit_count; i++) {
		const struct build_unit *u = &from->units[i];
		struct build_unit *copy = &p->units[i];
		size_t bytes = u->count * sizeof(*u->objects);

		*copy = (struct build_unit){
			.unit = u->unit,
			.wanted = u->wanted,
			.count = u->count,
			.objects = xcalloc(u->count + 1, sizeof(*u->objects)),
		};
		if (bytes)
			memcpy(copy->objects, u->objects, bytes);
		sv_addv(&copy->changed, &u->changed);
	}
	sv_addv(&p->symbols, &from->symbols);
}

void build_plan_free(struct build_plan *p)
{
	for (size_t i = 0; i < p->object_count; i++) {
		free(p->objects[i].path);
		free(p->objects[i].why_off);
	}
	for (size_t i = 0; i < p->unit_count; i++) {
		sv_free(&p->units[i].changed);
		free(p->units[i].objects);
	}
	free(p->objects);
	free(p->units);
	sv_free(&p->symbols);
	if (!p->borrows) {
		kmakefile_close(p->makefiles);
		includers_close(p->includers);
	}
	*p = (struct build_plan){0};
}

/* The first symbol of a way that is off, NULL where all are on. */
static const char *off_symbol(const struct kobject *k,
			      const struct dotconfig *dc)
{
	for (size_t i = 0; i < k->configs.n; i++)
		if (!dotconfig_on(dc, k->configs.v[i]))
			return k->configs.v[i];
	return NULL;
}

static void judge(struct build_object *o, const struct kconfig *kc,
		  const struct dotconfig *dc, const char *arch)
{
	o->on = false;
	o->module = true;
	free(o->why_off);
	o->why_off = NULL;
	for (const struct kobject *k = o->ways; k; k = k->next) {
		if (off_symbol(k, dc))
			continue;
		o->on = true;
		if (!k->config || dotconfig_get(dc, k->config) != 'm')
			o->module = false;
	}
	if (!o->on)
		o->why_off =
			kconfig_why_off(kc, dc, arch, off_symbol(o->ways, dc));
}

void build_plan_judge(struct build_plan *p, const struct kconfig *kc,
		      const struct dotconfig *dc, const char *arch)
{
	for (size_t i = 0; i < p->object_count; i++)
		judge(&p->objects[i], kc, dc, arch);
}

static bool share_object(const struct build_unit *a, const struct build_unit *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++)
			if (a->objects[i] == b->objects[k])
				return true;
	return false;
}

int build_plan_waves(struct build_plan *p)
{
	int waves = 0;

	for (size_t i = 0; i < p->unit_count; i++) {
		struct build_unit *u = &p->units[i];

		u->wave = 0;
		for (size_t k = 0; u->due && k < i; k++) {
			const struct build_unit *v = &p->units[k];

			/* The waves before are full of those that clash. */
			if (v->due && v->wave == u->wave &&
			    share_object(u, v)) {
				u->wave++;
				k = (size_t)-1;
			}
		}
		if (u->due && u->wave >= waves)
			waves = u->wave + 1;
	}
	return waves;
}

/* "drivers/net" of "drivers/net/x/y.c", "net" of "net/core/dev.c". */
static void add_folder(struct strvec *real, const char *path)
{
	size_t n = strcspn(path, "/");

	if (starts_with(path, "drivers/") || starts_with(path, "arch/"))
		n += 1 + strcspn(path + n + 1, "/");
	char *dir = xstrndup(path, n);
	sv_add_once(real, dir);
	free(dir);
}

void build_plan_folders(const struct build_plan *p, const struct model *m,
			struct strvec *real)
{
	for (size_t i = 0; i < m->count; i++)
		for (size_t k = 0; k < m->units[i]->files.n; k++)
			add_folder(real, m->units[i]->files.v[k]);
	for (size_t i = 0; i < p->unit_count; i++)
		for (size_t k = 0; k < p->units[i].changed.n; k++)
			add_folder(real, p->units[i].changed.v[k]);
	for (size_t i = 0; i < p->object_count; i++)
		add_folder(real, p->objects[i].path);
	sv_sort(real);
}
