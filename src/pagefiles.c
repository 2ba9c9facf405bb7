// SPDX-License-Identifier: GPL-2.0-only
/* What lies in a unit's folder: patch, semantic patch, logs; and by hand. */
#include "page.h"

#include <stdlib.h>

#include "diffhtml.h"
#include "html.h"
#include "job.h"

#define DIFF_LIMIT (512 << 10)
#define COCCI_LIMIT (64 << 10)
#define LOG_HEAD 12
#define LOG_TAIL 28

static void file_link(struct strbuf *out, const struct unit *u,
		      const char *file)
{
	sb_adds(out, "<a class=m href=\"units/");
	html_url(out, u->name);
	html_addf(out, "/%s\">%s</a>", file, file);
}

static void patch(struct strbuf *out, const struct session *s,
		  const struct unit *u)
{
	char *path = unit_path(s, u, "convert.patch");
	struct strbuf text = {0};
	struct diffstat st;

	if (!file_read(path, &text)) {
		diff_stat(&st, sb_str(&text), text.len);
		html_addf(out, "<h3>Patch</h3><p class=dim>%zu file%s, "
			       "%zu lines added, %zu removed: ",
			  st.files, st.files == 1 ? "" : "s", st.added,
			  st.removed);
		file_link(out, u, "convert.patch");
		sb_adds(out, "</p>\n");
		diff_html(out, sb_str(&text), text.len, DIFF_LIMIT);
	}
	sb_free(&text);
	free(path);
}

/* A file of the unit's folder in a <details>, if it is there. */
static void text_file(struct strbuf *out, const struct session *s,
		      const struct unit *u, const char *file, bool is_log)
{
	char *path = unit_path(s, u, file);
	struct strbuf text = {0};

	if (!file_read(path, &text) && text.len) {
		html_addf(out, "<details><summary>%s</summary>\n", file);
		sb_adds(out, "<p class=dim>The whole file: ");
		file_link(out, u, file);
		sb_adds(out, "</p>\n");
		if (is_log) {
			log_html(out, text.buf, text.len, LOG_HEAD, LOG_TAIL);
		} else {
			size_t n = text.len;

			n = n < COCCI_LIMIT ? n : COCCI_LIMIT;
			sb_adds(out, "<pre>");
			html_text(out, text.buf, n);
			sb_adds(out, "</pre>\n");
			if (n < text.len)
				html_addf(out, "<p class=cut>Cut here: %zu of "
					       "%zu bytes are shown.</p>\n",
					  n, text.len);
		}
		sb_adds(out, "</details>\n");
	}
	sb_free(&text);
	free(path);
}

static void command(struct strbuf *out, struct job *job)
{
	char *line = job_command(job);

	html_addf(out, "%s\n", line);
	free(line);
	job_free(job);
}

void page_by_hand(struct strbuf *out, const struct session *s,
		    const struct unit *u, bool patched)
{
	static const char *const again[] = {"convert", "build", "boot"};
	struct job *job;

	sb_adds(out, "<h3>By hand</h3><pre>");
	if (patched) {
		char *cocci = unit_path(s, u, "convert.cocci");
		char *patch = unit_path(s, u, "convert.patch");

		job = job_new("spatch", "--sp-file", cocci, NULL);
		sv_addv(&job->argv, &u->files);
		job->dir = xstrdup(s->tree);
		command(out, job);
		command(out, job_new("git", "-C", s->tree, "apply", "--check",
				     patch, NULL));
		free(cocci);
		free(patch);
	} else {
		command(out, job_new("rxasync", "-t", s->tree, "-w", s->ws,
				     "scan", u->name, NULL));
	}
	for (size_t i = 0; u->verdict == CONVERTED && i < ARRAY_SIZE(again); i++)
		command(out, job_new("rxasync", "-t", s->tree, "-w", s->ws,
				     again[i], u->name, NULL));
	sb_adds(out, "</pre>\n");
}

void page_files(struct strbuf *out, const struct session *s,
		const struct unit *u, bool patched)
{
	if (patched)
		patch(out, s, u);
	else if (u->verdict == CONVERTED)
		sb_adds(out, "<p class=not-run>not run: no patch was made "
			     "yet</p>\n");
	if (u->convert) {
		text_file(out, s, u, "convert.cocci", false);
		text_file(out, s, u, "convert.log", true);
	}
	if (u->build)
		text_file(out, s, u, "build.log", true);
}
