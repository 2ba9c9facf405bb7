// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "csource.h"
#include "rand.h"
#include "tap.h"

static struct csource *parse(const char *text)
{
	struct strbuf sb = {0};

	sb_adds(&sb, text);
	return csource_parse("d/x.c", &sb);
}

static void check_functions(void)
{
	struct csource *src = parse(
		"#include <linux/a.h>\n"
		"#include \"b.h\"\n"
		"#define EMPTY\n"
		"#define CALL(a, b) \\\n\tf(a)\n"
		"static void proto(struct net_device *);\n"
		"int other(const struct net_device *dev, unsigned, void (*fn)(int));\n"
		"static int table[] = { 1, 2 };\n"
		"static inline __printf(1, 2) void\n"
		"first(struct net_device *dev, const char *name)\n"
		"{\n\tif (dev) { return; }\n}\n"
		"void *second(void)\n{\n#define INSIDE 1\n\treturn 0;\n}\n"
		"MODULE_LICENSE(\"GPL\");\n"
		"struct s { int (*op)(int); };\n"
		"static struct s v = { .op = third };\n"
		"EXPORT_SYMBOL_GPL(second);\n");
	struct cfunc *f = csource_func(src, "first");
	char *place;

	ok(src->func_count == 2, "two functions");
	ok(src->proto_count == 2, "two prototypes");
	ok(f && f->is_static && f->is_void && f->line == 10, "first()");
	ok(f->param_count == 2 && f->params[0].is_netdev &&
	   !f->params[1].is_netdev, "its parameters");
	is(f->params[0].name, "dev", "their names");
	is(f->params[1].name, "name", "their names");
	place = csource_place(src, f->end);
	is(place, "d/x.c:13", "its end");
	free(place);
	f = csource_func(src, "second");
	ok(f && !f->is_void && !f->is_static && !f->param_count,
	   "second() returns a pointer and has no parameter");
	ok(csource_func_at(src, f->body + 1) == f, "the function of a token");
	ok(!csource_func_at(src, f->end + 1), "none between functions");
	is(src->protos[0].params[0].name, NULL, "a parameter without a name");
	ok(src->protos[1].param_count == 3, "a function pointer is one parameter");
	is(src->protos[1].params[1].name, NULL, "\"unsigned\" is no name");
	is(src->includes.v[0], "linux/a.h", "an include");
	is(src->includes.v[1], "b.h", "the other include");
	ok(src->exports.n == 1 && !strcmp(src->exports.v[0], "second"),
	   "an export");
	ok(csource_macro(src, "INSIDE"), "a macro inside a function");
	is(csource_macro(src, "CALL")->params, "a, b", "a macro's parameters");
	is(csource_macro(src, "EMPTY")->body, "", "an empty macro");
	ok(!csource_func(src, "third") && !csource_macro(src, "third"),
	   "what is not there");
	csource_free(src);
}

static void check_conditions(void)
{
	struct csource *src = parse(
		"void a(void)\n{\n#ifdef X\n\tif (x) {\n#else\n\t{\n#endif\n\t}\n}\n"
		"#if A\nvoid b(int n)\n{\n}\n#else\nvoid b(long n)\n{\n}\n#endif\n"
		"#ifdef C\nvoid c(int n)\n#else\nvoid c(void)\n#endif\n{\n}\n"
		"void d(void)\n{\n}\n");

	ok(csource_func(src, "a") && csource_func(src, "d"),
	   "a brace opened in both branches is closed once");
	ok(src->func_count == 4 && !csource_func(src, "c"),
	   "both definitions of b; c has no header of its own");
	csource_free(src);
}

static void check_args(void)
{
	static const struct {
		const char *call;
		size_t n, close;
	} rows[] = {
		{"f()", 0, 2},
		{"f(a)", 1, 3},
		{"f(a, g(b, c), d[e, f])", 3, 17},
		{"f(,)", 2, 3},
		{"f((struct s){ 1, 2 }, b)", 2, 13},
		{"f(a", 0, 3},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cargs args;
		struct ctokens ts;

		ctokens_read(&ts, rows[i].call, strlen(rows[i].call), false);
		cargs_read(&args, &ts, 1);
		ok(args.n == rows[i].n && args.close == rows[i].close,
		   "arguments of %s: %zu, %zu", rows[i].call, args.n,
		   args.close);
		cargs_free(&args);
		ctokens_free(&ts);
	}
}

/* Functions lie in order, apart, with their parts inside the text. */
static bool is_sound(struct strbuf *text)
{
	struct csource *src = csource_parse("x.c", text);
	size_t at = 0;
	bool good = true;

	for (size_t i = 0; i < src->func_count && good; i++) {
		const struct cfunc *f = &src->funcs[i];

		good = f->start >= at && f->start <= f->name_tok &&
		       f->name_tok < f->open && f->open < f->close &&
		       f->close < f->body && f->body <= f->end &&
		       f->end < src->toks.n && f->src == src &&
		       csource_func_at(src, f->body) == f;
		at = f->end + 1;
	}
	for (size_t i = 0; i < src->proto_count && good; i++)
		good = src->protos[i].close < src->toks.n &&
		       src->protos[i].name_tok > src->protos[i].start;
	csource_free(src);
	return good;
}

int main(void)
{
	size_t bad = 0;
	struct csource *src;
	int error = 0;

	check_functions();
	check_conditions();
	check_args();
	src = csource_read("/nowhere", "x.c", &error);
	ok(!src && error < 0, "a file that is not there");
	for (int i = 0; i < 3000; i++) {
		struct strbuf sb = {0}, copy = {0};

		rand_c(&sb, rand_below(80));
		sb_add(&copy, sb_str(&sb), sb.len);
		if (!is_sound(&copy)) {
			bad++;
			printf("# %s\n", sb_str(&sb));
		}
		sb_free(&sb);
	}
	ok(!bad, "the facts of 3000 random texts are sound");
	return done_testing();
}
