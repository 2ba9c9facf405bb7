// SPDX-License-Identifier: GPL-2.0-only
#include "patch.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* format-patch cuts its names so, ".patch" included. */
#define NAME_MAX_LENGTH 64

void patch_free(struct patch *p)
{
	for (size_t i = 0; i < p->file_count; i++) {
		free(p->files[i].path);
		free(p->files[i].mode);
		free(p->files[i].before);
		free(p->files[i].after);
	}
	free(p->files);
	free(p->text);
	free(p->subject);
	free(p->log);
	free(p->commit);
	free(p->name);
	json_decref(p->checkpatch);
	sv_free(&p->to);
	sv_free(&p->cc);
	*p = (struct patch){0};
}

/* The path of a "+++ b/path" line, without a time stamp; NULL for others. */
static char *new_path(const char *line, size_t n)
{
	size_t len;

	if (n < 7 || strncmp(line, "+++ b/", 6))
		return NULL;
	len = strcspn(line + 6, "\t\n");
	return xstrndup(line + 6, len < n - 6 ? len : n - 6);
}

/* What the reader of a diff knows at a line. */
struct diff_reader {
	char *path;
	int old_line, new_line;	/* of the line to come */
	int old_left, new_left;	/* still to come in this hunk */
	bool in_block;
};

static bool hunk_start(struct diff_reader *r, const char *line)
{
	int old_line, new_line, old_count = 1, new_count = 1, n = 0;

	if (sscanf(line, "@@ -%d%n", &old_line, &n) < 1)
		return false;
	line += n;
	if (*line == ',' && sscanf(line, ",%d%n", &old_count, &n) == 1)
		line += n;
	if (sscanf(line, " +%d%n", &new_line, &n) < 1)
		return false;
	line += n;
	if (*line == ',' && sscanf(line, ",%d", &new_count) != 1)
		return false;
	if (old_count < 0 || new_count < 0)
		return false;
	r->old_line = old_line;
	r->new_line = new_line;
	r->old_left = old_count;
	r->new_left = new_count;
	r->in_block = false;
	return true;
}

static void hunk_line(struct diff_reader *r, struct diff_blocks *bs, char sign)
{
	struct diff_block *b;

	if (sign == '\\')
		return;
	if (sign != '+' && sign != '-') {
		r->in_block = false;
		r->old_line++;
		r->new_line++;
		r->old_left--;
		r->new_left--;
		return;
	}
	if (!r->in_block) {
		GROW(bs->v, bs->n, bs->cap);
		bs->v[bs->n++] = (struct diff_block){xstrdup(r->path),
						     r->old_line, 0,
						     r->new_line, 0};
		r->in_block = true;
	}
	b = &bs->v[bs->n - 1];
	if (sign == '+') {
		b->new_count++;
		r->new_line++;
		r->new_left--;
	} else {
		b->old_count++;
		r->old_line++;
		r->old_left--;
	}
}

/* One pass over a diff, for its paths, its changed runs or both. */
static void read_diff(const char *diff, struct strvec *paths,
		      struct diff_blocks *bs)
{
	struct diff_reader r = {0};
	char *path;

	while (*diff) {
		size_t n = strcspn(diff, "\n");

		if (r.old_left > 0 || r.new_left > 0) {
			hunk_line(&r, bs, *diff);
		} else if ((path = new_path(diff, n))) {
			free(r.path);
			r.path = path;
			if (paths)
				sv_add_once(paths, path);
		} else if (r.path && starts_with(diff, "@@ ")) {
			hunk_start(&r, diff);
		}
		diff += n + (diff[n] == '\n');
	}
	free(r.path);
}

void diff_paths(const char *diff, struct strvec *paths)
{
	struct diff_blocks bs = {0};

	read_diff(diff, paths, &bs);
	diff_blocks_free(&bs);
}

void diff_blocks_read(struct diff_blocks *bs, const char *diff)
{
	read_diff(diff, NULL, bs);
}

void diff_blocks_free(struct diff_blocks *bs)
{
	for (size_t i = 0; i < bs->n; i++)
		free(bs->v[i].path);
	free(bs->v);
	*bs = (struct diff_blocks){0};
}

void diff_old_lines(const struct diff_blocks *bs, const char *path, int line,
		    int *first, int *count)
{
	int shift = 0;

	*count = 1;
	for (size_t i = 0; i < bs->n; i++) {
		const struct diff_block *b = &bs->v[i];

		if (strcmp(b->path, path) || b->new_line > line)
			continue;
		if (line < b->new_line + b->new_count) {
			*first = b->old_line;
			*count = b->old_count;
			return;
		}
		shift = b->old_line + b->old_count - b->new_line -
			b->new_count;
	}
	*first = line + shift;
}

char *patch_file_name(size_t number, const char *subject)
{
	struct strbuf sb = {0};
	size_t start;

	sb_addf(&sb, "%04zu-", number);
	start = sb.len;
	for (; *subject; subject++) {
		char c = *subject;

		if (!isalnum((unsigned char)c) && c != '.' && c != '_')
			c = '-';
		if (c == '-' && (sb.len == start || ends_with(sb.buf, "-")))
			continue;
		sb_addc(&sb, c);
	}
	while (sb.len > NAME_MAX_LENGTH - strlen(".patch") ||
	       (sb.len > start && strchr("-.", sb.buf[sb.len - 1])))
		sb.buf[--sb.len] = '\0';
	sb_adds(&sb, ".patch");
	return sb_detach(&sb);
}
