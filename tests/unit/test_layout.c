// SPDX-License-Identifier: GPL-2.0-only
/* layout, tidy, wrap, kerneldoc: the text that spatch left, laid out. */
#include <stdlib.h>

#include "ctoken.h"
#include "layout.h"
#include "stale.h"
#include "rand.h"
#include "tap.h"

static const struct layout_func funcs[] = {
	{.name = "x_set_rx_mode", .added = 2, .is_callback = true,
	 .has_uc = true, .has_mc = true, .uc = "uc", .mc = "mc",
	 .returns_int = true},
	{.name = "f", .added = 1, .has_mc = true, .mc = "mc"},
	{.name = "__y", .doc_name = "y"},
	{.name = "y", .added = 2, .is_new = true},
};

static void check(const char *old, const char *raw, const char *wanted,
		  const char *what)
{
	struct strbuf sb = {0};

	sb_adds(&sb, raw);
	layout_text(&sb, old, strlen(old), funcs, ARRAY_SIZE(funcs));
	is(sb_str(&sb), wanted, "%s", what);
	sb_free(&sb);
}

static void check_parameters(void)
{
	check("void x_set_rx_mode(struct net_device *dev);\n",
	      "int x_set_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc, struct netdev_hw_addr_list *mc);\n",
	      "int x_set_rx_mode(struct net_device *dev,\n"
	      "\t\t  struct netdev_hw_addr_list *uc,\n"
	      "\t\t  struct netdev_hw_addr_list *mc);\n",
	      "a prototype, one parameter a line");
	check("void f(int a)\n{\n}\n",
	      "void f(int a, const struct netdev_hw_addr_list *mc)\n{\n}\n",
	      "void f(int a, const struct netdev_hw_addr_list *mc)\n{\n}\n",
	      "one that fits stays on its line");
	check("static struct some_quite_long_type_name *f(struct another_long_name *dev)\n{\n}\n",
	      "static struct some_quite_long_type_name *f(struct another_long_name *dev, const struct netdev_hw_addr_list *mc)\n{\n}\n",
	      "static struct some_quite_long_type_name *\n"
	      "f(struct another_long_name *dev, const struct netdev_hw_addr_list *mc)\n{\n}\n",
	      "a long type goes on its own line");
	check("void g(void)\n{\n\tops->f(a,\n\t  b);\n}\n",
	      "void g(void)\n{\n\tops->f(a,\n\t  b);\n}\n",
	      "void g(void)\n{\n\tops->f(a,\n\t  b);\n}\n",
	      "a member of that name is another function");
}

static void check_bodies(void)
{
	check("static void x_set_rx_mode(struct net_device *dev) { }\n",
	      "static int x_set_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc, struct netdev_hw_addr_list *mc) { return 0;\n}\n",
	      "static int x_set_rx_mode(struct net_device *dev,\n"
	      "\t\t\t struct netdev_hw_addr_list *uc,\n"
	      "\t\t\t struct netdev_hw_addr_list *mc)\n"
	      "{\n\treturn 0;\n}\n",
	      "a body on its header's line");
	check("void g(void)\n{\n\tif (a)\n\t\tnetdev_for_each_mc_addr(ha, dev)\n\t\t\tb;\n}\n",
	      "void g(void)\n{\n\tif (a)\n\t{netdev_hw_addr_list_for_each(ha, mc)\n\t\t\tb;\n\t}\n}\n",
	      "void g(void)\n{\n\tif (a) {\n\t\tnetdev_hw_addr_list_for_each(ha, mc)\n\t\t\tb;\n\t}\n}\n",
	      "a brace that spatch put in");
	check("\t.ndo_set_rx_mode = f,\t/* c */\n",
	      "\t.ndo_set_rx_mode_async = f,\n\t\t/* c */\n",
	      "\t.ndo_set_rx_mode_async = f,\t/* c */\n",
	      "a comment goes back to its line");
	check("\ta;\n\t/* c */\n\tb;\t/* c */\n",
	      "\ta;\n\t/* c */\n\tb;\t/* c */\n",
	      "\ta;\n\t/* c */\n\tb;\t/* c */\n",
	      "one that stood on its own line stays there");
	check("a;\r\nb;\r\n", "a;\r\nc;\nb;\r\n", "a;\r\nc;\r\nb;\r\n",
	      "lines that end with CR and LF");
	check("a;\r\nb;\n", "a;\r\nc;\nb;\n", "a;\r\nc;\nb;\n",
	      "not where only some did");
}

static void check_held(void)
{
	check("/** y - z */\nvoid y(int a)\n{\n}\n",
	      "/** y - z */\nvoid __y(int a)\n{\n}\nint y(int a, int uc, int mc)\n"
	      "{\n    l(a);\n    __y(a);   return 0;\n}\n",
	      "/** __y - z */\nvoid __y(int a)\n{\n}\n\n"
	      "int y(int a, int uc, int mc)\n{\n\tl(a);\n\t__y(a);\n\n"
	      "\treturn 0;\n}\n",
	      "a body that got another name, and the function around it");
	check("/** yes - z */\nvoid y(int a)\n{\n}\n",
	      "/** yes - z */\nvoid __y(int a)\n{\n}\n",
	      "/** yes - z */\nvoid __y(int a)\n{\n}\n",
	      "another name that begins like it");
}

static void check_columns(void)
{
	ok(layout_column("a\tb\t\tc", 5) == 24, "tabs are eight wide");
	ok(layout_column("abc\n\tx", 5) == 8, "columns begin with the line");
	check("\t\tupdate(a, count(dev));\n",
	      "\t\tupdate(a,\n\t               count(mc));\n",
	      "\t\tupdate(a,\n\t\t       count(mc));\n",
	      "the right column is reached by tabs");
	check("\t.ndo_set_rx_mode\t= f,\n", "\t.ndo_set_rx_mode_async\t= f,\n",
	      "\t.ndo_set_rx_mode_async\t= f,\n", "tabs that still do");
	check("\t.ndo_set_rx_mode      = f,\n",
	      "\t.ndo_set_rx_mode_async      = f,\n",
	      "\t.ndo_set_rx_mode_async = f,\n", "spaces up to the column");
	check("\t.ndo_set_rx_mode_async = e,\n\t.ndo_set_rx_mode\t\t= f,\n",
	      "\t.ndo_set_rx_mode_async = e,\n\t.ndo_set_rx_mode_async\t\t= f,\n",
	      "\t.ndo_set_rx_mode_async = e,\n\t.ndo_set_rx_mode_async\t\t= f,\n",
	      "a member that was async before is left alone");
}

static void check_docs(void)
{
	check("/**\n * f - x\n * @a: b\n */\nvoid f(int a)\n{\n}\n",
	      "/**\n * f - x\n * @a: b\n */\nvoid f(int a, int mc)\n{\n}\n",
	      "/**\n * f - x\n * @a: b\n * @mc: multicast addresses\n */\n"
	      "void f(int a, int mc)\n{\n}\n",
	      "kernel-doc gets the new parameter");
	check("/* netif_tx_lock held. */\nvoid f(int a)\n{\n}\n",
	      "/* netif_tx_lock held. */\nvoid f(int a, int mc)\n{\n}\n",
	      "/* netif_tx_lock held. */\nvoid f(int a, int mc)\n{\n}\n",
	      "a helper may still be called under that lock");
	check("/* f - x\n * @a: b\n */\nvoid f(int a)\n{\n}\n",
	      "/* f - x\n * @a: b\n */\nvoid f(int a, int mc)\n{\n}\n",
	      "/* f - x\n * @a: b\n */\nvoid f(int a, int mc)\n{\n}\n",
	      "another comment does not");
}

/* How many; with `stale`, those that may go. */
static size_t comments(const struct strbuf *text, bool stale)
{
	struct ctokens ts;
	size_t n = 0;

	ctokens_read(&ts, sb_str(text), text->len, true);
	for (size_t i = 0; i < ts.n; i++)
		n += ts.v[i].kind == TOK_COMMENT &&
		     (!stale || stale_claims(ts.text + ts.v[i].off,
					     ts.v[i].len));
	ctokens_free(&ts);
	return n;
}

static bool keeps_tokens(const struct strbuf *raw, const char *old, size_t len)
{
	struct strbuf text = {0};
	struct ctokens a, b;
	bool same;

	sb_add(&text, sb_str(raw), raw->len);
	layout_text(&text, old, len, funcs, ARRAY_SIZE(funcs));
	ctokens_read(&a, sb_str(raw), raw->len, false);
	ctokens_read(&b, sb_str(&text), text.len, false);
	same = ctokens_same(&a, &b);
	for (size_t i = 0; !same && i < a.n && i < b.n; i++) {
		char *x = ctoken_dup(&a, i), *y = ctoken_dup(&b, i);

		if (strcmp(x, y)) {
			printf("# token %zu: '%s' became '%s'\n", i, x, y);
			i = a.n;
		}
		free(x);
		free(y);
	}
	ctokens_free(&a);
	ctokens_free(&b);
	if (comments(&text, false) + comments(raw, true) <
	    comments(raw, false)) {
		printf("# a comment is lost\n");
		same = false;
	}
	if (!same)
		printf("# %s\n# became\n# %s\n", sb_str(raw), sb_str(&text));
	sb_free(&text);
	return same;
}

static size_t lost, touched;

static void look(const char *path, const struct strbuf *text)
{
	struct strbuf copy = {0};

	if (!keeps_tokens(text, "", 0)) {
		printf("# %s\n", path);
		lost++;
	}
	/* Without functions that changed, nothing is touched. */
	sb_add(&copy, sb_str(text), text->len);
	layout_text(&copy, sb_str(text), text->len, NULL, 0);
	if (copy.len != text->len || strcmp(sb_str(&copy), sb_str(text))) {
		printf("# %s\n", path);
		touched++;
	}
	sb_free(&copy);
}

int main(void)
{
	check_parameters();
	check_bodies();
	check_held();
	check_columns();
	check_docs();
	ok(each_case(".c", look) > 50 && each_case(".res", look) > 30 && !lost,
	   "tokens of the cases are kept");
	ok(!touched, "what did not change is not touched");
	for (int i = 0; i < 1500; i++) {
		struct strbuf raw = {0}, old = {0};

		rand_c(&raw, rand_below(60));
		rand_c(&old, rand_below(60));
		lost += !keeps_tokens(&raw, sb_str(&old), old.len);
		sb_free(&raw);
		sb_free(&old);
	}
	ok(!lost, "tokens of 1500 random texts are kept");
	return done_testing();
}
