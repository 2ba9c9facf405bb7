// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any JSON as a unit; what is taken is written the same again. */
#include <stdlib.h>

#include "model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *j = json_loadb((const char *)data, size, JSON_DECODE_ANY, NULL);
	struct model m = {0}, n = {0};

	if (!j)
		return 0;
	if (!unit_from_json(&m, j)) {
		json_t *a = unit_to_json(m.units[0]), *b;

		if (!a || unit_from_json(&n, a))
			abort();
		b = unit_to_json(n.units[0]);
		if (!json_equal(a, b))
			abort();
		json_decref(a);
		json_decref(b);
	}
	model_sort(&m);
	model_free(&m);
	model_free(&n);
	json_decref(j);
	return 0;
}
