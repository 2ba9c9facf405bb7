// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any bytes as a walk through a world of address lists. */
#include "steps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	long events[EVENTS] = {0};

	walk(data, size > 2048 ? 2048 : size, events, false);
	return 0;
}
