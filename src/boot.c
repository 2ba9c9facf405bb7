// SPDX-License-Identifier: GPL-2.0-only
#include "boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "accel.h"
#include "bootbatch.h"
#include "bootstore.h"
#include "buildstore.h"
#include "kbuild.h"

struct boot {
	struct session *s;
	struct model *m;
	const struct boot_options *o;
	const char *variant;
	struct machines machines;
	struct strvec names;	/* of the machines that were asked for */
	bool lenient;		/* a machine that can't be had is no error */
	struct boot_set set;
	struct boot_count *count;
};

/* One machine of them. */
struct stand {
	const struct machine *machine;
	struct boot_guest guest;
	struct qemu_models models;
	struct boot_how how;
	struct boot_kernel kernel;
	struct boot_target **due;
	size_t n;
};

static const struct machine *find_any(const struct boot *b, const char *name)
{
	const struct machine *mc = machines_find(&b->machines, name);

	if (!mc)
		err("no machine is called '%s': the machines are the files of %s",
		    name, b->machines.dir);
	return mc;
}

/* kbuild's ARCH=, as for the build stage. */
static void choose_own(struct boot *b)
{
	struct kbuild kb = {0};

	kbuild_init(&kb, b->s, b->s->tree, NULL, "defconfig");
	for (size_t i = 0; i < b->machines.n; i++)
		if (!strcmp(b->machines.v[i].arch, kb.arch))
			sv_add(&b->names, b->machines.v[i].name);
	kbuild_free(&kb);
}

static int choose_machines(struct boot *b)
{
	if (!b->o->machines.n)
		choose_own(b);
	for (size_t i = 0; i < b->o->machines.n; i++) {
		const char *name = b->o->machines.v[i];

		b->lenient |= !strcmp(name, "all");
		for (size_t k = 0; b->lenient && k < b->machines.n; k++)
			sv_add_once(&b->names, b->machines.v[k].name);
		if (!strcmp(name, "all"))
			continue;
		if (!find_any(b, name))
			return EXIT_USAGE;
		sv_add_once(&b->names, name);
	}
	return 0;
}

/* The target can't be booted, and says why. */
static void rule_out(struct boot_target *t, const char *word, const char *why)
{
	if (!t->why)
		t->why = xasprintf("%s: %s", word, why);
}

static int missing(struct boot *b, const struct machine *mc, const char *why)
{
	if (!b->lenient) {
		err("%s", why);
		return EXIT_ENVIRONMENT;
	}
	warn("%s is left out: %s", mc->name, why);
	for (size_t i = 0; i < b->set.n; i++)
		if (b->set.v[i].machine == mc)
			rule_out(&b->set.v[i], "no-qemu", why);
	return 0;
}

/* What this QEMU has no model of. */
static void check_models(struct boot *b, struct stand *st)
{
	const struct machine *mc = st->machine;
	struct strbuf options = {0};
	char *board;

	for (size_t i = 0; i < mc->options.n; i++)
		sb_addf(&options, "%s ", mc->options.v[i]);
	board = qemu_models_lack(&st->models, sb_str(&options));
	if (!board && mc->qemu_version > atoi(st->models.version))
		board = xasprintf("what %s needs, version %d", mc->name,
				  mc->qemu_version);
	for (size_t i = 0; i < b->set.n; i++) {
		struct boot_target *t = &b->set.v[i];
		char *lack, *why;

		if (t->machine != mc)
			continue;
		lack = board	? xstrdup(board) :
		       t->nic	? qemu_models_lack(&st->models, t->nic->device) :
				  NULL;
		if (lack) {
			why = xasprintf("QEMU %s does not have %s",
					st->models.version, lack);
			rule_out(t, "no-model", why);
			free(why);
		}
		free(lack);
	}
	free(board);
	sb_free(&options);
}

static int stand_probe(struct boot *b, struct stand *st)
{
	const struct machine *mc = st->machine;
	char *why = NULL;
	int ret = bootkernel_probe(b->s, mc, &why);

	if (!ret && !b->s->dry_run) {
		ret = qemu_models_read(&st->models, mc->qemu);
		if (ret && ret != -EINTR)
			why = xasprintf("%s says nothing of its models: %s",
					mc->qemu, strerror(-ret));
	}
	if (ret && why)
		ret = missing(b, mc, why);
	else if (!ret && !b->s->dry_run)
		check_models(b, st);
	free(why);
	return ret;
}

static void choose_accel(const struct boot *b, struct stand *st)
{
	const char *accel = b->o->accel;

	if (!accel)
		accel = b->s->dry_run ? "tcg" : accel_probe(st->machine->qemu);
	st->how = (struct boot_how){
		.accel = accel, .clock = accel_clock(),
		.timeout = b->o->timeout, .at_once = b->s->jobs,
		.dry_run = b->s->dry_run,
	};
	/* More than two boots there are but rarely. */
	if (st->how.at_once > 2)
		st->how.at_once = 2;
}

static uint64_t tree_key(const struct session *s, const struct machine *mc)
{
	uint64_t h = tree_stamp(s->tree, mc->arch);

	return hash_str(h, s->version);
}

/* Which of the machine's targets have no result of today's input. */
static void find_due(struct boot *b, struct stand *st)
{
	struct boot_keys keys = {
		.guest = st->guest.key,
		.tree = b->s->dry_run ? 0 : tree_key(b->s, st->machine),
		.variant = b->variant,
		.qemu = st->models.version,
	};

	st->due = xcalloc(b->set.n + 1, sizeof(*st->due));
	for (size_t i = 0; i < b->set.n; i++) {
		struct boot_target *t = &b->set.v[i];

		if (t->machine != st->machine || t->why || t->rides)
			continue;
		t->key = boot_target_key(b->s, &b->machines, t, &keys);
		t->due = b->o->again || b->s->dry_run ||
			 !boot_store_has(t, b->variant);
		if (t->due)
			st->due[st->n++] = t;
	}
	for (size_t i = 0; i < b->set.n && st->n; i++) {
		struct boot_target *t = &b->set.v[i];

		if (t->machine != st->machine || t->why || !t->rides)
			continue;
		t->key = boot_target_key(b->s, &b->machines, t, &keys);
		t->due = true;
		st->due[st->n++] = t;
	}
}

/* Both kernels, with each unit that is due once in the second one. */
static int make_kernels(struct boot *b, struct stand *st)
{
	struct unit **units = xcalloc(st->n + 1, sizeof(*units));
	size_t n = 0;
	int ret;

	for (size_t i = 0; i < st->n; i++) {
		size_t k = 0;

		while (k < n && units[k] != st->due[i]->unit)
			k++;
		if (k == n && !st->due[i]->rides)
			units[n++] = st->due[i]->unit;
	}
	ret = bootkernel_make(&st->kernel, b->s, &b->machines, st->machine,
			      b->variant, units, n);
	free(units);
	return ret;
}

/* What the kernel doesn't have can't be tested in it. */
static void check_kernel(struct stand *st)
{
	size_t n = 0;

	for (size_t i = 0; i < st->n; i++) {
		struct boot_target *t = st->due[i];
		const char *source = t->nic ? t->nic->source : NULL;

		if (source && !bootkernel_has(&st->kernel, source))
			rule_out(t, "not-built", "it is not in the machine's "
						 "kernel");
		else if (!t->rides &&
			 !sv_has(&st->kernel.units, t->unit->name))
			rule_out(t, "not-built", "none of its changed files is "
						 "in the machine's kernel");
		if (!t->why)
			st->due[n++] = t;
	}
	st->n = n;
}

static int write_none(struct boot *b, struct boot_target *t,
		      enum boot_word word, const char *why)
{
	struct boot_result r;
	int ret;

	boot_result_none(&r, word, xstrdup(why));
	ret = boot_store_put(&r, b->s, t, b->variant);
	boot_result_free(&r);
	if (ret)
		err("cannot write in %s: %s", b->s->ws, strerror(-ret));
	return ret ? EXIT_ENVIRONMENT : 0;
}

static int fail_all(struct boot *b, struct stand *st)
{
	int ret = 0;

	for (size_t i = 0; i < st->n && !ret; i++)
		ret = write_none(b, st->due[i], BOOT_FAIL,
				 "the converted kernel does not build");
	return ret;
}

static int boot_due(struct boot *b, struct stand *st)
{
	struct boot_batch batch = {
		.s = b->s, .machine = st->machine, .variant = b->variant,
		.guest = &st->guest, .version = st->models.version,
		.again = b->o->again, .kernel = &st->kernel,
		.targets = st->due,
	};
	int ret = make_kernels(b, st);

	if (ret == EXIT_UNIT_FAILED)
		return fail_all(b, st);
	if (ret)
		return ret;
	if (!b->s->dry_run)
		check_kernel(st);
	if (!st->n)
		return 0;
	choose_accel(b, st);
	batch.how = st->how;
	batch.n = st->n;
	ret = boot_batch_run(&batch);
	b->count->booted += batch.booted;
	return ret;
}

static bool has_targets(const struct boot *b, const struct machine *mc)
{
	for (size_t i = 0; i < b->set.n; i++)
		if (b->set.v[i].machine == mc && !b->set.v[i].why &&
		    !b->set.v[i].rides)
			return true;
	return false;
}

static int run_machine(struct boot *b, const struct machine *mc)
{
	struct stand st = {.machine = mc};
	int ret;

	if (!has_targets(b, mc))
		return 0;
	ret = stand_probe(b, &st);
	if (!ret && has_targets(b, mc))
		ret = boot_guest_make(&st.guest, b->s, mc);
	if (!ret && has_targets(b, mc))
		find_due(b, &st);
	if (!ret && st.n)
		ret = boot_due(b, &st);
	bootkernel_free(&st.kernel);
	boot_guest_free(&st.guest);
	qemu_models_free(&st.models);
	free(st.how.clock);
	free(st.due);
	return ret;
}

/* Said openly: what was not booted has an entry, too. */
static int write_skips(struct boot *b)
{
	int ret = 0;

	for (size_t i = 0; i < b->set.n && !ret; i++)
		if (b->set.v[i].why)
			ret = write_none(b, &b->set.v[i], BOOT_SKIP,
					 b->set.v[i].why);
	return ret;
}

static void tally(const struct boot *b)
{
	for (size_t i = 0; i < b->set.n; i++) {
		const char *word = boot_store_word(&b->set.v[i], b->variant);

		b->count->pass += word && !strcmp(word, "pass");
		b->count->fail += word && !strcmp(word, "fail");
		b->count->skip += word && !strcmp(word, "skip");
	}
}

static int run_all(struct boot *b)
{
	int ret = choose_machines(b);

	for (size_t i = 0; i < b->m->count && !ret && !b->s->dry_run; i++)
		ret = boot_store_drop_stale(b->s, b->m->units[i]);
	if (!ret)
		boot_set_make(&b->set, b->s, b->m, &b->machines, &b->names);
	for (size_t i = 0; i < b->machines.n && !ret; i++)
		if (sv_has(&b->names, b->machines.v[i].name))
			ret = run_machine(b, &b->machines.v[i]);
	if (!ret && !b->s->dry_run)
		ret = write_skips(b);
	return ret;
}

int boot_run(struct session *s, struct model *m, const struct boot_options *o,
	     struct boot_count *count)
{
	struct boot b = {
		.s = s, .m = m, .o = o, .count = count,
		.variant = o->variant ? o->variant : BOOT_VARIANT,
	};
	char *dir = machines_dir();
	int ret = machines_read(&b.machines, dir);

	*count = (struct boot_count){0};
	if (ret)
		ret = EXIT_ENVIRONMENT;
	else
		ret = run_all(&b);
	if (!ret && !s->dry_run)
		tally(&b);
	boot_set_free(&b.set);
	machines_free(&b.machines);
	sv_free(&b.names);
	free(dir);
	if (ret || s->dry_run)
		return ret;
	if (count->fail)
		return EXIT_UNIT_FAILED;
	return count->pass ? EXIT_GOOD : EXIT_UNTESTED;
}
