// SPDX-License-Identifier: GPL-2.0-only
#include "bootbatch.h"

#include <stdlib.h>
#include <string.h>

#include "bootstore.h"

#define SCALE_TCG 3
/* So often is the legacy kernel asked whether it says that, too. */
#define ASK_LEGACY 2

/* A choice of cards, booted on both sides or on one. */
struct trial {
	char *name;			/* "" for all together */
	struct boot_choice choice;
	struct strbuf plan;
	char *initrd;
	struct boot_side legacy, converted;
	bool want_legacy;
	uint64_t key;			/* of the legacy side */
};

static int fail_write(const char *path, int error)
{
	err("cannot write %s: %s", path, strerror(-error));
	return EXIT_ENVIRONMENT;
}

static size_t nic_index(const struct machine *mc, const struct machine_nic *nic)
{
	return (size_t)(nic - mc->nics);
}

static uint64_t legacy_key(const struct boot_batch *b, const struct trial *t)
{
	uint64_t h = b->kernel->legacy.key;

	h = hash_file(h, b->machine->path);
	h = hash_bytes(h, &b->guest->key, sizeof(b->guest->key));
	h = hash_str(h, sb_str(&t->plan));
	h = hash_str(h, b->version ? b->version : "");
	return hash_str(h, b->how.accel);
}

/* Plan and initramfs of a choice; nics and soft are filled by the caller. */
static int trial_prepare(struct boot_batch *b, struct trial *t)
{
	char *plan = xasprintf("%s/plan%s%s", b->folder, *t->name ? "-" : "",
			       t->name);
	int ret = 0;

	t->choice.machine = b->machine;
	t->choice.scale = b->machine->scale *
			  (strcmp(b->how.accel, "kvm") ? SCALE_TCG : 1);
	t->initrd = xasprintf("%s/initramfs%s%s", b->folder,
			      *t->name ? "-" : "", t->name);
	boot_plan_text(&t->plan, &t->choice);
	t->key = legacy_key(b, t);
	if (!b->s->dry_run)
		ret = file_write(plan, t->plan.buf, t->plan.len);
	if (!ret && !b->s->dry_run)
		ret = boot_initramfs(t->initrd, b->guest, &t->plan);
	if (ret)
		ret = fail_write(t->initrd, ret);
	free(plan);
	return ret;
}

static void trial_free(struct trial *t)
{
	boot_side_free(&t->legacy);
	boot_side_free(&t->converted);
	sb_free(&t->plan);
	free(t->choice.nics);
	free(t->initrd);
	free(t->name);
}

static int start(struct boot_batch *b, struct trial *t, bool legacy,
		 struct pool *pool)
{
	struct boot_side *side = legacy ? &t->legacy : &t->converted;
	char *label = xasprintf("%s%s%s", legacy ? "legacy" : "converted",
				*t->name ? "-" : "", t->name);
	int ret = 0;

	if (legacy && !b->again && !b->s->dry_run &&
	    boot_side_again(side, label, b->folder, b->machine, t->key))
		say("BOOTED", "%s %s: as it was", b->machine->name, label);
	else
		ret = boot_side_start(side, label, b->folder, &b->how,
				      &t->choice,
				      legacy ? &b->kernel->legacy :
					       &b->kernel->converted,
				      t->initrd, pool);
	if (!ret && !side->reused) {
		b->booted++;
		say("BOOT", "%s %s (%s)", b->machine->name, label,
		    b->how.accel);
	}
	free(label);
	return ret ? fail_write("the sockets of QEMU", ret) : 0;
}

/* Boots them all, as many at a time as there may be. */
static int run_trials(struct boot_batch *b, struct trial *trials, size_t n)
{
	struct pool *pool = pool_new(b->how.at_once);
	int ret = 0;

	for (size_t i = 0; i < n && !ret; i++) {
		if (trials[i].want_legacy)
			ret = start(b, &trials[i], true, pool);
		if (!ret)
			ret = start(b, &trials[i], false, pool);
	}
	if (!ret)
		ret = pool_run(pool);
	say_end();
	pool_free(pool);
	for (size_t i = 0; i < n && !ret && !b->s->dry_run; i++)
		if (trials[i].want_legacy)
			boot_side_keep(&trials[i].legacy, trials[i].key);
	return ret;
}

static int write_result(struct boot_batch *b, const struct boot_target *t,
			struct boot_result *r)
{
	int ret = boot_store_put(r, b->s, t, b->variant);

	boot_result_free(r);
	return ret ? fail_write(b->s->ws, ret) : 0;
}

static int judge_together(struct boot_batch *b, const struct trial *all)
{
	int ret = 0;

	for (size_t i = 0; i < b->n && !ret; i++) {
		struct boot_result r;

		boot_result_make(&r, b->targets[i], &all->legacy,
				 &all->converted);
		ret = write_result(b, b->targets[i], &r);
	}
	return ret;
}

/* A trial for each card alone, and one for the software devices. */
static size_t split(struct boot_batch *b, const struct trial *all,
		    struct trial *trials)
{
	const struct machine *mc = b->machine;
	size_t n = 0, first = mc->nic_count;

	for (size_t i = mc->nic_count; i > 0; i--)
		if (all->choice.nics[i - 1])
			first = i - 1;
	for (size_t i = 0; i <= mc->nic_count; i++) {
		bool soft = i == mc->nic_count;

		if (soft ? !all->choice.soft : !all->choice.nics[i])
			continue;
		trials[n] = (struct trial){
			.name = xstrdup(soft ? "soft" : mc->nics[i].name),
			.want_legacy = all->legacy.end != BOOT_ENDED,
			.choice.nics = xcalloc(mc->nic_count + 1, sizeof(bool)),
			.choice.soft = soft,
		};
		if (!soft)
			trials[n].choice.nics[i] = true;
		else if (first < mc->nic_count)
			trials[n].choice.nics[first] = true;
		n++;
	}
	return n;
}

static const struct trial *trial_of(const struct trial *trials, size_t n,
				    const struct boot_target *t)
{
	const char *name = t->nic ? t->nic->name : "soft";

	for (size_t i = 0; i < n; i++)
		if (!strcmp(trials[i].name, name))
			return &trials[i];
	return NULL;
}

static const struct boot_side *legacy_of(const struct trial *all,
					 const struct trial *one)
{
	return one->want_legacy ? &one->legacy : &all->legacy;
}

/* Is anything wrong in any of them that is not in a table? */
static bool any_trouble(const struct trial *all, const struct trial *trials,
			size_t n)
{
	bool found = false;

	for (size_t i = 0; i < n && !found; i++) {
		struct boot_trouble trouble;

		boot_trouble_find(&trouble, legacy_of(all, &trials[i]),
				  &trials[i].converted);
		found = trouble.why || trouble.legacy;
		boot_trouble_free(&trouble);
	}
	return found;
}

static int judge_apart(struct boot_batch *b, const struct trial *all,
		       const struct trial *trials, size_t n)
{
	bool found = any_trouble(all, trials, n);
	struct boot_trouble together;
	int ret = 0;

	boot_trouble_find(&together, &all->legacy, &all->converted);
	for (size_t i = 0; i < b->n && !ret; i++) {
		const struct boot_target *t = b->targets[i];
		const struct trial *one = trial_of(trials, n, t);
		struct boot_result r;

		boot_result_make(&r, t, legacy_of(all, one), &one->converted);
		/* What only all of them do together is nobody's alone. */
		if (!found && together.why && r.word == BOOT_PASS) {
			r.word = BOOT_FAIL;
			free(r.why);
			r.why = xasprintf("together with the others: %s",
					  together.why);
		}
		ret = write_result(b, t, &r);
	}
	boot_trouble_free(&together);
	return ret;
}

static int run_apart(struct boot_batch *b, const struct trial *all)
{
	size_t max = b->machine->nic_count + 1, n;
	struct trial *trials = xcalloc(max, sizeof(*trials));
	int ret = 0;

	n = split(b, all, trials);
	for (size_t i = 0; i < n && !ret; i++)
		ret = trial_prepare(b, &trials[i]);
	if (!ret)
		ret = run_trials(b, trials, n);
	if (!ret)
		ret = judge_apart(b, all, trials, n);
	for (size_t i = 0; i < n; i++)
		trial_free(&trials[i]);
	free(trials);
	return ret;
}

static bool is_alone(const struct boot_batch *b, const struct trial *all)
{
	size_t n = all->choice.soft;

	for (size_t i = 0; i < b->machine->nic_count; i++)
		n += all->choice.nics[i];
	return n < 2;
}

static bool has_trouble(const struct boot_side *legacy,
			const struct boot_side *converted)
{
	struct boot_trouble trouble;
	bool found;

	boot_trouble_find(&trouble, legacy, converted);
	found = trouble.why || trouble.legacy;
	boot_trouble_free(&trouble);
	return found;
}

/* One more boot of the legacy kernel; it is kept where the trouble is its, too. */
static int ask_legacy(struct boot_batch *b, struct trial *all, int number)
{
	size_t size = (b->machine->nic_count + 1) * sizeof(bool);
	struct trial t = {.name = xasprintf("again%d", number)};
	struct pool *pool = pool_new(1);
	int ret;

	t.choice.nics = xcalloc(1, size);
	memcpy(t.choice.nics, all->choice.nics, size);
	t.choice.soft = all->choice.soft;
	ret = trial_prepare(b, &t);
	if (!ret)
		ret = start(b, &t, true, pool);
	if (!ret)
		ret = pool_run(pool);
	say_end();
	pool_free(pool);
	if (!ret && !has_trouble(&t.legacy, &all->converted)) {
		struct boot_side first = all->legacy;

		all->legacy = t.legacy;
		t.legacy = first;
	}
	trial_free(&t);
	return ret;
}

/* Some complaints come by chance: has only the converted kernel that one? */
static int ask_for_splats(struct boot_batch *b, struct trial *all)
{
	int ret = 0;

	for (int i = 1; i <= ASK_LEGACY && !ret; i++) {
		if (!all->converted.splats.n ||
		    all->legacy.end != BOOT_ENDED ||
		    all->converted.end != BOOT_ENDED ||
		    !has_trouble(&all->legacy, &all->converted))
			break;
		ret = ask_legacy(b, all, i);
	}
	return ret;
}

static void choose(const struct boot_batch *b, struct boot_choice *c)
{
	c->nics = xcalloc(b->machine->nic_count + 1, sizeof(*c->nics));
	for (size_t i = 0; i < b->n; i++)
		if (b->targets[i]->nic)
			c->nics[nic_index(b->machine, b->targets[i]->nic)] =
				true;
	c->soft = b->machine->soft.n != 0;
}

int boot_batch_run(struct boot_batch *b)
{
	char *inside = xasprintf("boot/%s", b->machine->name);
	struct trial all = {.name = xstrdup(""), .want_legacy = true};
	bool apart = false;
	int ret = 0;

	b->folder = ws_path(b->s, inside);
	free(inside);
	if (!b->s->dry_run)
		ret = make_dirs(b->folder);
	if (ret)
		ret = fail_write(b->folder, ret);
	choose(b, &all.choice);
	if (!ret)
		ret = trial_prepare(b, &all);
	if (!ret)
		ret = run_trials(b, &all, 1);
	if (!ret && !b->s->dry_run) {
		apart = !is_alone(b, &all) &&
			has_trouble(&all.legacy, &all.converted);
		if (!apart)
			ret = ask_for_splats(b, &all);
	}
	if (!ret && !b->s->dry_run)
		ret = apart ? run_apart(b, &all) : judge_together(b, &all);
	trial_free(&all);
	free(b->folder);
	b->folder = NULL;
	return ret;
}
