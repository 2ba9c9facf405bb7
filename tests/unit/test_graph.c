// SPDX-License-Identifier: GPL-2.0-only
/* graph, cmodule, context: who reaches whom, with which device, and when. */
#include <stdlib.h>

#include "context.h"
#include "graph.h"
#include "rtnl.h"
#include "tap.h"

static struct cmodule *module(const char *a, const char *b)
{
	struct csource *src[2];
	struct strbuf sb = {0};

	sb_adds(&sb, a);
	src[0] = csource_parse("a.c", &sb);
	if (b) {
		sb_adds(&sb, b);
		src[1] = csource_parse("b.c", &sb);
	}
	return cmodule_of(src, b ? 2 : 1);
}

static struct graph *graph_of(const struct cmodule *mod, const char *callback)
{
	struct graph *g = graph_new(mod);
	struct cfunc *f = cmodule_func(mod, mod->sources[0], callback);

	graph_add_callback(g, f);
	graph_close(g);
	return g;
}

static struct node *node(const struct graph *g, const char *name)
{
	for (size_t i = 0; i < g->count; i++)
		if (!strcmp(g->nodes[i]->f->name, name))
			return g->nodes[i];
	return NULL;
}

/* What the argument of the first "probe(x)" in the function stands for. */
static void check_value(const char *text, const char *in,
			enum value_kind wanted, const char *what)
{
	struct cmodule *mod = module(text, NULL);
	struct graph *g = graph_of(mod, "rx");
	struct node *n = node(g, in);
	const struct ctokens *ts = &mod->sources[0]->toks;
	struct value v = {.kind = VALUE_UNSET};

	for (size_t i = n->f->body; i < n->f->end; i++) {
		struct cargs args;

		if (!ctoken_is(ts, i, "probe"))
			continue;
		cargs_read(&args, ts, i + 1);
		v = graph_value(g, n, args.v[0].from, args.v[0].to);
		cargs_free(&args);
		break;
	}
	ok(v.kind == wanted, "%s: %d", what, v.kind);
	graph_free(g);
	cmodule_free(mod);
}

#define PRIV "struct p { struct net_device *dev; struct net_device *peer; };\n"
#define SET PRIV "void set(struct net_device *d)\n{\n" \
	"\tstruct p *p = netdev_priv(d);\n\n\tp->dev = d;\n}\n"

static void check_values(void)
{
	check_value("void rx(struct net_device *d)\n{\n\tprobe(d);\n}\n", "rx",
		    VALUE_DEV, "the parameter");
	check_value("void rx(struct net_device *d)\n{\n\tprobe((d));\n}\n", "rx",
		    VALUE_DEV, "in parentheses");
	check_value("void rx(struct net_device *d)\n{\n\tstruct net_device *e = d;\n\tprobe(e);\n}\n",
		    "rx", VALUE_DEV, "a local copy");
	check_value("void rx(struct net_device *d)\n{\n\td = x();\n\tprobe(d);\n}\n",
		    "rx", VALUE_OTHER, "a parameter that is set");
	check_value("void rx(struct net_device *d)\n{\n\tstruct net_device *e = d;\n\te = x();\n\tprobe(e);\n}\n",
		    "rx", VALUE_OTHER, "a local that is set twice");
	check_value("void rx(struct net_device *d)\n{\n\tstruct net_device *e = d;\n\tget(&e);\n\tprobe(e);\n}\n",
		    "rx", VALUE_OTHER, "a local whose address is given away");
	check_value(PRIV "void rx(struct net_device *d)\n{\n\tstruct p *p = netdev_priv(d);\n\tprobe(p);\n}\n",
		    "rx", VALUE_PRIV, "its private part");
	check_value(SET "void rx(struct net_device *d)\n{\n\tstruct p *p = netdev_priv(d);\n\tprobe(p->dev);\n}\n",
		    "rx", VALUE_DEV, "a proved back pointer");
	check_value(SET "void rx(struct net_device *d)\n{\n\tstruct p *p = netdev_priv(d);\n\tprobe(p->peer);\n}\n",
		    "rx", VALUE_OTHER, "a member that nobody sets");
	check_value(SET "void mv(struct p *p, struct net_device *o)\n{\n\tp->dev = o;\n}\n"
		    "void rx(struct net_device *d)\n{\n\tstruct p *p = netdev_priv(d);\n\tprobe(p->dev);\n}\n",
		    "rx", VALUE_OTHER, "a back pointer that is set elsewhere");
	check_value("static void h(struct net_device *e)\n{\n\tprobe(e);\n}\n"
		    "void rx(struct net_device *d)\n{\n\th(d);\n}\n",
		    "h", VALUE_DEV, "through a call");
	check_value("static void h(struct net_device *e)\n{\n\tprobe(e);\n}\n"
		    "void rx(struct net_device *d)\n{\n\th(d);\n\th(other);\n}\n",
		    "h", VALUE_OTHER, "through two calls that differ");
	check_value(SET "static void h(struct p *p)\n{\n\tprobe(p->dev);\n}\n"
		    "void rx(struct net_device *d)\n{\n\th(netdev_priv(d));\n}\n",
		    "h", VALUE_DEV, "through a call with the private part");
}

static void check_needs(void)
{
	struct cmodule *mod = module(
		"void far(struct net_device *d);\n"
		"static void mc(struct net_device *d)\n{\n\tnetdev_mc_count(d);\n}\n"
		"static void both(struct net_device *d)\n{\n\tmc(d);\n\tnetdev_uc_empty(d);\n}\n"
		"static void none(struct net_device *d)\n{\n\tnone(d);\n}\n"
		"void rx(struct net_device *d)\n{\n\tboth(d);\n\tnone(d);\n\tfar(d);\n}\n"
		"void other(struct net_device *d)\n{\n\tmc(d);\n}\n",
		"static void mc(struct net_device *d)\n{\n\tnetdev_uc_count(d);\n}\n"
		"void far(struct net_device *d)\n{\n\tmc(d);\n}\n");
	struct graph *g = graph_of(mod, "rx");
	struct crefs refs = {0};
	char *chain;

	ok(node(g, "both")->needs == (LIST_UC | LIST_MC), "needs of a callee count");
	ok(node(g, "mc")->needs == LIST_MC, "only what it uses");
	ok(node(g, "none")->needs == 0, "one that calls itself");
	ok(node(g, "far")->needs == LIST_UC,
	   "in another file, with a static function of that file");
	ok(!node(g, "other"), "who is not reached is not in the graph");
	ok(node(g, "rx")->is_callback && !node(g, "mc")->is_callback,
	   "one callback");
	chain = graph_chain(node(g, "mc"));
	is(chain, "mc <- both <- rx", "how it is reached");
	free(chain);
	cmodule_refs(mod, node(g, "mc")->f, &refs);
	ok(refs.n == 2 && refs.v[0].is_call && refs.v[1].is_call,
	   "its two calls, not those of the other mc()");
	crefs_free(&refs);
	graph_free(g);
	cmodule_free(mod);
}

static void check_pointers(void)
{
	struct cmodule *mod = module(
		"static void walk(struct net_device *d)\n{\n\tnetdev_mc_count(d);\n}\n"
		"static void quiet(struct net_device *d)\n{\n}\n"
		"static const struct ops o = { .walk = walk, .quiet = quiet };\n"
		"#define COUNT(d) netdev_mc_count(d)\n#define LEAVE return\n"
		"#define HARMLESS 1\n"
		"void rx(struct net_device *d)\n{\n\td->o->walk(d);\n\td->o->quiet(d);\n"
		"\tCOUNT(d);\n\tx(HARMLESS);\n\tLEAVE;\n}\n", NULL);
	struct graph *g = graph_of(mod, "rx");
	struct cfuncs targets = {0};

	ok(g->indirect.n == 1, "one call through a pointer uses a list");
	is(g->indirect.v[0].what, "walk", "its target");
	ok(node(g, "quiet"), "the other one counts for the hazards");
	ok(g->macros.n == 1 && g->returns.n == 1,
	   "one macro hides a list, one a return");
	cmodule_targets(mod, "walk", &targets);
	ok(targets.n == 1 && !strcmp(targets.v[0]->name, "walk"),
	   "what is put into a member");
	free(targets.v);
	graph_free(g);
	cmodule_free(mod);
}

/* The context of the only call of x() in the function. */
static void check_context(const char *text, const char *in,
			  enum context wanted, const char *what)
{
	struct cmodule *mod = module(text, NULL);
	struct cfunc *f = csource_func(mod->sources[0], in);
	size_t tok = f->body;
	enum context c;
	char *why;

	while (!ctoken_is(&mod->sources[0]->toks, tok, "x"))
		tok++;
	c = context_at(mod, f, tok, &why);
	ok(c == wanted && why && *why, "%s: %s", what, why);
	free(why);
	cmodule_free(mod);
}

static void check_contexts(void)
{
	check_context("static int o(int d)\n{\n\tx(d);\n}\nstruct ops s = { .ndo_open = o };\n",
		      "o", CONTEXT_PROCESS, "ndo_open");
	check_context("static int o(int d)\n{\n\tspin_lock_bh(&l);\n\tx(d);\n}\nstruct ops s = { .ndo_open = o };\n",
		      "o", CONTEXT_UNKNOWN, "under a lock");
	check_context("static int o(int d)\n{\n\tmutex_lock(&l);\n\tx(d);\n}\nstruct ops s = { .ndo_open = o };\n",
		      "o", CONTEXT_PROCESS, "under a mutex");
	check_context("static void r(int d)\n{\n\tx(d);\n}\nstatic int o(int d)\n{\n\tr(d);\n}\nstruct ops s = { .ndo_open = o };\n",
		      "r", CONTEXT_PROCESS, "called from ndo_open");
	check_context("static void r(int d)\n{\n\tx(d);\n}\nstatic int o(int d)\n{\n\tr(d);\n}\n"
		      "static void t(int d)\n{\n\tr(d);\n}\nstruct ops s = { .ndo_open = o, .ndo_tx_timeout = t };\n",
		      "r", CONTEXT_ATOMIC, "and from ndo_tx_timeout");
	check_context("static void w(int d)\n{\n\tx(d);\n}\nvoid p(void)\n{\n\tINIT_WORK(&a, w);\n}\n",
		      "w", CONTEXT_PROCESS, "work");
	check_context("static void w(int d)\n{\n\tx(d);\n}\nvoid p(void)\n{\n\ttimer_setup(&a, w, 0);\n}\n",
		      "w", CONTEXT_ATOMIC, "a timer");
	check_context("void r(int d)\n{\n\tx(d);\n}\n", "r", CONTEXT_UNKNOWN,
		      "nobody calls it here");
	check_context("void r(int d)\n{\n\tx(d);\n}\nEXPORT_SYMBOL(r);\nstatic int o(int d)\n{\n\tr(d);\n}\nstruct ops s = { .ndo_open = o };\n",
		      "r", CONTEXT_UNKNOWN, "exported");
}

static bool held(const char *text)
{
	struct cmodule *mod = module(text, NULL);
	const struct cfunc *f = csource_func(mod->sources[0], "undo");
	bool is = rtnl_is_held(mod, mod->sources[0], f->body + 1, f->body + 1,
			       f->body + 2);

	cmodule_free(mod);
	return is;
}

static void check_rtnl(void)
{
	ok(held("void undo(void) { x(); ASSERT_RTNL(); }"), "asserted");
	ok(held("void undo(void) { x(); } int stop(void) { undo(); }"
		"struct o o = { .ndo_stop = stop };"), "an operation under it");
	ok(!held("void undo(void) { x(); }"), "nobody is seen to call it");
	ok(!held("void undo(void) { x(); } int stop(void) { undo(); }"
		 "struct o o = { .ndo_stop = stop };"
		 "void work(void) { undo(); }"), "a caller without it");
	ok(!held("void undo(void) { x(); }"
		 "struct o o = { .stop_nan = undo };"),
	   "an operation without a device, whose device is not tested");
}

/* Names that a macro gives to what is included. */
static void check_renames(void)
{
	struct cmodule *mod = module("static void f(void) { }",
				     "#define f g\n#include \"a.c\"\n"
				     "#define k f()\n");
	struct csource *a = mod->sources[0], *b = mod->sources[1];

	ok(cmodule_func(mod, b, "g") == csource_func(a, "f"),
	   "the included function by its name there");
	ok(!cmodule_func(mod, a, "g"), "which it only has there");
	ok(!cmodule_func(mod, b, "k"), "a macro with more in it is no name");
	cmodule_free(mod);
}

int main(void)
{
	check_values();
	check_needs();
	check_pointers();
	check_contexts();
	check_rtnl();
	check_renames();
	return done_testing();
}
