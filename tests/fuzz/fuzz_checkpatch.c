// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any text as a diff, as checkpatch's and get_maintainer's words. */
#include <stdlib.h>

#include "checkpatch.h"
#include "patch.h"
#include "recipients.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct complaints cs = {0}, reverse = {0};
	struct strvec paths = {0}, to = {0}, cc = {0};

	complaints_parse(&cs, text);
	complaints_parse(&reverse, text);
	complaints_compare(&cs, &reverse, text);
	diff_paths(text, &paths);
	recipients_parse(text, &to, &cc);
	for (size_t i = 0; i < cs.n; i++)
		if (!cs.v[i].level || !cs.v[i].type || !cs.v[i].message)
			abort();
	complaints_free(&cs);
	complaints_free(&reverse);
	sv_free(&paths);
	sv_free(&to);
	sv_free(&cc);
	free(text);
	return 0;
}
