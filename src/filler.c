// SPDX-License-Identifier: GPL-2.0-only
#include "filler.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void filler_set(struct filler *f, const char *name, const char *value)
{
	f->names[f->count] = name;
	f->values[f->count++] = value;
}

static void fill(struct filler *f, const char *text)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", ++f->number);
	filler_set(f, "n", number);
	for (const char *p = text; *p;) {
		const char *close;
		size_t i;

		if (p[0] != '$' || p[1] != '{' || !(close = strchr(p, '}'))) {
			sb_addc(f->out, *p++);
			continue;
		}
		for (i = 0; i < f->count; i++)
			if (!strncmp(p + 2, f->names[i],
				     (size_t)(close - p - 2)) &&
			    !f->names[i][close - p - 2])
				break;
		if (i < f->count)
			sb_adds(f->out, f->values[i]);
		else
			f->error = -EINVAL;
		p = close + 1;
	}
	f->count = 0;
}

void filler_piece(struct filler *f, const char *name)
{
	char *path = xasprintf("%s/pieces/%s.cocci", f->dir, name);
	struct strbuf text = {0};
	int ret = file_read(path, &text);

	if (!ret) {
		sb_addc(f->out, '\n');
		fill(f, sb_str(&text));
		ret = f->error;
	}
	if (ret && !f->error)
		f->error = ret;
	if (ret)
		err("%s: %s: reinstall rxasync or set RXASYNC_COCCI to its cocci folder",
		    path, strerror(-ret));
	sb_free(&text);
	free(path);
}
