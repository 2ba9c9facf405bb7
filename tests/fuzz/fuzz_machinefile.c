// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any text as a machine file. */
#include <stdlib.h>

#include "machinefile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size), *why;
	struct machine m;
	int ret = machine_parse(&m, "x.machine", text, &why);

	if (!ret != !why)
		abort();
	for (size_t i = 0; !ret && i < m.nic_count; i++) {
		struct strvec argv = {0};

		machine_device(&m.nics[i], "n0", "02:00:00:00:00:01", &argv);
		if (m.nics[i].repeat < 1)
			abort();
		sv_free(&argv);
	}
	machine_free(&m);
	free(why);
	free(text);
	return 0;
}
