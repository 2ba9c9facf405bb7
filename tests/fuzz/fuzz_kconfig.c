// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any text as a Kconfig file, and as a .config. */
#include <stdlib.h>

#include "kconfig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct dotconfig *dc = dotconfig_parse(text);
	struct kconfig kc = {0};

	kconfig_parse(&kc, "Kconfig", text);
	kconfig_sort(&kc);
	for (size_t i = 0; i < kc.count && i < 50; i++) {
		char *why = kconfig_why_off(&kc, dc, "x86_64",
					    kc.defs[i].name);

		if (!starts_with(why, "CONFIG_"))
			abort();
		free(why);
	}
	kconfig_free(&kc);
	dotconfig_free(dc);
	free(text);
	return 0;
}
