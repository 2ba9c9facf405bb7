// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any text as a Kbuild Makefile. */
#include <stdlib.h>

#include "kmakeread.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct kmake_dir *d = kmake_parse(NULL, "drivers/net", text);

	for (size_t i = 0; i < d->n; i++)
		if (!ends_with(d->v[i].target, ".o") &&
		    !ends_with(d->v[i].target, "/"))
			abort();
	kmake_free(d);
	free(text);
	return 0;
}
