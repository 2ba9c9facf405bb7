// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any text as a MAINTAINERS file, its first line as a path. */
#include <stdlib.h>
#include <string.h>

#include "maintainers.h"
#include "util.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *path = xstrndup((const char *)data, size);
	struct maintainers *m =
		maintainers_parse("/nonexistent", (const char *)data, size);
	const struct maintainer_entry *e;

	path[strcspn(path, "\n")] = '\0';
	e = maintainers_find(m, path);
	if (e && !e->title)
		abort();
	maintainers_find(m, "drivers/net/ethernet/realtek/8139too.c");
	maintainers_free(m);
	free(path);
	return 0;
}
