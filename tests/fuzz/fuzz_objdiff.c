// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any bytes as an ELF object, compared with itself and changed. */

#include "objdiff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An object is the same as itself, unless a place in it is broken. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf x = {0}, y = {0};
	struct objfile a, b;
	struct objdiff d = {0};

	sb_add(&x, data, size);
	sb_add(&y, data, size);
	if (size > 64)
		y.buf[64 + data[size - 1] % (size - 64)] ^= 1;
	if (!objfile_parse(&a, &x) && a.order_count)
		objfile_references(&a, a.symbols[a.order[0]].name,
				   a.symbols[a.order[a.order_count / 2]].name);
	if (!objfile_parse(&b, &y))
		objdiff_compare(&d, &a, &b, NULL);
	objdiff_free(&d);
	objfile_free(&a);
	objfile_free(&b);
	return 0;
}
