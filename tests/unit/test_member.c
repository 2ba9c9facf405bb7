// SPDX-License-Identifier: GPL-2.0-only
/* member: what is seen of a function pointer in a struct, and what is not. */
#include <stdlib.h>

#include "member.h"
#include "tap.h"

static struct cmodule *module(const char *text)
{
	struct csource *src[1];
	struct strbuf sb = {0};

	sb_adds(&sb, text);
	src[0] = csource_parse("a.c", &sb);
	return cmodule_of(src, 1);
}

#define OPS "struct ops { int n; int (*go)(int a, int); };\n"
#define F "static int f(int a, int b) { return 0; }\n"
#define G "static int g(int a, int b) { return 1; }\n"
#define SET "static struct ops x = { .go = f, .n = 1 };\n"

static void check_seen(void)
{
	struct cmodule *mod = module(
		OPS F G SET "#define COMMON .n = 2, .go = &g\n"
		"static struct ops y = { COMMON };\n"
		"static struct ops z = { .go = NULL };\n"
		"int call(struct ops *o)\n{\n"
		"\tif (!o->go || (o->n && o->go))\n\t\treturn 1;\n"
		"\t(*o->go)(1, 2);\n\treturn o->go(3, 4);\n}\n");
	struct member *m = member_read(mod, "go");

	ok(!m->why, "all is seen: %s", m->why ? m->why : "");
	ok(!strcmp(m->tag, "ops") && m->param_count == 2, "in struct ops");
	ok(m->targets.n == 2, "set to two functions: %zu", m->targets.n);
	ok(m->call_count == 2 &&
		   ctoken_is(&mod->sources[0]->toks,
			     member_call_start(&m->calls[0]), "(") &&
		   ctoken_is(&mod->sources[0]->toks,
			     member_call_start(&m->calls[1]), "o"),
	   "called in two ways");
	ok(member_set_in(m, &mod->sources[0]->macros[0], "g"),
	   "a macro sets it");
	member_free(m);
	cmodule_free(mod);
}

static void check_unseen(const char *text, const char *what)
{
	struct cmodule *mod = module(text);
	struct member *m = member_read(mod, "go");

	ok(m->why != NULL, "%s: %s", what, m->why ? m->why : "all is seen");
	member_free(m);
	cmodule_free(mod);
}

static void check_macro(const char *macros, const char *args, bool seen,
			const char *what)
{
	char *text = xasprintf("%s" OPS F SET
			       "void h(struct ops *o)\n{\n\tGO%s;\n}\n", macros,
			       args);
	struct cmodule *mod = module(text);
	struct member *m = member_read(mod, "go");

	ok(!m->why == seen, "%s: %s", what, m->why ? m->why : "all is seen");
	if (seen) {
		struct cargs got;

		member_call_args(&m->calls[0], &got);
		ok(got.n == 2 && ctoken_is(&mod->sources[0]->toks,
					   got.v[0].from, "1"),
		   "%s: its arguments", what);
		cargs_free(&got);
	}
	member_free(m);
	cmodule_free(mod);
	free(text);
}

int main(void)
{
	check_seen();
	check_unseen(F SET, "no declaration");
	check_unseen(OPS "struct b { void (*go)(void); };\n" F SET, "two structs");
	check_unseen("struct b { struct { int (*go)(int a, int); } in; };\n" F SET,
		     "a struct without a tag");
	check_unseen(OPS F SET "static struct ops y = { 1, f };\n",
		     "set by position");
	check_unseen(OPS F SET "static struct ops y[] = { { .n = 1 }, { 1, f } };\n",
		     "set by position in an array");
	check_unseen(OPS F SET "void h(void) { use((struct ops){1, f}); }\n",
		     "a literal by position");
	check_unseen(OPS "struct b { int i; struct ops o; };\n" F SET
		     "static struct b b = { .o = { 1, f } };\n",
		     "set by position inside");
	check_unseen(OPS "struct b { int i; struct ops o; };\n" F SET
		     "static struct b b = { 1, { 1, f } };\n",
		     "set by position with what is around it");
	check_unseen(OPS F SET "typedef struct ops ops_t;\n", "a typedef");
	check_unseen(OPS F SET "static struct ops y = { .go = (void *)f };\n",
		     "a cast");
	check_unseen(OPS F SET "static struct ops y = { .go = 1 ? f : f };\n",
		     "one of two");
	check_unseen(OPS F SET "static struct ops y = { .go = other };\n",
		     "another module's function");
	check_unseen(OPS F SET "void h(struct ops *a, struct ops *b)\n"
		     "{ a->go = b->go; }\n", "copied");
	check_unseen(OPS F SET "void h(struct ops *a) { use(a->go); }\n",
		     "passed on");
	check_unseen(OPS F SET "void h(struct ops *a) { use(&a->go); }\n",
		     "its address passed on");
	check_macro("#define GO(o, args...) ((o)->go ? (o)->go(args) : 0)\n",
		    "(o, 1, 2)", false, "a test that is no test");
	check_macro("#define GO(o, args...) ({ if ((o)->go) (o)->go(args); })\n",
		    "(o, 1, 2)", true, "a macro that passes on its rest");
	check_macro("#define CALL(o, m, a, args...) (o)->m((a), ##args)\n"
		    "#define GO(o, args...) CALL(o, go, args)\n",
		    "(o, 1, 2)", true, "two macros");
	check_macro("#define CALL(o, m, a, args...) (o)->m((a), ##args)\n"
		    "#define CALL(o, m, a, args...) 0\n"
		    "#define GO(o, args...) CALL(o, go, args)\n",
		    "(o, 1, 2)", false, "two macros of one name");
	check_macro("#define GO(o) (o)->go(1, 2)\n", "(o)", false,
		    "arguments of its own");
	check_macro("#define GO(o, a, b) (o)->go(a, b)\n", "(o, 1, 2)", false,
		    "a fixed number of arguments");
	check_macro("#define GO(o, a, ...) (o)->go(__VA_ARGS__, a)\n",
		    "(o, 1, 2)", false, "another order");
	check_macro("#define GO(o, ...) (o)->go(__VA_ARGS__)\n", "(o, 1, 2)",
		    true, "a rest without a name");
	check_macro("#define GO(o, m, ...) (o)->m##o(__VA_ARGS__), o.go\n",
		    "(o, 1, 2)", false, "a name that is made up");
	check_macro("#define GO(o, ...) use(&(o)->go, ##__VA_ARGS__)\n",
		    "(o, 1, 2)", false, "the address given away in a macro");
	check_unseen(OPS F SET "void h(struct ops *a) { a->go(1); }\n",
		     "other arguments");
	check_unseen(OPS "static int f(int a) { return 0; }\n" SET,
		     "other parameters");
	return done_testing();
}
