// SPDX-License-Identifier: GPL-2.0-only
#include "softirq.h"

#include <stdlib.h>
#include <string.h>

char *lock_name(const struct ctokens *ts, size_t call)
{
	struct cargs args;
	char *name = NULL;

	cargs_read(&args, ts, call + 1);
	if (args.n && ctoken_is_word(ts, args.v[0].to - 1))
		name = ctoken_dup(ts, args.v[0].to - 1);
	cargs_free(&args);
	return name;
}

static void add_func(struct cfuncs *fs, struct cfunc *f)
{
	for (size_t i = 0; i < fs->n; i++)
		if (fs->v[i] == f)
			return;
	GROW(fs->v, fs->n, fs->cap);
	fs->v[fs->n++] = f;
}

/*
 * The functions among the arguments of the call at token i; of a threaded
 * interrupt's two, the first one.
 */
static void add_given(const struct cmodule *mod, const struct csource *src,
		      size_t i, struct cfuncs *fs)
{
	bool threaded = ctoken_is(&src->toks, i, "request_threaded_irq") ||
			ctoken_is(&src->toks, i, "devm_request_threaded_irq");
	struct cargs args;

	cargs_read(&args, &src->toks, i + 1);
	if (threaded && args.n >= 6)
		args.n -= 4;
	for (size_t a = 0; a < args.n; a++) {
		char *name = ctokens_text(&src->toks, args.v[a].from,
					  args.v[a].to);
		struct cfunc *f = cmodule_func(mod, src, name);

		if (f)
			add_func(fs, f);
		free(name);
	}
	cargs_free(&args);
}

static void add_all_given(const struct cmodule *mod, const struct csource *src,
			  const char *const *givers, size_t count,
			  struct cfuncs *fs)
{
	for (size_t i = 0; i < src->toks.n; i++)
		for (size_t k = 0; k < count; k++)
			if (ctoken_is(&src->toks, i, givers[k]))
				add_given(mod, src, i, fs);
}

/* What data path and timers run, between interrupts and the rest. */
static void add_soft_entries(const struct cmodule *mod, struct cfuncs *fs)
{
	static const char *const givers[] = {
		"timer_setup", "tasklet_setup", "tasklet_init",
		"netif_napi_add", "netif_napi_add_weight",
		"netif_napi_add_tx", "netif_napi_add_config",
	};

	/* Of timers and DMA descriptors. */
	static const char *const members[] = {
		"ndo_start_xmit", "function", "callback", "callback_result",
	};

	for (size_t k = 0; k < ARRAY_SIZE(members); k++)
		cmodule_targets(mod, members[k], fs);
	for (size_t s = 0; s < mod->count; s++)
		add_all_given(mod, mod->sources[s], givers, ARRAY_SIZE(givers),
			      fs);
}

static void add_entries(const struct cmodule *mod, struct cfuncs *fs,
			bool exports)
{
	static const char *const givers[] = {
		"request_irq", "devm_request_irq", "request_threaded_irq",
		"devm_request_threaded_irq", "pci_request_irq",
		"request_percpu_irq", "hrtimer_setup", "usb_fill_bulk_urb",
		"usb_fill_int_urb", "usb_fill_control_urb",
		"request_any_context_irq", "devm_request_any_context_irq",
		"pcmcia_request_irq", "irq_set_chained_handler_and_data",
		"irq_set_handler", "call_rcu", "smp_call_function_single",
		"netdev_rx_handler_register",
	};
	static const char *const members[] = {
		"ndo_tx_timeout", "ndo_poll_controller",
		"ndo_select_queue", "ndo_features_check", "ndo_xdp_xmit",
		/* Of URBs, packet types. */
		"complete", "poll",
	};

	add_soft_entries(mod, fs);
	for (size_t k = 0; k < ARRAY_SIZE(members); k++)
		cmodule_targets(mod, members[k], fs);
	for (size_t s = 0; s < mod->count; s++) {
		const struct csource *src = mod->sources[s];

		/* Where others call what is exported is not seen. */
		for (size_t i = 0; exports && i < src->exports.n; i++) {
			struct cfunc *f = cmodule_func(mod, src,
						       src->exports.v[i]);

			if (f)
				add_func(fs, f);
		}
		add_all_given(mod, src, givers, ARRAY_SIZE(givers), fs);
	}
}

/*
 * Adds what the function calls, by name or through a member. Members are
 * looked up once where `members` keeps them.
 */
static void add_called(const struct cmodule *mod, const struct cfunc *f,
		       struct cfuncs *fs, struct strvec *members)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		struct cfuncs targets = {0};
		char *name;

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		name = ctoken_dup(ts, i);
		if (ctoken_is_member(ts, i)) {
			if (!members || sv_add_once(members, name))
				cmodule_targets(mod, name, &targets);
		} else {
			struct cfunc *callee = cmodule_func(mod, f->src, name);

			if (callee)
				add_func(&targets, callee);
		}
		for (size_t k = 0; k < targets.n; k++)
			add_func(fs, targets.v[k]);
		free(targets.v);
		free(name);
	}
}

static bool uses_word(const struct cfunc *f, const char *word)
{
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(&f->src->toks, i, word))
			return true;
	return false;
}

static bool takes_lock(const struct cfunc *f, const char *lock)
{
	static const char *const takers[] = {
		"spin_lock", "spin_lock_bh", "spin_lock_irq",
		"spin_lock_irqsave", "spin_trylock", "spin_trylock_bh",
		"spin_trylock_irqsave",
	};
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++)
		for (size_t k = 0; k < ARRAY_SIZE(takers); k++) {
			char *name;
			bool same;

			if (!ctoken_is(ts, i, takers[k]))
				continue;
			name = lock_name(ts, i);
			same = !name || !strcmp(name, lock);
			free(name);
			if (same)
				return true;
		}
	return false;
}

static bool found_there(const struct cmodule *mod, const char *word,
			bool (*test)(const struct cfunc *f, const char *word))
{
	struct cfuncs fs = {0};
	bool found = false;

	add_entries(mod, &fs, true);
	for (size_t i = 0; i < fs.n && !found; i++) {
		found = test(fs.v[i], word);
		add_called(mod, fs.v[i], &fs, NULL);
	}
	free(fs.v);
	return found;
}

/* Adds all that is called by what is in there. */
static void close_over_calls(const struct cmodule *mod, struct cfuncs *fs)
{
	struct strvec members = {0};

	for (size_t i = 0; i < fs->n; i++)
		add_called(mod, fs->v[i], fs, &members);
	sv_free(&members);
}

void softirq_functions(const struct cmodule *mod, struct cfuncs *fs)
{
	add_entries(mod, fs, false);
	close_over_calls(mod, fs);
}

void softirq_data_path(const struct cmodule *mod, struct cfuncs *fs)
{
	add_soft_entries(mod, fs);
	close_over_calls(mod, fs);
}

bool softirq_uses(const struct cmodule *mod, const char *word)
{
	return found_there(mod, word, uses_word);
}

bool softirq_takes(const struct cmodule *mod, const char *lock)
{
	return found_there(mod, lock, takes_lock);
}
