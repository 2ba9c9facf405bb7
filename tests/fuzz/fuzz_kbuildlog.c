// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any text as kbuild's output. */
#include <stdlib.h>

#include "kbuildlog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct kbuildlog log;

	kbuildlog_init(&log, "/src");
	kbuildlog_text(&log, text);
	for (size_t i = 0; i < log.count; i++)
		if (!ends_with(log.objects[i].object, ".o"))
			abort();
	kbuildlog_free(&log);
	free(text);
	return 0;
}
