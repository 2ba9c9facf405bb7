// SPDX-License-Identifier: GPL-2.0-only
#include "serieskey.h"

#include <stdlib.h>

#include "compose.h"

static uint64_t hash_json(uint64_t h, const json_t *j)
{
	char *text = j ? json_dumps(j, JSON_SORT_KEYS | JSON_COMPACT) : NULL;

	h = hash_str(h, text ? text : "");
	free(text);
	return h;
}

static uint64_t hash_tree_file(uint64_t h, const struct session *s,
			       const char *inside)
{
	char *path = tree_path(s, inside);

	h = hash_file(h, path);
	free(path);
	return h;
}

static uint64_t hash_maybe(uint64_t h, const char *s)
{
	return hash_str(h, s ? s : "");
}

static uint64_t hash_patch(uint64_t h, const struct session *s,
			   const struct patch *p)
{
	char *cocci = unit_path(s, p->u, "convert.cocci");

	h = hash_str(h, p->u->name);
	h = hash_maybe(h, p->u->status);
	h = hash_str(h, p->text);
	h = hash_file(h, cocci);
	h = hash_json(h, p->u->convert);
	h = hash_json(h, p->u->build);
	h = hash_json(h, p->u->boot);
	for (size_t i = 0; i < p->u->assignment_count; i++)
		h = hash_str(h, p->u->assignments[i].callback);
	for (size_t i = 0; i < p->file_count; i++) {
		h = hash_maybe(h, p->files[i].before);
		h = hash_maybe(h, p->files[i].mode);
	}
	free(cocci);
	return h;
}

uint64_t series_checkers_key(const struct session *s, const struct git_tree *gt)
{
	char *codespell = find_program("codespell");
	uint64_t h = hash_maybe(HASH_INIT, codespell);

	h = hash_maybe(h, gt->head);
	h = hash_tree_file(h, s, "MAINTAINERS");
	h = hash_tree_file(h, s, "scripts/checkpatch.pl");
	h = hash_tree_file(h, s, "scripts/get_maintainer.pl");
	h = hash_tree_file(h, s, ".get_maintainer.ignore");
	free(codespell);
	return h;
}

uint64_t series_key(const struct commits *c, const struct series_options *o,
		    const char *git_version, const struct patch *patches,
		    size_t n)
{
	uint64_t h = series_checkers_key(c->s, c->gt);

	h = hash_str(h, RXASYNC_VERSION);
	h = hash_maybe(h, git_version);
	h = hash_maybe(h, c->s->spatch_version);
	h = hash_str(h, c->s->version);
	h = hash_str(h, flavour_name(c->s->flavour));
	h = hash_str(h, c->branch);
	h = hash_maybe(h, o->prefix);
	h = hash_str(h, c->identity);
	h = hash_bytes(h, &c->date, sizeof(c->date));
	h = hash_bytes(h, &o->max, sizeof(o->max));
	h = hash_tree_file(h, c->s, ASSISTANTS);
	for (size_t i = 0; i < c->s->kvars.n; i++)
		h = hash_str(h, c->s->kvars.v[i]);
	for (size_t i = 0; i < n; i++)
		h = hash_patch(h, c->s, &patches[i]);
	return h;
}
