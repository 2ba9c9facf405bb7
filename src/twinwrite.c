// SPDX-License-Identifier: GPL-2.0-only
#include "twinwrite.h"

#include <stdlib.h>
#include <string.h>

#include "callwalk.h"

bool twin_is_async(const struct ctokens *ts, size_t i)
{
	return ctoken_is_word(ts, i) && ctoken_is(ts, i + 1, "(") &&
	       ts->v[i].len > 6 &&
	       !memcmp(ts->text + ts->v[i].off + ts->v[i].len - 6, "_async", 6);
}

char *twin_name(const struct ctokens *ts, size_t i)
{
	return xstrndup(ts->text + ts->v[i].off, ts->v[i].len - 6);
}

/* A function's statements as texts, in order. */
static void statements(const struct cfunc *f, struct strvec *out)
{
	const struct ctokens *ts = &f->src->toks;
	size_t from = f->body + 1, depth = 0;

	for (size_t i = from; i < f->end; i++) {
		char *text;

		depth += ctoken_is(ts, i, "(");
		depth -= ctoken_is(ts, i, ")");
		if (depth || !ctoken_is_bound(ts, i))
			continue;
		text = ctokens_text(ts, from, i);
		sv_add(out, text);
		free(text);
		from = i + 1;
	}
}

/* What stands for a function's own words where it is called. */
struct wording {
	const struct cfunc *f;
	const struct cargs *args;	/* of the call; NULL: as they are */
	const struct ctokens *ts;	/* where those stand, */
	const struct wording *outer;	/* and what stands for their words */
};

static void word_as(struct strbuf *sb, const struct wording *w,
		    const struct ctokens *ts, size_t i);

static void words_as(struct strbuf *sb, const struct wording *w,
		     const struct ctokens *ts, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		word_as(sb, w, ts, i);
}

/* "const T x = 4;": the number that x is in f, as a token, or 0. */
static size_t constant_of(const struct cfunc *f, const struct ctokens *ts,
			  size_t word)
{
	const struct ctokens *own = &f->src->toks;
	char *name = ctoken_dup(ts, word);
	size_t found = 0;

	for (size_t i = f->body; i + 3 < f->end && !found; i++)
		if (ctoken_is(own, i, "const") &&
		    ctoken_is(own, i + 2, name) && ctoken_is(own, i + 3, "=") &&
		    own->v[i + 4].kind == TOK_NUMBER &&
		    ctoken_is(own, i + 5, ";"))
			found = i + 4;
	free(name);
	return found;
}

static void word_as(struct strbuf *sb, const struct wording *w,
		    const struct ctokens *ts, size_t i)
{
	size_t number;
	char *text;

	if (ctoken_is_word(ts, i) && !ctoken_is_member(ts, i)) {
		for (size_t k = 0; w->args && k < w->f->param_count; k++) {
			const char *name = w->f->params[k].name;

			if (!name || !ctoken_is(ts, i, name) ||
			    k >= w->args->n)
				continue;
			words_as(sb, w->outer, w->ts, w->args->v[k].from,
				 w->args->v[k].to);
			return;
		}
		number = constant_of(w->f, ts, i);
		if (number) {
			ts = &w->f->src->toks;
			i = number;
		}
	}
	text = ctoken_dup(ts, i);
	sb_addf(sb, "%s ", text);
	free(text);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The arguments of a call as one text, in an order of their own. */
static char *argument_set(const struct wording *w, const struct ctokens *ts,
			  const struct cargs *args)
{
	struct strvec sv = {0};
	struct strbuf sb = {0};

	for (size_t i = 0; i < args->n; i++) {
		struct strbuf one = {0};

		words_as(&one, w, ts, args->v[i].from, args->v[i].to);
		sv_add(&sv, sb_str(&one));
		sb_free(&one);
	}
	if (sv.n)
		qsort(sv.v, sv.n, sizeof(*sv.v), compare_texts);
	for (size_t i = 0; i < sv.n; i++)
		sb_addf(&sb, "%s\n", sv.v[i]);
	sv_free(&sv);
	return sb_detach(&sb);
}

/* "fn" in "fn(...)": a local that is the write, awake or not, and no other? */
static bool is_chosen_write(const struct cfunc *f, size_t call)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, call);
	bool found = false, other = false;

	for (size_t i = f->body; i < f->end; i++) {
		if (!ctoken_is(ts, i, name) || !ctoken_is(ts, i + 1, "="))
			continue;
		if (ctoken_is(ts, i + 2, SYNC_WRITE) &&
		    ctoken_is(ts, i + 3, ";"))
			found = true;
		else if (!ctoken_is(ts, i + 2, SYNC_WRITE "_nopm") ||
			 !ctoken_is(ts, i + 3, ";"))
			other = true;
	}
	free(name);
	return found && !other;
}

/* The function that is called at the token, unless it is a member. */
static const struct cfunc *callee_at(const struct cmodule *mod,
				     const struct cfunc *f, size_t i)
{
	const struct ctokens *ts = &f->src->toks;
	const struct cfunc *g;
	char *name;

	if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "(") ||
	    ctoken_is_member(ts, i))
		return NULL;
	name = ctoken_dup(ts, i);
	g = cmodule_func(mod, f->src, name);
	free(name);
	return g == f ? NULL : g;
}

/* A function that copies the bytes and sends the message itself. */
static bool writes_by_hand(const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;
	bool copies = false, sends = false;

	for (size_t i = f->body; i < f->end; i++) {
		copies = copies || ctoken_is(ts, i, "kmemdup");
		sends = sends || (ctoken_is(ts, i, "usb_control_msg") &&
				  ctoken_is(ts, i + 1, "("));
	}
	return copies && sends;
}

/*
 * The arguments of all writes in f and below, in the words of the first of them;
 * those of the writes that do not wait, or of those that do.
 */
static void writes(const struct cmodule *mod, const struct wording *w,
		   bool async, int depth, struct strvec *out)
{
	const struct cfunc *f = w->f;
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		const struct cfunc *g = callee_at(mod, f, i);
		struct cargs args;
		bool is_write;

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		is_write = async ? ctoken_is(ts, i, ASYNC_WRITE) :
				   ctoken_is(ts, i, SYNC_WRITE) ||
					   is_chosen_write(f, i) ||
					   (g && writes_by_hand(g));
		if (!is_write && (!g || !depth))
			continue;
		cargs_read(&args, ts, i + 1);
		if (is_write) {
			char *set = argument_set(w, ts, &args);

			sv_add(out, set);
			free(set);
		} else {
			struct wording inner = {g, &args, ts, w};

			writes(mod, &inner, async, depth - 1, out);
		}
		cargs_free(&args);
	}
}

/* What usbnet's own function does: the device awake, the bytes copied. */
static unsigned write_words(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;

	if (ctoken_is(ts, tok, SYNC_WRITE) || is_chosen_write(f, tok))
		return 7;
	if (ctoken_is(ts, tok, "usb_autopm_get_interface"))
		return 1;
	if (ctoken_is(ts, tok, "kmemdup"))
		return 2;
	if (ctoken_is(ts, tok, "usb_control_msg"))
		return 4;
	return 0;
}

static bool look_for_write(const struct cfunc *f, size_t tok, void *data)
{
	unsigned *seen = data;

	*seen |= write_words(f, tok);
	return *seen == 7;
}

static bool names_write(const struct cmodule *mod, const struct cfunc *f)
{
	unsigned seen = 0;

	return callwalk(mod, f, f->body, f->end, look_for_write, &seen);
}

/* Of an unsigned type by its width in bits, 0 where it is none. */
static int width(const struct ctokens *ts, size_t tok)
{
	static const struct {
		const char *name;
		int bits;
	} types[] = {{"u8", 8}, {"u16", 16}, {"u32", 32},
		     {"__u8", 8}, {"__u16", 16}, {"__u32", 32}};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (ctoken_is(ts, tok, types[i].name))
			return types[i].bits;
	return 0;
}

/* A parameter's declaration without "const". */
static char *declared(const struct cfunc *f, const struct cparam *p)
{
	const struct ctokens *ts = &f->src->toks;
	struct strbuf sb = {0};

	for (size_t i = p->from; i < p->to; i++)
		if (!ctoken_is(ts, i, "const")) {
			char *text = ctoken_dup(ts, i);

			sb_addf(&sb, "%s ", text);
			free(text);
		}
	return sb_detach(&sb);
}

/* The same name, and a type that holds as much. */
static bool same_param(const struct cfunc *a, const struct cparam *x,
		       const struct cfunc *b, const struct cparam *y)
{
	int wx, wy;
	char *s, *t;
	bool same;

	if (!x->name || !y->name || strcmp(x->name, y->name))
		return false;
	wx = x->to == x->from + 2 ? width(&a->src->toks, x->from) : 0;
	wy = y->to == y->from + 2 ? width(&b->src->toks, y->from) : 0;
	if (wx && wy)
		return wx <= wy;
	s = declared(a, x);
	t = declared(b, y);
	same = !strcmp(s, t);
	free(s);
	free(t);
	return same;
}

/* "if (!in_pm) fn = usbnet_write_cmd; else ...": the parameter's one use? */
static bool only_chooses(const struct cfunc *f, const struct cparam *p)
{
	const struct ctokens *ts = &f->src->toks;
	size_t uses = 0, use = 0;

	for (size_t i = f->body; p->name && i < f->end; i++)
		if (ctoken_is(ts, i, p->name) && !ctoken_is(ts, i - 1, "->")) {
			uses++;
			use = i;
		}
	return uses == 1 && ctoken_is(ts, use - 3, "if") &&
	       ctoken_is(ts, use - 2, "(") && ctoken_is(ts, use - 1, "!") &&
	       ctoken_is(ts, use + 1, ")") && ctoken_is(ts, use + 3, "=") &&
	       ctoken_is(ts, use + 4, SYNC_WRITE) &&
	       ctoken_is(ts, use + 5, ";") && ctoken_is(ts, use + 6, "else") &&
	       ctoken_is(ts, use + 9, SYNC_WRITE "_nopm");
}

/* The same parameters; one more may say whether the device has to be woken. */
static bool same_params(const struct cfunc *a, const struct cfunc *b,
			char **more)
{
	if (b->param_count == a->param_count + 1 &&
	    only_chooses(b, &b->params[a->param_count]))
		*more = xstrdup("0");
	else if (b->param_count != a->param_count)
		return false;
	for (size_t i = 0; i < a->param_count; i++)
		if (!same_param(a, &a->params[i], b, &b->params[i]))
			return false;
	return true;
}

/* What does not change what is written: a word about an error, a constant. */
static bool is_beside(const char *text)
{
	static const char *const begins[] = {
		"if (ret < 0) netdev_", "if (err < 0) netdev_",
		"if (ret < 0) dev_", "if (err < 0) dev_", "return ret",
		"return err", "const ",
	};

	return !*text || strstr(text, "_async(") || STARTS_IN(text, begins);
}

static bool same_statements(const struct cfunc *a, const struct cfunc *b)
{
	struct strvec of_a = {0}, of_b = {0};
	bool same = true;

	statements(a, &of_a);
	statements(b, &of_b);
	for (size_t i = 0; i < of_a.n && same; i++)
		same = is_beside(of_a.v[i]) || sv_has(&of_b, of_a.v[i]);
	sv_free(&of_a);
	sv_free(&of_b);
	return same;
}

bool twin_is_same(const struct cmodule *mod, const struct cfunc *a,
		  const struct cfunc *b, char **more)
{
	const struct wording of_a = {.f = a}, of_b = {.f = b};
	struct strvec async = {0}, sync = {0};
	bool same;

	*more = NULL;
	same = same_params(a, b, more) && names_write(mod, b) &&
	       same_statements(a, b);
	writes(mod, &of_a, true, 3, &async);
	writes(mod, &of_b, false, 3, &sync);
	same = same && async.n;
	for (size_t i = 0; i < async.n && same; i++)
		same = sv_has(&sync, async.v[i]);
	sv_free(&async);
	sv_free(&sync);
	if (!same) {
		free(*more);
		*more = NULL;
	}
	return same;
}
