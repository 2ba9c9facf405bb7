// SPDX-License-Identifier: GPL-2.0-only
#include "scan.h"

#include <stdlib.h>
#include <string.h>

#include "collapse.h"
#include "group.h"
#include "maintainers.h"
#include "ndosearch.h"
#include "regroup.h"
#include "spatch.h"
#include "units.h"

/* C sources end far below this; spatch would chew on it for ever. */
#define SOURCE_MAX_BYTES (8u << 20)

static bool agree(const struct ndo_lines *lines, const struct ndo_uses *uses,
		  const char *path)
{
	size_t assigned = 0;
	bool good = true;

	for (size_t i = 0; i < lines->n; i++) {
		bool found = false;

		for (size_t k = 0; k < uses->n; k++)
			found = found || (ndo_assigns(uses->v[k].kind) &&
					  uses->v[k].line == lines->v[i]);
		if (!found) {
			err("%s:%d: %s is assigned here, but the scan does not see it: please report this line",
			    path, lines->v[i], NDO_LEGACY);
			good = false;
		}
	}
	for (size_t k = 0; k < uses->n; k++)
		assigned += ndo_assigns(uses->v[k].kind);
	if (good && assigned != lines->n) {
		err("%s: the scan sees %zu assignments of %s, a search by text %zu: please report this file",
		    path, assigned, NDO_LEGACY, lines->n);
		good = false;
	}
	return good;
}

static void count_async(struct scan *sc, const struct csource *src)
{
	struct ndo_uses uses = {0};

	ndo_uses_read(&uses, src, NDO_ASYNC);
	for (size_t i = 0; i < uses.n; i++)
		sc->async_count += ndo_assigns(uses.v[i].kind);
	ndo_uses_free(&uses);
}

/* Hits to files with assignments; false where the two looks differ. */
static bool read_hits(struct scan *sc, struct ndo_hits *hits,
		      struct group_file *files, size_t *n)
{
	bool good = true;

	for (size_t i = 0; i < hits->n; i++) {
		struct group_file *f = &files[*n];
		struct ndo_lines lines = {0};
		bool assigns = false;

		f->src = csource_parse(hits->v[i].path, &hits->v[i].text);
		f->uses = (struct ndo_uses){0};
		ndo_lines_read(&lines, sb_str(&f->src->text), f->src->text.len);
		ndo_uses_read(&f->uses, f->src, NDO_LEGACY);
		count_async(sc, f->src);
		sc->text_count += lines.n;
		good = agree(&lines, &f->uses, f->src->path) && good;
		for (size_t k = 0; k < f->uses.n; k++)
			assigns = assigns || ndo_assigns(f->uses.v[k].kind);
		ndo_lines_free(&lines);
		if (assigns) {
			++*n;
		} else {
			ndo_uses_free(&f->uses);
			csource_free(f->src);
		}
	}
	return good;
}

/* Callbacks that the file has from elsewhere, or exports. */
static void note_shared(struct strvec *words, const struct group_file *f)
{
	for (size_t i = 0; i < f->uses.n; i++) {
		const struct ndo_use *use = &f->uses.v[i];

		if (ndo_assigns(use->kind) && use->is_name &&
		    (!csource_func(f->src, use->callback) ||
		     sv_has(&f->src->exports, use->callback)))
			sv_add_once(words, use->callback);
	}
}

static int find_units(struct session *s, struct scan *sc)
{
	struct group_file *files;
	struct ndo_hits hits = {0};
	size_t n = 0;
	bool good;
	int ret;

	say("SCAN", "%s", s->tree);
	ret = ndo_search(&hits, s->tree);
	if (ret) {
		err("%s: %s: name a tree that can be read with -t", s->tree,
		    strerror(-ret));
		return EXIT_ENVIRONMENT;
	}
	sc->files_read = hits.files_read;
	for (size_t i = 0; i < hits.unread.n; i++)
		warn("%s: it was not searched", hits.unread.v[i]);
	files = xcalloc(hits.n, sizeof(*files));
	good = read_hits(sc, &hits, files, &n);
	ndo_hits_free(&hits);
	group_files(files, n, sc->makefiles);
	units_make(&sc->model, files, n, sc->makefiles);
	for (size_t i = 0; i < n; i++) {
		note_shared(&sc->named.words, &files[i]);
		ndo_uses_free(&files[i].uses);
		csource_free(files[i].src);
		free(files[i].module);
	}
	free(files);
	model_sort(&sc->model);
	word_index_read(&sc->named, s->tree);
	return good ? 0 : EXIT_UNIT_FAILED;
}

static void add_maintainers(const struct session *s, struct scan *sc)
{
	int error;
	struct maintainers *m = maintainers_read(s->tree, &error);

	if (!m) {
		warn("%s/MAINTAINERS: %s: the units' status stays unknown",
		     s->tree, strerror(-error));
		return;
	}
	for (size_t i = 0; i < sc->model.count; i++) {
		struct unit *u = sc->model.units[i];
		const struct maintainer_entry *e =
			maintainers_find(m, u->assignments[0].file);

		if (!e)
			continue;
		u->status = e->status ? xstrdup(e->status) : NULL;
		u->subsystem = units_plain(e->title);
	}
	maintainers_free(m);
}

/* A function that the plan changes and that lies in a gap: *why says so. */
static bool hits_plan(const struct plan *p, const char *file,
		      const struct parse_gap *gap, char **why)
{
	size_t calls = p->func_count + p->call_count;

	for (size_t i = 0; i < calls + p->ndo_call_count; i++) {
		const struct cfunc *f =
			i < p->func_count ? p->funcs[i].node->f :
			i < calls ? p->calls[i - p->func_count].in :
				    p->ndo_calls[i - calls].in;
		int first = csource_line(f->src, f->start);
		int last = csource_line(f->src, f->end);

		/* A gap may begin behind the brace that ends a function. */
		if (strcmp(f->src->path, file) || gap->to < first ||
		    gap->from >= last)
			continue;
		*why = xasprintf("%s:%d: spatch can't parse this line of %s()",
				 file, gap->line, f->name);
		return true;
	}
	return false;
}

/* A gap that swallows an assignment itself. */
static bool hits_assignment(const struct unit *u, const char *file,
			    const struct parse_gap *gap, char **why)
{
	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];

		if (strcmp(a->file, file) || gap->to < a->line ||
		    gap->from > a->line)
			continue;
		*why = xasprintf("%s:%d: spatch can't parse this line of %s",
				 file, gap->line, a->ops);
		return true;
	}
	return false;
}

static json_t *gaps_to_json(const struct parse_gaps *gaps)
{
	json_t *j = json_array();

	for (size_t i = 0; i < gaps->n; i++)
		json_array_append_new(j, json_pack("[iii]", gaps->v[i].line,
						   gaps->v[i].from,
						   gaps->v[i].to));
	return j;
}

static void judge_gaps(struct unit *u, const char *file, const json_t *j)
{
	json_t *g;
	size_t i;

	json_array_foreach(j, i, g) {
		struct parse_gap gap = {0};
		char *why = NULL;

		if (json_unpack(g, "[iii]", &gap.line, &gap.from, &gap.to))
			continue;
		if (u->verdict == CONVERTED &&
		    (hits_plan(u->plan, file, &gap, &why) ||
		     hits_assignment(u, file, &gap, &why)))
			unit_decide(u, FAILED, "unparsed", "%s", why);
		free(why);
	}
}

/* One file of one unit that spatch has to parse. */
struct parse_check {
	struct session *s;
	struct unit *u;
	char *file;
	char *path;		/* where the result is kept */
	char *key;
};

static void parse_check_free(struct parse_check *c)
{
	free(c->file);
	free(c->path);
	free(c->key);
	free(c);
}

static void parse_done(struct job *job)
{
	struct parse_check *c = job->data;
	struct parse_gaps gaps = {0};
	json_t *j;

	if (c->s->dry_run)
		return parse_check_free(c);
	if (job->timed_out || job->error || job->code) {
		char *why = spatch_failure(job);

		unit_decide(c->u, FAILED, job->timed_out ? "timeout" : "spatch",
			    "%s: %s", c->file, why);
		free(why);
		return parse_check_free(c);
	}
	say("PARSE", "%s", c->file);
	parse_gaps_read(&gaps, c->file, sb_str(&job->out));
	if (!gaps.n)
		parse_gaps_read(&gaps, c->file, sb_str(&job->err));
	j = json_pack("{ssso}", "key", c->key, "gaps", gaps_to_json(&gaps));
	if (make_parents(c->path) || json_write(c->path, j))
		warn("%s: can't be written", c->path);
	judge_gaps(c->u, c->file, json_object_get(j, "gaps"));
	json_decref(j);
	parse_gaps_free(&gaps);
	parse_check_free(c);
}

/* From the last time, or a job for it. */
static void check_file(struct session *s, struct unit *u, const char *file,
		       struct pool *pool)
{
	struct parse_check *c = xcalloc(1, sizeof(*c));
	const struct plan *p = u->plan;
	const struct csource *src = collapse_before(p, file);
	char *macros = NULL;
	uint64_t h = hash_str(HASH_INIT, s->spatch_version);
	struct job *job;
	int error;
	json_t *old;

	if (src->text.len > SOURCE_MAX_BYTES) {
		unit_decide(u, FAILED, "unreadable",
			    "%s: %zu MB are no driver's source", file,
			    src->text.len >> 20);
		free(c);
		return;
	}
	h = hash_bytes(h, sb_str(&src->text), src->text.len);
	if (p->attributes) {
		macros = spatch_macro_file();
		h = hash_file(h, macros);
	}
	c->s = s;
	c->u = u;
	c->file = xstrdup(file);
	c->path = xasprintf("%s/units/%s/parse-%s.json", s->ws, u->name,
			    base_name(file));
	c->key = xasprintf("%016llx", (unsigned long long)h);
	old = json_read(c->path, &error);
	if (old && !strcmp(json_str(old, "key"), c->key)) {
		judge_gaps(u, file, json_object_get(old, "gaps"));
		parse_check_free(c);
	} else {
		job = spatch_parse_job(s, file, macros);
		job->data = c;
		job->done = parse_done;
		pool_add(pool, job);
	}
	json_decref(old);
	free(macros);
}

static int check_parsing(struct session *s, struct scan *sc)
{
	struct pool *pool = pool_new(s->jobs);
	int ret;

	for (size_t i = 0; i < sc->model.count; i++) {
		struct unit *u = sc->model.units[i];

		for (size_t k = 0; k < u->files.n; k++)
			if (u->verdict == CONVERTED && u->plan &&
			    session_wants(s, u))
				check_file(s, u, u->files.v[k], pool);
	}
	ret = pool_run(pool);
	pool_free(pool);
	if (ret)
		err("interrupted: run it again to go on");
	return ret ? EXIT_ENVIRONMENT : 0;
}

static int write_scan(struct session *s, const struct scan *sc)
{
	char *path = ws_path(s, "scan.json");
	json_t *units = json_array(), *j;
	int ret;

	for (size_t i = 0; i < sc->model.count; i++)
		json_array_append_new(units,
				      unit_to_json(sc->model.units[i]));
	j = json_pack("{ss si si so}", "spatch", s->spatch_version,
		      "text_count", (int)sc->text_count, "async_count",
		      (int)sc->async_count, "units", units);
	ret = json_write(path, j);
	json_decref(j);
	if (ret)
		err("%s: %s: name another workspace with -w", path,
		    strerror(-ret));
	free(path);
	return ret ? EXIT_ENVIRONMENT : 0;
}

/* Where else the unit has what the override names: the place has moved. */
static char *moved_to(const struct unit *u, const struct override *o)
{
	struct strbuf sb = {0};

	for (size_t i = 0; i < u->hazards.n; i++) {
		const struct hazard *h = &u->hazards.v[i];

		if (h->outcome == OPEN && !strcmp(h->id, o->code))
			sb_addf(&sb, "%s%s", sb.len ? ", " : "", h->at);
	}
	if (u->reason && !strcmp(u->reason, o->code))
		sb_addf(&sb, "%s", u->note);
	return sb_detach(&sb);
}

/* Overrides that rule out nothing in this tree. */
static void say_stale(const struct session *s, const struct scan *sc)
{
	for (size_t i = 0; i < sc->overrides.n; i++) {
		const struct override *o = &sc->overrides.v[i];
		const struct unit *u = model_find(&sc->model, o->unit);
		char *now;

		if (o->used)
			continue;
		if (!u) {
			warn("%s/overrides:%d: stale: no unit '%s' here", s->ws,
			     o->line, o->unit);
			continue;
		}
		now = moved_to(u, o);
		if (o->changed)
			warn("%s/overrides:%d: stale: the function at %s is not the one that was looked at",
			     s->ws, o->line, o->place);
		else
			warn("%s/overrides:%d: stale: no open %s at %s%s%s",
			     s->ws, o->line, o->code, o->place,
			     now && *now ? "; now at " : "", now ? now : "");
		free(now);
	}
}

int scan_run(struct session *s, struct scan *sc)
{
	int ret, found;

	*sc = (struct scan){.makefiles = kmakefile_open(s->tree)};
	ret = spatch_probe(s);
	if (ret)
		return ret;
	ret = overrides_load(&sc->overrides, s);
	if (ret)
		return ret;
	s->overrides = &sc->overrides;
	found = find_units(s, sc);
	if (found == EXIT_ENVIRONMENT)
		return found;
	add_maintainers(s, sc);
	for (size_t i = 0; i < sc->model.count; i++)
		plan_unit(s, sc->makefiles, &sc->named, NULL,
			  sc->model.units[i]);
	regroup(s, sc);
	say_stale(s, sc);
	s->overrides = NULL;
	ret = check_parsing(s, sc);
	if (!ret && !s->dry_run)
		ret = write_scan(s, sc);
	say_end();
	return ret ? ret : found;
}

void scan_free(struct scan *sc)
{
	for (size_t i = 0; i < sc->model.count; i++)
		plan_free(sc->model.units[i]);
	model_free(&sc->model);
	overrides_free(&sc->overrides);
	word_index_free(&sc->named);
	if (sc->makefiles)
		kmakefile_close(sc->makefiles);
}
