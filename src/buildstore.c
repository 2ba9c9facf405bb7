// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buildstore.h"
#include "sparse.h"

#define STORE_FORMAT 2

static json_t *key_json(uint64_t key)
{
	return json_sprintf("%016" PRIx64, key);
}

static uint64_t key_of(const json_t *j, const char *name)
{
	const char *s = json_string_value(json_object_get(j, name));

	return s ? strtoull(s, NULL, 16) : 0;
}

static struct build_record *record_from_json(const char *object,
					     const json_t *j)
{
	struct build_record *r = xcalloc(1, sizeof(*r));

	r->object = xstrdup(object);
	r->key = key_of(j, "key");
	r->built = json_is_true(json_object_get(j, "built"));
	r->module = json_is_true(json_object_get(j, "module"));
	r->checked = json_is_true(json_object_get(j, "checked"));
	r->error = json_str_dup(j, "error");
	r->log = json_str_dup(j, "log");
	json_strings(json_object_get(j, "texts"), &r->texts);
	json_strings(json_object_get(j, "norms"), &r->norms);
	json_strings(json_object_get(j, "deps"), &r->deps);
	if (r->texts.n != r->norms.n || r->built == (r->error != NULL)) {
		build_record_free(r);
		return NULL;
	}
	return r;
}

/* Compilers quote source lines, which need not be UTF-8. */
static json_t *text_json(const char *s)
{
	json_t *j = json_string(s);
	char *plain;

	if (j)
		return j;
	plain = xstrdup(s);
	for (char *c = plain; *c; c++)
		if (*c & 0x80)
			*c = '?';
	j = json_string(plain);
	free(plain);
	return j;
}

static json_t *strings_json(const struct strvec *sv)
{
	json_t *array = json_array();

	for (size_t i = 0; i < sv->n; i++)
		json_array_append_new(array, text_json(sv->v[i]));
	return array;
}

static json_t *record_to_json(const struct build_record *r)
{
	json_t *j = json_object();

	json_object_set_new(j, "key", key_json(r->key));
	json_object_set_new(j, "built", json_boolean(r->built));
	json_object_set_new(j, "module", json_boolean(r->module));
	json_object_set_new(j, "checked", json_boolean(r->checked));
	if (r->error)
		json_object_set_new(j, "error", text_json(r->error));
	json_object_set_new(j, "texts", strings_json(&r->texts));
	json_object_set_new(j, "norms", strings_json(&r->norms));
	json_object_set_new(j, "deps", strings_json(&r->deps));
	json_object_set_new(j, "log", text_json(r->log ? r->log : ""));
	return j;
}

void build_store_open(struct build_store *st, const char *path,
		      const char *tree)
{
	int error;
	json_t *j = json_read(path, &error), *item;
	const char *object;

	*st = (struct build_store){.path = xstrdup(path), .tree = tree};
	if (json_integer_value(json_object_get(j, "format")) == STORE_FORMAT) {
		st->config_key = key_of(j, "config_key");
		st->prepared_key = key_of(j, "prepared_key");
		json_object_foreach(json_object_get(j, "objects"), object,
				    item) {
			struct build_record *r = record_from_json(object, item);

			if (r)
				build_store_put(st, r);
		}
	}
	json_decref(j);
	st->changed = false;
}

int build_store_save(struct build_store *st)
{
	json_t *j, *objects;
	int ret;

	if (!st->changed)
		return 0;
	objects = json_object();
	for (size_t i = 0; i < st->n; i++)
		json_object_set_new(objects, st->v[i]->object,
				    record_to_json(st->v[i]));
	j = json_pack("{si so so so}", "format", STORE_FORMAT, "config_key",
		      key_json(st->config_key), "prepared_key",
		      key_json(st->prepared_key), "objects", objects);
	ret = json_write(st->path, j);
	json_decref(j);
	st->changed = ret != 0;
	return ret;
}

void build_store_close(struct build_store *st)
{
	for (size_t i = 0; i < st->n; i++)
		build_record_free(st->v[i]);
	for (size_t i = 0; i < st->hash_size; i++)
		free(st->hashes[i].path);
	free(st->v);
	free(st->hashes);
	free(st->path);
	*st = (struct build_store){0};
}

static struct build_record **slot(const struct build_store *st,
				  const char *object)
{
	for (size_t i = 0; i < st->n; i++)
		if (!strcmp(st->v[i]->object, object))
			return &st->v[i];
	return NULL;
}

struct build_record *build_store_find(const struct build_store *st,
				      const char *object)
{
	struct build_record **r = slot(st, object);

	return r ? *r : NULL;
}

void build_store_put(struct build_store *st, struct build_record *r)
{
	struct build_record **old = slot(st, r->object);

	st->changed = true;
	if (old) {
		build_record_free(*old);
		*old = r;
		return;
	}
	GROW(st->v, st->n, st->cap);
	st->v[st->n++] = r;
}

/* What concerns this object alone; headers of the kernel are in the stamp. */
static void add_deps(const struct kbuild *kb, struct build_record *r)
{
	static const char *const files[] = {"Makefile", "Kbuild"};
	struct strvec all = {0};
	const char *base = base_name(r->object);
	char *source = xstrdup(r->object);

	/* Also where it failed and left no list: its source counts. */
	source[strlen(source) - 1] = 'c';
	sv_add(&all, source);
	kbuild_deps(kb, r->object, &all);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		sv_addf(&all, "%.*s%s", (int)(base - r->object), r->object,
			files[i]);
	sv_sort(&all);
	for (size_t i = 0; i < all.n; i++)
		if (!starts_with(all.v[i], "include/") &&
		    !starts_with(all.v[i], "arch/") &&
		    (!i || strcmp(all.v[i], all.v[i - 1])))
			sv_add(&r->deps, all.v[i]);
	sv_free(&all);
	free(source);
}

bool build_log_is_void(const struct kobject_log *o)
{
	static const char *const signs[] = {
		"No space left on device",  "Disk quota exceeded",
		"Killed signal terminated", "out of memory allocating",
		"virtual memory exhausted", "Cannot allocate memory",
		"Input/output error",
	};

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (strstr(sb_str(&o->text), signs[i]))
			return true;
	return false;
}

struct build_record *build_record_new(const struct kbuild *kb,
				      const struct kobject_log *o)
{
	struct build_record *r = xcalloc(1, sizeof(*r));

	r->object = xstrdup(o->object);
	r->built = !o->failed && kbuild_has(kb, o->object);
	r->module = o->module;
	r->log = xstrdup(sb_str(&o->text));
	r->checked = sparse_ran(o);
	for (size_t i = 0; i < o->count; i++) {
		const struct kdiag *d = &o->diags[i];

		if (d->error && !r->error && !r->built)
			r->error = xstrdup(d->text);
		/* Errors that let the object be made are a checker's. */
		if ((!d->error || r->built) && !sparse_is_proof(d)) {
			sv_add(&r->texts, d->text);
			sv_add(&r->norms, d->norm);
		}
	}
	if (!r->built && !r->error)
		r->error = xasprintf("%s was not made, see the log", o->object);
	add_deps(kb, r);
	return r;
}

void build_record_free(struct build_record *r)
{
	if (!r)
		return;
	free(r->object);
	free(r->error);
	free(r->log);
	objjudge_free(r->judge);
	sv_free(&r->texts);
	sv_free(&r->norms);
	sv_free(&r->deps);
	free(r);
}

static uint64_t stamp_dir(uint64_t h, const char *path)
{
	DIR *dir = opendir(path);
	struct strvec names = {0};
	struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (e->d_name[0] != '.')
			sv_add(&names, e->d_name);
	sv_sort(&names);
	for (size_t i = 0; i < names.n; i++) {
		struct stat st;

		if (fstatat(dirfd(dir), names.v[i], &st, 0))
			continue;
		h = hash_str(h, names.v[i]);
		if (S_ISDIR(st.st_mode)) {
			char *sub = xasprintf("%s/%s", path, names.v[i]);

			h = stamp_dir(h, sub);
			free(sub);
			continue;
		}
		h = hash_bytes(h, &st.st_size, sizeof(st.st_size));
		h = hash_bytes(h, &st.st_mtim, sizeof(st.st_mtim));
	}
	sv_free(&names);
	if (dir)
		closedir(dir);
	return h;
}

uint64_t tree_stamp_include(const char *tree)
{
	char *include = xasprintf("%s/include", tree);
	uint64_t h = stamp_dir(HASH_INIT, include);

	free(include);
	return h;
}

uint64_t tree_stamp_arch(uint64_t include, const char *tree, const char *arch)
{
	char *own =
		xasprintf("%s/arch/%s/include", tree, kconfig_srcarch(arch));
	char *makefile = xasprintf("%s/Makefile", tree);
	uint64_t h = stamp_dir(include, own);

	h = hash_file(h, makefile);
	free(own);
	free(makefile);
	return h;
}

uint64_t tree_stamp(const char *tree, const char *arch)
{
	return tree_stamp_arch(tree_stamp_include(tree), tree, arch);
}

static struct file_hash *hash_slot(const struct build_store *st,
				   const char *path)
{
	size_t i = hash_str(HASH_INIT, path) & (st->hash_size - 1);

	while (st->hashes[i].path && strcmp(st->hashes[i].path, path))
		i = (i + 1) & (st->hash_size - 1);
	return &st->hashes[i];
}

static void grow_hashes(struct build_store *st)
{
	struct file_hash *old = st->hashes;
	size_t n = st->hash_size;

	st->hash_size = n ? 2 * n : 1024;
	st->hashes = xcalloc(st->hash_size, sizeof(*st->hashes));
	for (size_t i = 0; i < n; i++)
		if (old[i].path)
			*hash_slot(st, old[i].path) = old[i];
	free(old);
}

/* The content of a file of the tree. */
static uint64_t store_hash(struct build_store *st, const char *path)
{
	struct file_hash *f;

	if (2 * st->hash_count >= st->hash_size)
		grow_hashes(st);
	f = hash_slot(st, path);
	if (!f->path) {
		char *full = xasprintf("%s/%s", st->tree, path);

		*f = (struct file_hash){
			.path = xstrdup(path),
			.hash = hash_file(HASH_INIT, full),
		};
		st->hash_count++;
		free(full);
	}
	return f->hash;
}

uint64_t program_key(void)
{
	static uint64_t key;

	if (!key)
		key = hash_file(HASH_INIT, "/proc/self/exe");
	return key;
}

uint64_t build_record_key(struct build_store *st, uint64_t base,
			  const struct build_record *r)
{
	uint64_t h = hash_str(base, r->object), program = program_key();

	if (st->checks && r->built && !r->checked)
		h = hash_bytes(h, &program, sizeof(program));
	for (size_t i = 0; i < r->deps.n; i++) {
		uint64_t f = store_hash(st, r->deps.v[i]);

		h = hash_str(h, r->deps.v[i]);
		h = hash_bytes(h, &f, sizeof(f));
	}
	return h;
}

void build_record_new_warnings(const struct build_record *before,
			       const struct build_record *after,
			       struct strvec *texts)
{
	bool *used = xcalloc(before->norms.n + 1, sizeof(*used));

	for (size_t i = 0; i < after->norms.n; i++) {
		size_t k;

		for (k = 0; k < before->norms.n; k++)
			if (!used[k] &&
			    !strcmp(before->norms.v[k], after->norms.v[i]))
				break;
		used[k] = true;
		if (k == before->norms.n) {
			used[k] = false;
			sv_add_once(texts, after->texts.v[i]);
		}
	}
	free(used);
}

uint64_t tree_stamp_all(const char *tree)
{
	return stamp_dir(HASH_INIT, tree);
}
