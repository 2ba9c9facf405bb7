// SPDX-License-Identifier: GPL-2.0-only
#include "bootresult.h"

#include <stdlib.h>
#include <string.h>

const char *boot_word_name(enum boot_word w)
{
	static const char *const names[] = {
		[BOOT_PASS] = "pass", [BOOT_SKIP] = "skip",
		[BOOT_FAIL] = "fail",
	};

	return names[w];
}

static const struct splat *new_splat(const struct boot_side *legacy,
				     const struct boot_side *converted)
{
	for (size_t i = 0; i < converted->splats.n; i++)
		if (!splats_have(&legacy->splats,
				 converted->splats.v[i].print))
			return &converted->splats.v[i];
	return NULL;
}

static bool lockdep_is(const struct boot_side *side, const char *word)
{
	return side->said.lockdep && !strcmp(side->said.lockdep, word);
}

void boot_trouble_find(struct boot_trouble *t, const struct boot_side *legacy,
		       const struct boot_side *converted)
{
	const struct splat *splat = new_splat(legacy, converted);

	*t = (struct boot_trouble){.legacy = legacy->end != BOOT_ENDED};
	if (splat) {
		t->line = splat->line;
		t->why = xasprintf("%s: %s",
				   converted->end == BOOT_ENDED ?
					   "splat" :
					   boot_end_name(converted->end),
				   splat->print);
	} else if (converted->end != BOOT_ENDED) {
		t->why = xasprintf("%s after %d s, without a word why",
				   boot_end_name(converted->end),
				   converted->seconds);
	} else if (lockdep_is(converted, "off") && lockdep_is(legacy, "on")) {
		t->why = xstrdup("lockdep has turned itself off");
	} else if (converted->said.complaints > 0 && !converted->splats.n) {
		t->why = xasprintf("%ld complaints in the kernel's log",
				   converted->said.complaints);
	}
}

void boot_trouble_free(struct boot_trouble *t)
{
	free(t->why);
	*t = (struct boot_trouble){0};
}

static void decide(struct boot_result *r, enum boot_word word, char *why)
{
	r->word = word;
	free(r->why);
	r->why = why;
}

void boot_result_none(struct boot_result *r, enum boot_word word, char *why)
{
	*r = (struct boot_result){.word = word, .why = why};
}

/* A KTAP result of this card that was bad after and not before. */
static const char *failed_only_now(const char *nic, const struct said *before,
				   const struct said *after)
{
	for (size_t i = 0; i < after->failed.n; i++) {
		struct strvec words = {0};
		const char *name = after->failed.v[i];
		bool ours;

		sv_split(&words, name, " \t:");
		ours = sv_has(&words, nic);
		sv_free(&words);
		if (ours && !sv_has(&before->failed, name))
			return name;
	}
	return NULL;
}

static char *row_why(const struct boot_row *row)
{
	const char *legacy = row->legacy ? row->legacy : "nothing";
	const char *converted = row->converted ? row->converted : "nothing";
	const char *want = row->want ? row->want : "nothing";

	if (row->verdict == ROW_BOTH_WRONG)
		return xasprintf("row %s: %s arrives, right is %s; the legacy "
				 "driver does the same", row->row, converted,
				 want);
	return xasprintf("row %s: legacy %s, converted %s, right %s", row->row,
			 legacy, converted, want);
}

static void fail_row(struct boot_result *r, const struct boot_row *row)
{
	decide(r, BOOT_FAIL, row_why(row));
	r->legacy_too = row->verdict == ROW_BOTH_WRONG ||
			(!row->legacy && !row->converted) ||
			(row->legacy && row->converted &&
			 !strcmp(row->legacy, "-") &&
			 !strcmp(row->converted, "-"));
}

/* Does the guest know the card, and is it the right driver's? */
static char *not_there(const struct boot_target *t, const char *nic,
		       const struct boot_side *side)
{
	const struct said_nic *n = said_nic(&side->said, nic);

	if (!t->nic)
		return NULL;
	if (!n || !n->dev)
		return xasprintf("no-probe: no driver of the %s kernel has "
				 "taken QEMU's card", side->label);
	if (t->nic->driver && (!n->driver || strcmp(n->driver, t->nic->driver)))
		return xasprintf("no-probe: %s has taken the card, not %s",
				 n->driver ? n->driver : "another driver",
				 t->nic->driver);
	return NULL;
}

static void judge_table(struct boot_result *r, const struct boot_target *t,
			const char *nic)
{
	const struct boot_row *worst = boot_table_worst(&r->table);
	char *before = not_there(t, nic, r->legacy);
	char *after = not_there(t, nic, r->converted);
	const char *failed = failed_only_now(nic, &r->legacy->said,
					     &r->converted->said);

	if (before)
		decide(r, BOOT_SKIP, xstrdup(before));
	else if (after)
		decide(r, BOOT_FAIL, xstrdup(after));
	else if (worst)
		fail_row(r, worst);
	else if (failed)
		decide(r, BOOT_FAIL, xasprintf("%s", failed));
	else if (!r->table.good)
		decide(r, BOOT_SKIP, xstrdup("no-row: nothing was compared"));
	free(before);
	free(after);
}

static bool has_soft(const struct said *s)
{
	for (size_t i = 0; i < s->row_count; i++)
		if (starts_with(s->rows[i].nic, "soft:"))
			return true;
	return false;
}

/*
 * A device on top whose legacy table isn't right throughout says nothing of the
 * card below: its rows from `first` on are shown, not judged.
 */
static void spare_card(struct boot_table *table, size_t first)
{
	bool right = true;

	for (size_t i = first; i < table->n; i++) {
		const struct boot_row *r = &table->v[i];

		right &= r->why || (r->legacy && r->want &&
				    bits_right(r->want, r->legacy));
	}
	for (size_t i = first; i < table->n && !right; i++) {
		table->good -= table->v[i].verdict == ROW_GOOD;
		table->v[i].verdict = ROW_GAP;
	}
}

/* The tables that say something of the target, in one. */
static void fill_table(struct boot_table *table, const struct boot_target *t,
		       const struct said *legacy, const struct said *converted)
{
	char *of = t->nic ? xasprintf(":%s", t->nic->name) :
			    xasprintf("soft:%s:", t->soft);
	struct strvec nics = {0};

	if (t->nic)
		boot_table_add(table, t->nic->name, "", legacy, converted,
			       &t->nic->gaps);
	for (size_t i = 0; i < legacy->row_count; i++)
		if (starts_with(legacy->rows[i].nic, "soft:"))
			sv_add_once(&nics, legacy->rows[i].nic);
	for (size_t i = 0; i < nics.n; i++) {
		const char *nic = nics.v[i] + strlen("soft:");
		char *prefix = xasprintf("%.*s/", (int)strcspn(nic, ":"), nic);
		size_t first = table->n;

		/* A boot without such devices says nothing of them. */
		if (t->nic ? ends_with(nics.v[i], of) && has_soft(converted) :
			     starts_with(nics.v[i], of))
			boot_table_add(table, nics.v[i], t->nic ? prefix : "",
				       legacy, converted, NULL);
		if (t->nic)
			spare_card(table, first);
		free(prefix);
	}
	sv_free(&nics);
	free(of);
}

/* Nothing to compare with. */
static void fail_legacy(struct boot_result *r)
{
	const struct splats *s = &r->legacy->splats;

	decide(r, BOOT_FAIL,
	       xasprintf("the legacy kernel: %s%s%s",
			 boot_end_name(r->legacy->end), s->n ? ": " : "",
			 s->n ? s->v[0].print : ""));
	r->legacy_too = true;
}

void boot_result_make(struct boot_result *r, const struct boot_target *t,
		      const struct boot_side *legacy,
		      const struct boot_side *converted)
{
	char *nic = boot_target_nic(t);
	struct boot_trouble trouble;

	*r = (struct boot_result){.why = xstrdup(""), .legacy = legacy,
				  .converted = converted};
	fill_table(&r->table, t, &legacy->said, &converted->said);
	boot_trouble_find(&trouble, legacy, converted);
	if (legacy->end == BOOT_NO_START || converted->end == BOOT_NO_START)
		decide(r, BOOT_SKIP,
		       xasprintf("no-start: %s: %s", t->machine->qemu,
				 legacy->end == BOOT_NO_START ?
					 legacy->qemu_said :
					 converted->qemu_said));
	else if (trouble.legacy)
		fail_legacy(r);
	else if (trouble.why)
		decide(r, BOOT_FAIL, xstrdup(trouble.why));
	else
		judge_table(r, t, nic);
	boot_trouble_free(&trouble);
	free(nic);
}

void boot_result_free(struct boot_result *r)
{
	boot_table_free(&r->table);
	free(r->why);
	*r = (struct boot_result){0};
}
