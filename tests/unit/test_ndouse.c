// SPDX-License-Identifier: GPL-2.0-only

#include "ndouse.h"
#include "rand.h"
#include "tap.h"

/* The uses of a text as "kind line ops callback", "!" for no plain name. */
static void check(const char *text, const char *wanted, const char *what)
{
	struct strbuf sb = {0}, got = {0};
	struct ndo_uses uses = {0};
	struct csource *src;

	sb_adds(&sb, text);
	src = csource_parse("x.c", &sb);
	ndo_uses_read(&uses, src, NDO_LEGACY);
	for (size_t i = 0; i < uses.n; i++)
		sb_addf(&got, "%s%s %d %s %s%s", i ? "; " : "",
			ndo_kind_name(uses.v[i].kind), uses.v[i].line,
			uses.v[i].ops, uses.v[i].callback,
			ndo_assigns(uses.v[i].kind) && !uses.v[i].is_name ?
				"!" : "");
	is(sb_str(&got), wanted, "%s", what);
	sb_free(&got);
	ndo_uses_free(&uses);
	csource_free(src);
}

/* Both looks see the same lines. */
static bool agree(const struct strbuf *text)
{
	struct strbuf copy = {0};
	struct ndo_uses uses = {0};
	struct ndo_lines lines = {0};
	struct csource *src;
	size_t n = 0;
	bool same = true;

	sb_add(&copy, sb_str(text), text->len);
	src = csource_parse("x.c", &copy);
	ndo_uses_read(&uses, src, NDO_LEGACY);
	ndo_lines_read(&lines, sb_str(text), text->len);
	for (size_t i = 0; i < uses.n; i++) {
		if (!ndo_assigns(uses.v[i].kind))
			continue;
		same = same && n < lines.n && lines.v[n] == uses.v[i].line;
		n++;
	}
	same = same && n == lines.n;
	ndo_lines_free(&lines);
	ndo_uses_free(&uses);
	csource_free(src);
	return same;
}

static size_t differ;

static void look(const char *path, const struct strbuf *text)
{
	if (!agree(text)) {
		printf("# %s\n", path);
		differ++;
	}
}

/* Texts in which the member stands in all kinds of places. */
static void random_uses(struct strbuf *sb)
{
	static const char *const pieces[] = {
		"static struct net_device_ops o = {\n\t.ndo_set_rx_mode = f,\n};\n",
		"\tops->ndo_set_rx_mode = g;\n", "/* .ndo_set_rx_mode = h */\n",
		"// .ndo_set_rx_mode = h\n", "char *s = \".ndo_set_rx_mode = h\";\n",
		"#define OPS .ndo_set_rx_mode = f\n", "x.ndo_set_rx_mode=f;",
		"#define OPS \\\n\t.ndo_set_rx_mode = f, \\\n\t.x = y\n",
		"if (ops->ndo_set_rx_mode == f)\n", "ops->ndo_set_rx_mode(dev);\n",
		"\t.ndo_set_rx_mode_async = f,\n", ".ndo_set_rx_mode\n\t= f,\n",
		"char c = '\"';\n", "char *s = \"\\\"\";\n", "/* don't */\n",
		"#if 0\n", "#endif\n", "{\n", "}\n", "[1] = {\n", "};\n",
	};

	for (unsigned n = rand_below(20); n--;)
		sb_adds(sb, pieces[rand_below(ARRAY_SIZE(pieces))]);
}

int main(void)
{
	check("static const struct net_device_ops o = {\n\t.ndo_open = a,\n"
	      "\t.ndo_set_rx_mode\t= f,\n};\n", "designated 3 o f",
	      "a designated initialiser");
	check("struct net_device_ops o[2] = {\n{ .ndo_set_rx_mode = f },\n"
	      "{ .ndo_set_rx_mode = g, },\n};\n", "array 2 o f; array 3 o g",
	      "an array of ops");
	check("struct net_device_ops o[] = {\n\t[X] = {\n\t\t.ndo_set_rx_mode = f,\n\t},\n};\n",
	      "array 3 o f", "an element of an array");
	check("void p(void)\n{\n\to.ndo_set_rx_mode = f;\n\tx->ops->ndo_set_rx_mode = &g;\n}\n",
	      "runtime 3 o f; runtime 4 x->ops g", "at run time");
	check("#define X(n) \\\n\t.ndo_set_rx_mode = n ## _f, \\\n\t.x = 1\n",
	      "macro 2 #define n ## _f!", "in a macro");
	check("void p(void)\n{\n\tops->ndo_set_rx_mode(dev);\n\tif (ops->ndo_set_rx_mode)\n\t\tx = y.ndo_set_rx_mode;\n}\n",
	      "call 3 ops ; other 4 ops ; other 5 y ", "calls and tests");
	check("struct o o = { .ndo_set_rx_mode = X(f), };\n",
	      "designated 1 o X(f)!", "a value that is no name");
	check("struct o o = { .ndo_set_rx_mode = NULL };\n",
	      "designated 1 o NULL!", "none at all");
	check("struct o o = {\n#ifdef A\n\t.ndo_set_rx_mode = f\n#endif\n};\n",
	      "designated 3 o f", "the last one, in a condition");
	check("struct net_device_ops { void (*ndo_set_rx_mode)(int); };\n"
	      "int ndo_set_rx_mode = 1;\n/* .ndo_set_rx_mode = f */\n"
	      "char *s = \".ndo_set_rx_mode = f\";\n.ndo_set_rx_mode_async = f\n",
	      "", "what is no use of the member");
	ok(each_case(".c", look) > 50 && !differ,
	   "both looks agree on the cases");
	for (int i = 0; i < 3000; i++) {
		struct strbuf sb = {0};

		random_uses(&sb);
		if (!agree(&sb)) {
			printf("# %s\n", sb_str(&sb));
			differ++;
		}
		sb_free(&sb);
	}
	ok(!differ, "and on 3000 random texts");
	return done_testing();
}
