// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any text laid out keeps its tokens and its comments. */
#include <stdlib.h>
#include <string.h>

#include "layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t comments(const char *text, size_t len)
{
	struct ctokens ts;
	size_t n = 0;

	ctokens_read(&ts, text, len, true);
	for (size_t i = 0; i < ts.n; i++)
		n += ts.v[i].kind == TOK_COMMENT;
	ctokens_free(&ts);
	return n;
}

/* The old text, a byte 0, the new one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct layout_func funcs[] = {
		{.name = "rx", .added = 2, .is_callback = true, .has_uc = true,
		 .has_mc = true, .uc = "uc", .mc = "mc", .returns_int = true},
		{.name = "f", .added = 1, .has_mc = true, .mc = "mc"},
	};
	const uint8_t *cut = size ? memchr(data, 0, size) : NULL;
	const char *old = cut ? (const char *)data : "";
	const uint8_t *raw = cut ? cut + 1 : data;
	size_t old_len = cut ? (size_t)(cut - data) : 0;
	size_t len = size - (size_t)(raw - data);
	struct strbuf text = {0};
	struct ctokens a, b;

	if (len > 4096)
		return 0;
	sb_add(&text, raw, len);
	layout_text(&text, old, old_len, funcs, ARRAY_SIZE(funcs));
	ctokens_read(&a, (const char *)raw, len, false);
	ctokens_read(&b, sb_str(&text), text.len, false);
	if (!ctokens_same(&a, &b) ||
	    comments(sb_str(&text), text.len) !=
		    comments((const char *)raw, len))
		abort();
	ctokens_free(&a);
	ctokens_free(&b);
	sb_free(&text);
	return 0;
}
