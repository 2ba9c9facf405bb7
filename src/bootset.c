// SPDX-License-Identifier: GPL-2.0-only
#include "bootset.h"

#include <stdlib.h>
#include <string.h>

bool boot_unit_is_ready(const struct unit *u)
{
	/* An older boot's verdict is no reason not to try again. */
	bool fit = u->verdict == CONVERTED ||
		   (u->reason && !strcmp(u->reason, "boot"));

	return fit && unit_was_converted(u);
}

char *boot_soft_kind(const char *word)
{
	return xstrndup(word, strcspn(word, ":"));
}

/* The source of such a word, or NULL. */
static const char *soft_source(const char *word)
{
	const char *colon = strchr(word, ':');

	return colon && colon[1] ? colon + 1 : NULL;
}

static bool unit_has(const struct unit *u, const char *file)
{
	if (!file)
		return false;
	if (sv_has(&u->files, file))
		return true;
	for (size_t i = 0; i < u->assignment_count; i++)
		if (!strcmp(u->assignments[i].file, file))
			return true;
	return false;
}

static struct boot_target *add(struct boot_set *set, struct unit *u,
			       const struct machine *mc,
			       const struct machine_nic *nic)
{
	GROW(set->v, set->n, set->cap);
	set->v[set->n] = (struct boot_target){
		.unit = u, .machine = mc, .nic = nic};
	return &set->v[set->n++];
}

/* Returns how many there were. */
static size_t add_machine(struct boot_set *set, struct unit *u,
			  const struct machine *mc)
{
	size_t before = set->n;

	for (size_t i = 0; i < mc->nic_count && u->verdict != KEPT; i++)
		if (unit_has(u, mc->nics[i].source))
			add(set, u, mc, &mc->nics[i]);
	for (size_t i = 0; i < mc->soft.n; i++) {
		struct boot_target *t;

		if (!unit_has(u, soft_source(mc->soft.v[i])))
			continue;
		t = add(set, u, mc, NULL);
		t->soft = boot_soft_kind(mc->soft.v[i]);
		t->rides = u->verdict == KEPT;
	}
	return set->n - before;
}

/* Machines that were not asked for, but have it. */
static char *elsewhere(struct unit *u, const struct machines *ms)
{
	struct boot_set other = {0};
	struct strbuf sb = {0};

	for (size_t i = 0; i < ms->n; i++)
		if (add_machine(&other, u, &ms->v[i]))
			sb_addf(&sb, "%s%s", sb.len ? ", " : "",
				ms->v[i].name);
	boot_set_free(&other);
	return sb.len ? sb_detach(&sb) : NULL;
}

void boot_set_make(struct boot_set *set, const struct session *s,
		   const struct model *m, const struct machines *ms,
		   const struct strvec *names)
{
	*set = (struct boot_set){0};
	for (size_t i = 0; i < m->count; i++) {
		struct unit *u = m->units[i];
		size_t n = 0;
		char *other;

		if (!session_wants(s, u) ||
		    (!boot_unit_is_ready(u) && u->verdict != KEPT))
			continue;
		for (size_t k = 0; k < ms->n; k++)
			if (sv_has(names, ms->v[k].name))
				n += add_machine(set, u, &ms->v[k]);
		if (n || u->verdict == KEPT)
			continue;
		other = elsewhere(u, ms);
		add(set, u, NULL, NULL)->why =
			other ? xasprintf("other-machine: only on %s", other) :
				xstrdup("no-model: no machine of the boot "
					"check has a model of it");
		free(other);
	}
}

void boot_set_free(struct boot_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		free(set->v[i].soft);
		free(set->v[i].why);
	}
	free(set->v);
	*set = (struct boot_set){0};
}

uint64_t boot_unit_key(const struct session *s, const struct unit *u)
{
	uint64_t h = hash_str(HASH_INIT, u->name);

	for (size_t i = 0; i < u->files.n; i++) {
		char *name = xasprintf("after/%s", u->files.v[i]);
		char *after = unit_path(s, u, name);
		char *before = tree_path(s, u->files.v[i]);

		h = hash_str(h, u->files.v[i]);
		h = hash_file(h, before);
		h = hash_file(h, after);
		free(name);
		free(after);
		free(before);
	}
	return h;
}

static uint64_t hash_fragments(uint64_t h, const struct machines *ms,
			       const struct machine *mc, const char *variant)
{
	for (size_t i = 0; i <= mc->config.n; i++) {
		char *path = xasprintf("%s/config/%s.config", ms->dir,
				       i < mc->config.n ? mc->config.v[i] :
							  variant);

		h = hash_file(h, path);
		free(path);
	}
	return h;
}

uint64_t boot_target_key(const struct session *s, const struct machines *ms,
			 const struct boot_target *t,
			 const struct boot_keys *keys)
{
	uint64_t h = boot_unit_key(s, t->unit);

	h = hash_file(h, t->machine->path);
	h = hash_fragments(h, ms, t->machine, keys->variant);
	h = hash_str(h, t->nic ? t->nic->name : t->soft);
	h = hash_bytes(h, &keys->guest, sizeof(keys->guest));
	h = hash_bytes(h, &keys->tree, sizeof(keys->tree));
	h = hash_str(h, keys->variant);
	return hash_str(h, keys->qemu ? keys->qemu : "");
}

char *boot_target_nic(const struct boot_target *t)
{
	if (t->nic)
		return xstrdup(t->nic->name);
	return t->soft ? xasprintf("soft:%s", t->soft) : xstrdup("-");
}
