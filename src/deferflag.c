// SPDX-License-Identifier: GPL-2.0-only
/*
 * A callback that but sets a bit for a work that others use, too: what the
 * work does for that bit is done at once, under the lock that it has there.
 */
#include <stdlib.h>
#include <string.h>

#include "defer.h"
#include "deferword.h"
#include "undermutex.h"

/* set_bit(FLAG, &xp->flags); in front of the queueing. */
struct flag {
	const struct plan *p;
	struct defer *d;
	size_t set;		/* "set_bit" */
	char *name, *member;	/* FLAG, flags */
	struct cfunc *work;
	char *var;		/* what the work calls xp */
	size_t test, stmt, end;	/* in the work: "if", what it guards, past it */
	size_t lock, unlock;	/* around it: calls with var alone */
};

/* "word(FLAG, &var->member)" at i: may take the words over. */
static bool read_bit(const struct ctokens *ts, size_t i, const char *word,
		     char **name, char **var, char **member)
{
	if (!ctoken_is(ts, i, word) || !ctoken_is(ts, i + 1, "(") ||
	    !ctoken_is_word(ts, i + 2) || !ctoken_is(ts, i + 3, ",") ||
	    !ctoken_is(ts, i + 4, "&") || !ctoken_is_word(ts, i + 5) ||
	    !ctoken_is(ts, i + 6, "->") || !ctoken_is_word(ts, i + 7) ||
	    !ctoken_is(ts, i + 8, ")"))
		return false;
	*name = ctoken_dup(ts, i + 2);
	*var = ctoken_dup(ts, i + 5);
	*member = ctoken_dup(ts, i + 7);
	return true;
}

static bool find_set(struct flag *fl)
{
	struct defer *d = fl->d;
	const struct ctokens *ts = &d->in->src->toks;

	fl->set = d->queue - 10;
	return d->queue > d->in->body + 10 &&
	       ctoken_is(ts, d->queue - 1, ";") &&
	       read_bit(ts, fl->set, "set_bit", &fl->name, &d->object,
			&fl->member);
}

/* "&xp->task" of "schedule_delayed_work(&xp->task, 0);". */
static bool find_work(struct flag *fl)
{
	struct defer *d = fl->d;
	const struct ctokens *ts = &d->in->src->toks;
	bool queued = ctoken_begins(ts, d->queue, "queue_");
	struct cfuncs funcs = {0};
	struct cargs args;
	char *var = NULL, *member = NULL;
	bool good;

	cargs_read(&args, ts, d->queue + 1);
	d->queue_end = args.close + 1;
	good = args.n > (size_t)queued &&
	       read_work(ts, args.v[queued].from, args.v[queued].to, &var,
			 &member) &&
	       !strcmp(var, d->object) && ctoken_is(ts, d->queue_end, ";") &&
	       stands_alone(ts, fl->set, d->queue - 1) &&
	       ctoken_is(ts, d->queue_end + 1, "}");
	cargs_free(&args);
	if (good)
		defer_work_functions(fl->p->mod, member, &funcs);
	if (funcs.n == 1)
		fl->work = funcs.v[0];
	free(funcs.v);
	free(var);
	d->work = member;
	return fl->work || defer_keep(d, "shared-work", d->in->src, d->queue,
				      "the work's function is not known");
}

/* Past the statement at i: a block, an if with its own, or up to the ";". */
static size_t statement_end(const struct ctokens *ts, size_t i, size_t end)
{
	if (ctoken_is(ts, i, "{"))
		return ctokens_match(ts, i, ts->n) + 1;
	if (ctoken_is(ts, i, "if") && ctoken_is(ts, i + 1, "("))
		return statement_end(ts, ctokens_match(ts, i + 1, ts->n) + 1,
				     end);
	while (i < end && !ctoken_is(ts, i, ";"))
		i++;
	return i + 1;
}

static bool is_flag(const struct flag *fl, const struct ctokens *ts, size_t i,
		    const char *word)
{
	char *name = NULL, *var = NULL, *member = NULL;
	bool is = read_bit(ts, i, word, &name, &var, &member) &&
		  !strcmp(member, fl->member) &&
		  (!strcmp(word, "test_bit") || !strcmp(name, fl->name));

	free(name);
	free(var);
	free(member);
	return is;
}

/* The flag's uses: set here, tested there, and no more. */
static bool find_test(struct flag *fl)
{
	const struct cmodule *mod = fl->p->mod;

	for (size_t s = 0; s < mod->count; s++) {
		struct csource *src = mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 2; i + 2 < ts->n; i++) {
			const struct cfunc *f;

			if (!ctoken_is(ts, i, fl->name))
				continue;
			f = csource_func_at(src, i);
			if (!f || (f == fl->d->in && i == fl->set + 2))
				continue;
			if (f != fl->work || fl->test ||
			    !is_flag(fl, ts, i - 2, "test_and_clear_bit") ||
			    !ctoken_is(ts, i - 4, "if") ||
			    !ctoken_is(ts, i + 7, ")"))
				return defer_keep(fl->d, "shared-work", src, i,
						  "%s is used here, too",
						  fl->name);
			fl->test = i - 4;
			fl->stmt = i + 8;
			fl->end = statement_end(ts, fl->stmt, f->end);
			fl->var = ctoken_dup(ts, i + 3);
			if (ctoken_is(ts, fl->end, "else"))
				return defer_keep(fl->d, "shared-work", src, i,
						  "the work does something "
						  "else without the bit");
		}
	}
	return fl->test || defer_keep(fl->d, "shared-work", fl->d->in->src,
				      fl->set, "the work does not ask for %s",
				      fl->name);
}

/* "lock(xp);" at i where that takes a mutex, or lets it go. */
static bool is_lock_call(const struct flag *fl, size_t i, char **mutex)
{
	const struct ctokens *ts = &fl->work->src->toks;

	if (!ctoken_is(ts, i + 1, "(") || !ctoken_is(ts, i + 2, fl->var) ||
	    !ctoken_is(ts, i + 3, ")") || !ctoken_is(ts, i + 4, ";"))
		return false;
	if (*mutex)
		return mutex_let_go(fl->p->mod, fl->work, i, *mutex);
	*mutex = mutex_kept(fl->p->mod, fl->work, i);
	return *mutex;
}

static bool asks_for_bit(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i, "if") &&
	       (ctoken_is(ts, i + 2, "test_bit") ||
		ctoken_is(ts, i + 2, "test_and_clear_bit"));
}

/*
 * The way to the bit: looking at other bits, doing something for those, and
 * taking a lock, all in the function's own block.
 */
static bool follow_way(struct flag *fl)
{
	const struct cfunc *w = fl->work;
	const struct ctokens *ts = &w->src->toks;
	char *mutex = NULL;
	size_t i = w->body + 1;

	/* Declarations, of which the work's data is one. */
	while (i < fl->test && !ctoken_is(ts, i, "container_of"))
		i++;
	i = statement_end(ts, i, w->end);
	while (i < fl->test) {
		if (ts->v[i].kind == TOK_DIRECTIVE) {
			i++;
			continue;
		}
		if (is_lock_call(fl, i, &mutex))
			fl->lock = i;
		else if (mutex || !asks_for_bit(ts, i))
			break;
		i = statement_end(ts, i, w->end);
	}
	while (i >= fl->test && mutex && i < w->end && !fl->unlock) {
		if (is_lock_call(fl, i, &mutex))
			fl->unlock = i;
		else if (ts->v[i].kind != TOK_DIRECTIVE && !asks_for_bit(ts, i))
			break;
		i = ts->v[i].kind == TOK_DIRECTIVE ?
			    i + 1 :
			    statement_end(ts, i, w->end);
	}
	fl->d->mutex = mutex;
	return fl->unlock ||
	       defer_keep(fl->d, "shared-work", w->src, fl->test,
			  "on the way to the bit there is more than other bits "
			  "and a mutex: it can't be taken to the callback");
}

/* May the callback call it where it stands? One outside the module is known. */
static bool is_visible(const struct flag *fl, const struct cfunc *f)
{
	const struct cfunc *in = fl->d->in;

	return !f || (f->src == in->src && f->start < in->start) ||
	       (!f->is_static && cmodule_is_local(fl->p->mod, f->name));
}

static bool call_is_visible(const struct flag *fl, size_t tok)
{
	char *name = ctoken_dup(&fl->work->src->toks, tok);
	const struct cfunc *f = cmodule_func(fl->p->mod, fl->work->src, name);

	free(name);
	return is_visible(fl, f);
}

/* The one function of the module that the statement calls. */
static bool find_body(struct flag *fl)
{
	const struct ctokens *ts = &fl->work->src->toks;
	struct defer *d = fl->d;
	size_t calls = 0;

	for (size_t i = fl->stmt; i < fl->end; i++) {
		char *name;
		struct cfunc *f;

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "(") ||
		    ctoken_is(ts, i, "if"))
			continue;
		name = ctoken_dup(ts, i);
		f = cmodule_func(fl->p->mod, fl->work->src, name);
		free(name);
		calls++;
		d->body = f;
	}
	if (calls != 1 || !d->body || !is_visible(fl, d->body) ||
	    !call_is_visible(fl, fl->lock) || !call_is_visible(fl, fl->unlock))
		return defer_keep(d, "shared-work", fl->work->src, fl->test,
				  "what the work does for the bit is no call "
				  "that the callback could make");
	return true;
}

/* Tokens of the work in the callback's words; `lines`: as a rule has them. */
static void add_text(struct strbuf *sb, const struct flag *fl, size_t from,
		     size_t to)
{
	const struct ctokens *ts = &fl->work->src->toks;

	for (size_t i = from; i < to; i++) {
		char *word = ctoken_dup(ts, i);
		bool var = !strcmp(word, fl->var) &&
			   !ctoken_is(ts, i - 1, "->");
		uint32_t end = ts->v[i].off + ts->v[i].len;

		sb_adds(sb, var ? fl->d->object : word);
		if (i + 1 < to && ts->v[i + 1].off > end)
			sb_addc(sb, ' ');
		free(word);
	}
}

/* An "if (a) if (b) x;" on lines of its own. */
static void add_statement(struct strbuf *sb, const struct flag *fl, size_t from,
			  size_t to, const char *newline)
{
	const struct ctokens *ts = &fl->work->src->toks;
	size_t close;

	if (!ctoken_is(ts, from, "if")) {
		add_text(sb, fl, from, to);
		return;
	}
	close = ctokens_match(ts, from + 1, ts->n) + 1;
	add_text(sb, fl, from, close);
	sb_adds(sb, newline);
	sb_adds(sb, *newline == '\n' ? "\t" : "");
	add_statement(sb, fl, close, to, newline);
}

/* The gates in front of the lock: "if (test_bit(GONE, &xp->flags)) return;". */
static void add_gates(struct strbuf *sb, const struct flag *fl,
		      const char *newline)
{
	const struct cfunc *w = fl->work;
	const struct ctokens *ts = &w->src->toks;
	size_t level = 0;

	for (size_t i = w->body; i < fl->lock; i++) {
		size_t close;

		level += ctoken_is(ts, i, "{");
		level -= ctoken_is(ts, i, "}");
		if (level != 1 || !ctoken_is(ts, i, "if") ||
		    !ctoken_is(ts, i + 2, "test_bit"))
			continue;
		close = ctokens_match(ts, i + 1, ts->n) + 1;
		if (!ctoken_is(ts, close, "return"))
			continue;
		add_statement(sb, fl, i, close + 2, newline);
		sb_adds(sb, newline);
	}
}

/* All that the callback does now; the last ";" is the queueing's own. */
static char *new_text(const struct flag *fl, const char *newline)
{
	struct strbuf sb = {0};

	add_gates(&sb, fl, newline);
	add_text(&sb, fl, fl->lock, fl->lock + 5);
	sb_adds(&sb, newline);
	add_statement(&sb, fl, fl->stmt, fl->end, newline);
	sb_adds(&sb, newline);
	add_text(&sb, fl, fl->unlock, fl->unlock + 4);
	return sb_detach(&sb);
}

/* Who waits for the work no longer waits for this part of it. */
static bool waits_fit(struct flag *fl)
{
	static const char *const waits[] = {
		"cancel_work_sync", "cancel_delayed_work_sync", "flush_work",
		"flush_delayed_work", "disable_work_sync",
		"disable_delayed_work_sync",
	};
	const struct cmodule *mod = fl->p->mod;

	for (size_t s = 0; s < mod->count; s++) {
		struct csource *src = mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 5; i + 1 < ts->n; i++)
			if (ctoken_is(ts, i, fl->d->work) &&
			    ctoken_is(ts, i - 1, "->") &&
			    TOKEN_IN(ts, i - 5, waits) &&
			    !defer_wait_is_needless(fl->p, fl->d, src, i - 5))
				return false;
	}
	return true;
}

static void change_flag(struct flag *fl)
{
	struct defer *d = fl->d;
	struct csource *src = d->in->src;

	defer_change(d, CHANGE_FLAG, src, fl->set, d->queue_end,
		     new_text(fl, " "));
	d->changes[d->count - 1].more = new_text(fl, "\n+");
	defer_change(d, CHANGE_DROP, fl->work->src, fl->test, fl->end, NULL);
	d->wq_note = xasprintf("%s() is under %s here as it was in %s()",
			       d->body->name, d->mutex, fl->work->name);
}

bool defer_find_flag(const struct plan *p, struct defer *d)
{
	struct flag fl = {.p = p, .d = d};
	bool found = find_set(&fl);

	if (found) {
		d->flag = xstrdup(fl.name);
		if (find_work(&fl) && find_test(&fl) && follow_way(&fl) &&
		    find_body(&fl) && waits_fit(&fl) &&
		    defer_body_is_filter(p, d) &&
		    defer_callers_fit(p, d, d->in) &&
		    defer_body_fits_rtnl(p, d))
			change_flag(&fl);
	}
	free(fl.name);
	free(fl.member);
	free(fl.var);
	return found;
}
