// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "buildresult.h"

bool build_result_wants(const struct build_record *before)
{
	return before && before->built;
}

static void miss(struct build_result *r, const char *object, const char *why)
{
	sv_add(&r->missing, object);
	sv_add(&r->missing_why, why);
}

static void missf(struct build_result *r, const char *object, const char *fmt,
		  const char *arg)
{
	struct strbuf sb = {0};

	sb_adds(&sb, fmt);
	sb_adds(&sb, arg ? arg : "");
	miss(r, object, sb_str(&sb));
	sb_free(&sb);
}

static void add_log(struct build_result *r, const char *when,
		    const struct build_record *rec)
{
	if (rec && rec->log)
		sb_addf(&r->log, "# %s: %s\n%s", when, rec->object, rec->log);
}

static void add_once(struct strvec *to, const struct strvec *from)
{
	for (size_t i = 0; i < from->n; i++)
		sv_add_once(to, from->v[i]);
}

/* What sparse and the comparison say of an object that was made both times. */
static void add_evidence(struct build_result *r,
			 const struct build_record *before,
			 const struct build_record *after)
{
	const struct objjudge *j = after->judge;

	sv_add(before->checked && after->checked ? &r->checked : &r->unchecked,
	       after->object);
	if (!j || j->why_not) {
		sv_addf(&r->uncompared, "%s: %s", after->object,
			j ? j->why_not : "not tried");
		return;
	}
	sv_add(&r->compared, after->object);
	add_once(&r->touched, &j->touched);
	add_once(&r->inlined, &j->inlined);
	add_once(&r->data, &j->data);
	for (size_t i = 0; i < j->unexplained.n; i++)
		sv_addf(&r->unexplained, "%s: %s", after->object,
			j->unexplained.v[i]);
}

void build_result_add(struct build_result *r, const struct build_object *o,
		      const struct build_record *before,
		      const struct build_record *after)
{
	if (!o->on) {
		miss(r, o->path, o->why_off ? o->why_off : "not configured");
		sb_addf(&r->log, "# not built: %s: %s\n", o->path,
			r->missing_why.v[r->missing_why.n - 1]);
		return;
	}
	add_log(r, "before", before);
	if (!before) {
		miss(r, o->path, "make did not reach it");
		return;
	}
	if (!before->built) {
		missf(r, o->path, "does not compile before the conversion: ",
		      before->error);
		return;
	}
	if (o->module && !before->module) {
		miss(r, o->path, "kbuild counts it to no module");
		return;
	}
	add_log(r, "after", after);
	if (!after) {
		miss(r, o->path, "make did not reach it");
		return;
	}
	if (!after->built) {
		if (!r->error)
			r->error = xstrdup(after->error);
		return;
	}
	sv_add(&r->built, o->path);
	build_record_new_warnings(before, after, &r->new_warnings);
	add_evidence(r, before, after);
}

const char *build_result_judge(const struct build_result *r)
{
	if (r->error || r->new_warnings.n || r->unexplained.n)
		return "fail";
	return r->built.n ? "pass" : "not-built";
}

static json_t *why_json(const struct build_result *r)
{
	if (r->error)
		return json_string(r->error);
	if (r->new_warnings.n)
		return json_string(r->new_warnings.v[0]);
	if (r->unexplained.n)
		return json_sprintf("%s: differs, and the plan does not "
				    "change it", r->unexplained.v[0]);
	if (!r->missing.n && !r->built.n)
		return json_string("none of its files has an object");
	if (!r->missing.n)
		return json_null();
	if (!r->built.n)
		return json_string(r->missing_why.v[0]);
	return json_sprintf("%zu of %zu objects not built: %s%s", r->missing.n,
			    r->missing.n + r->built.n, r->missing_why.v[0],
			    r->missing.n > 1 ? "; ..." : "");
}

static json_t *strings_json(const struct strvec *sv)
{
	json_t *array = json_array();

	for (size_t i = 0; i < sv->n; i++) {
		json_t *j = json_string(sv->v[i]);

		json_array_append_new(array, j ? j : json_string("(no UTF-8)"));
	}
	return array;
}

/* null where it did not run at all. */
static json_t *sparse_json(const struct build_result *r,
			   const struct kbuild *kb)
{
	if (!kb->checks || !r->built.n)
		return json_null();
	return json_pack("{so so}", "checked", strings_json(&r->checked),
			 "unchecked", strings_json(&r->unchecked));
}

static json_t *compared_json(const struct build_result *r)
{
	if (!r->built.n)
		return json_null();
	return json_pack("{so so so so so so}", "objects",
			 strings_json(&r->compared), "not",
			 strings_json(&r->uncompared), "changed",
			 strings_json(&r->touched), "inlined",
			 strings_json(&r->inlined), "data",
			 strings_json(&r->data), "unexplained",
			 strings_json(&r->unexplained));
}

static json_t *entry_json(const struct build_result *r, const struct kbuild *kb,
			  uint64_t key)
{
	json_t *j = json_object(), *missing = json_array(), *why = why_json(r);

	for (size_t i = 0; i < r->missing.n; i++)
		json_array_append_new(missing, json_pack("{ssss}", "object",
							 r->missing.v[i], "why",
							 r->missing_why.v[i]));
	json_object_set_new(j, "arch", json_string(kb->arch));
	json_object_set_new(j, "config", json_string(kb->config));
	json_object_set_new(j, "key", json_sprintf("%016" PRIx64, key));
	json_object_set_new(j, "result", json_string(build_result_judge(r)));
	json_object_set_new(j, "why", why ? why : json_string("(no UTF-8)"));
	json_object_set_new(j, "objects", strings_json(&r->built));
	json_object_set_new(j, "not_built", missing);
	json_object_set_new(j, "new_warnings", strings_json(&r->new_warnings));
	json_object_set_new(j, "sparse", sparse_json(r, kb));
	json_object_set_new(j, "compared", compared_json(r));
	return j;
}

static bool is_entry(const json_t *entry, const struct kbuild *kb)
{
	return !strcmp(json_str(entry, "arch"), kb->arch) &&
	       !strcmp(json_str(entry, "config"), kb->config);
}

/* "auto": that no configuration has the unit, which is not so any more. */
static bool is_gap(const json_t *entry)
{
	return !strcmp(json_str(entry, "arch"), "auto");
}

static json_t *find_entry(const struct unit *u, const struct kbuild *kb)
{
	json_t *entry;
	size_t i;

	json_array_foreach(json_object_get(u->build, "build"), i, entry)
		if (is_entry(entry, kb))
			return entry;
	return NULL;
}

/* Of the converted files: entries of another conversion are void. */
static char *files_key(const struct session *s, const struct unit *u)
{
	char *path = unit_path(s, u, "convert.patch");
	char *key = xasprintf("%016" PRIx64, hash_file(HASH_INIT, path));

	free(path);
	return key;
}

static json_t *other_entries(const struct unit *u, const struct kbuild *kb,
			     const char *key)
{
	json_t *entries = json_array(), *entry;
	size_t i;

	if (strcmp(json_str(u->build, "key"), key))
		return entries;
	json_array_foreach(json_object_get(u->build, "build"), i, entry)
		if (!is_entry(entry, kb) && !is_gap(entry))
			json_array_append(entries, entry);
	return entries;
}

static bool goes_before(const json_t *a, const json_t *b)
{
	int r = strcmp(json_str(a, "arch"), json_str(b, "arch"));

	return r ? r < 0
		 : strcmp(json_str(a, "config"), json_str(b, "config")) < 0;
}

/* In one order, whichever was built first. */
static void insert(json_t *entries, json_t *entry)
{
	size_t i;

	for (i = 0; i < json_array_size(entries); i++)
		if (goes_before(entry, json_array_get(entries, i)))
			break;
	json_array_insert_new(entries, i, entry);
}

static bool unreached(const struct build_result *r)
{
	return sv_has(&r->missing_why, "make did not reach it");
}

/* Other jobs may write the unit's result, too: one after the other. */
static int lock_results(const struct session *s)
{
	char *path = ws_path(s, "results.lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	while (fd >= 0 && flock(fd, LOCK_EX) && errno == EINTR)
		;
	free(path);
	return fd;
}

/* What another job has written since. */
static void read_again(const struct session *s, struct unit *u)
{
	char *path = unit_path(s, u, "build.json");
	int error;
	json_t *j = json_read(path, &error);

	if (j) {
		json_decref(u->build);
		u->build = j;
	}
	free(path);
}

/* Another program may see what is wrong with it, or that nothing is. */
static uint64_t fail_key(uint64_t key)
{
	uint64_t program = program_key();

	return hash_bytes(key, &program, sizeof(program));
}

static int write_entry(const struct build_result *r, const struct session *s,
		       struct unit *u, const struct kbuild *kb, uint64_t key)
{
	char *files = files_key(s, u);
	json_t *entries = other_entries(u, kb, files), *j;
	char *path = unit_path(s, u, "build.log");
	struct strbuf log = {0};
	int ret;

	sb_addf(&log, "# %s %s: %s\n%s", kb->arch, kb->config,
		build_result_judge(r), sb_str(&r->log));
	ret = file_write_if_changed(path, log.buf, log.len);
	sb_free(&log);
	free(path);
	if (!strcmp(build_result_judge(r), "fail"))
		key = fail_key(key);
	insert(entries, entry_json(r, kb, unreached(r) ? 0 : key));
	j = json_pack("{ssso}", "key", files, "build", entries);
	path = unit_path(s, u, "build.json");
	if (!ret)
		ret = json_write(path, j);
	if (!ret) {
		json_decref(u->build);
		u->build = json_incref(j);
	}
	json_decref(j);
	free(path);
	free(files);
	return ret;
}

int build_result_write(const struct build_result *r, const struct session *s,
		       struct unit *u, const struct kbuild *kb, uint64_t key)
{
	int fd = s->job ? lock_results(s) : -1, ret;

	if (s->job)
		read_again(s, u);
	ret = write_entry(r, s, u, kb, key);
	if (fd >= 0)
		close(fd);
	return ret;
}

void build_result_free(struct build_result *r)
{
	sv_free(&r->built);
	sv_free(&r->missing);
	sv_free(&r->missing_why);
	sv_free(&r->new_warnings);
	struct strvec *lists[] = {&r->checked, &r->unchecked, &r->compared,
				  &r->uncompared, &r->touched, &r->inlined,
				  &r->data, &r->unexplained};

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		sv_free(lists[i]);
	free(r->error);
	sb_free(&r->log);
	*r = (struct build_result){0};
}

bool build_result_is_current(const struct unit *u, const struct kbuild *kb,
			     uint64_t key)
{
	const json_t *entry = find_entry(u, kb);
	const char *old = json_string_value(json_object_get(entry, "key"));
	const char *word = build_result_word(u, kb);

	if (word && !strcmp(word, "fail"))
		key = fail_key(key);
	return old && strtoull(old, NULL, 16) == key;
}

const char *build_result_word(const struct unit *u, const struct kbuild *kb)
{
	return json_string_value(json_object_get(find_entry(u, kb), "result"));
}
