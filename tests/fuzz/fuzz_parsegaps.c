// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any output of spatch as parse gaps, and as a failure. */
#include <stdlib.h>

#include "spatch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct job *job = job_new("spatch", NULL);
	struct parse_gaps gaps = {0};
	char *why;

	parse_gaps_read(&gaps, "x.c", text);
	for (size_t i = 0; i < gaps.n; i++)
		if (gaps.v[i].from > gaps.v[i].line ||
		    gaps.v[i].to < gaps.v[i].line)
			abort();
	parse_gaps_free(&gaps);
	sb_adds(&job->err, text);
	why = spatch_failure(job);
	free(why);
	job_free(job);
	free(text);
	return 0;
}
