/* SPDX-License-Identifier: GPL-2.0-only */
/* Random texts, the same ones in each run, and the cases of tests/cocci. */
#ifndef RAND_H
#define RAND_H

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

static uint64_t rand_state = 88172645463325252ull;

static inline unsigned rand_below(unsigned n)
{
	rand_state ^= rand_state << 13;
	rand_state ^= rand_state >> 7;
	rand_state ^= rand_state << 17;
	return (unsigned)(rand_state >> 32) % n;
}

/* Adds some pieces of C, most of them in no order that makes sense. */
static inline void rand_c(struct strbuf *sb, unsigned pieces)
{
	static const char *const words[] = {
		"static void x_set_rx_mode(struct net_device *dev)\n{\n", "}\n",
		"netdev_for_each_mc_addr(ha, dev)", "netdev_uc_count(dev)",
		"\t.ndo_set_rx_mode = x_set_rx_mode,\n", "dev->mc.count", "if (",
		"return;", "return 0;", ";\n", "{", "}", "(", ")", "[", "]", ",",
		"\n", "\n\t", " ", "/* c */", "/**\n * f - x\n * @dev: d\n */\n",
		"// d\n", "/*", "*/", "#define M(a) \\\n\ta\n", "#if 0\n",
		"#else\n", "#endif\n", "#include \"a.h\"\n", "\"str\\\"ing\"",
		"'c'", "\"", "'", "\\\n", "->", "ops->ndo_set_rx_mode(dev)",
		"static const struct net_device_ops o = {\n", "};\n", "f(a, b)",
		"__dev_mc_sync(dev, a, b)", "&dev->mc", "x = ", "+", "\r\n",
		"EXPORT_SYMBOL(f);\n", "int f(struct net_device *dev, int n)\n",
		"\tnetdev_hw_addr_list_for_each(ha, mc)\n", "\xc3\xa9", "\001",
		"x_set_rx_mode(dev, uc, mc)", "__hw_addr_sync_dev(mc, dev,\n a, b)",
		".ndo_set_rx_mode_async = x", "	aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"&&", "||", "?", ":", "\t\t\t\t\t\t\t", "do", "while", "else\n",
	};

	while (pieces--)
		sb_adds(sb, words[rand_below(ARRAY_SIZE(words))]);
}

/* Calls fn with each file of tests/cocci that ends so; how many there were. */
static inline size_t each_case(const char *suffix,
			       void (*fn)(const char *path,
					  const struct strbuf *text))
{
	const char *slash = strrchr(__FILE__, '/');
	char *dir = xasprintf("%.*s/../cocci", (int)(slash - __FILE__),
			      __FILE__);
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t n = 0;

	while (d && (e = readdir(d))) {
		char *path = xasprintf("%s/%s", dir, e->d_name);
		struct strbuf text = {0};

		if (ends_with(e->d_name, suffix) && !file_read(path, &text)) {
			fn(path, &text);
			n++;
		}
		sb_free(&text);
		free(path);
	}
	if (d)
		closedir(d);
	free(dir);
	return n;
}

#endif
