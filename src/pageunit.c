// SPDX-License-Identifier: GPL-2.0-only
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "report.h"
#include "tally.h"

#define FILES_SHOWN 4

static const char *field(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static size_t dir_len(const char *path)
{
	return (size_t)(base_name(path) - path);
}

static void files_cell(struct strbuf *out, const struct unit *u)
{
	const char *dir = "";

	sb_adds(out, "<td class=m>");
	for (size_t i = 0; i < u->files.n && i < FILES_SHOWN; i++) {
		const char *file = u->files.v[i];
		size_t len = dir_len(file);

		if (dir_len(dir) != len || strncmp(dir, file, len)) {
			sb_adds(out, i ? "<br><span class=dim>" :
					 "<span class=dim>");
			html_text(out, file, len);
			sb_adds(out, "<wbr></span>");
			dir = file;
		}
		html_addf(out, "%s ", base_name(file));
	}
	if (u->files.n > FILES_SHOWN)
		html_addf(out, "<span class=dim>and %zu more</span>",
			  u->files.n - FILES_SHOWN);
	sb_adds(out, "</td>");
}

static void class_cell(struct strbuf *out, const struct unit *u)
{
	struct strvec classes = {0};

	sb_adds(out, "<td data-l=class>");
	for (size_t i = 0; i < u->assignment_count; i++)
		if (sv_add_once(&classes, u->assignments[i].class))
			html_addf(out, "%s%s", classes.n > 1 ? ", " : "",
				  u->assignments[i].class);
	sb_adds(out, "</td>");
	sv_free(&classes);
}

static void row(struct strbuf *out, const struct unit *u)
{
	const json_t *wave = json_object_get(u->series, "wave");
	enum stage_result build = stage_of(u, STAGE_BUILD);
	enum stage_result boot = stage_of(u, STAGE_BOOT);
	size_t warnings = unit_new_warnings(u);

	html_addf(out,
		  "<tr class=row><th scope=row><span class=name>%s</span>"
		  "<br><span class=\"m dim\">%s</span></th>",
		  u->name, u->config ? u->config : "no CONFIG symbol found");
	files_cell(out, u);
	html_addf(out, "<td data-l=status>%s</td>", u->status ? u->status : "-");
	class_cell(out, u);
	sb_adds(out, "<td>");
	page_verdict(out, u->verdict);
	if (stage_of(u, STAGE_CONVERT) == STAGE_NOT_RUN)
		sb_adds(out, " <span class=not-run>planned</span>");
	html_addf(out, "</td><td class=m data-l=reason>%s</td>",
		  u->reason ? u->reason : "-");
	html_addf(out, "<td data-l=build><span class=%s>%s</span>",
		  stage_word(build),
		  build == STAGE_NONE ? "-" : stage_word(build));
	if (warnings)
		html_addf(out, " <span class=w>%zu new warning%s</span>",
			  warnings, warnings == 1 ? "" : "s");
	if (boot != STAGE_NONE && boot != STAGE_NOT_RUN)
		html_addf(out, "<br>boot <span class=%s>%s</span>",
			  stage_word(boot), stage_word(boot));
	sb_adds(out, "</td><td class=n data-l=wave>");
	if (json_is_integer(wave))
		html_addf(out, "%d", (int)json_integer_value(wave));
	else
		sb_adds(out, "-");
	sb_adds(out, "</td></tr>\n");
}

static void why(struct strbuf *out, const struct unit *u)
{
	const struct reason *r = reason_find(u->reason);
	const char *text = field(u->convert, "description");

	if (r)
		html_addf(out, "<p>%s: <code>%s</code>, %s.</p>\n",
			  verdict_name(u->verdict), r->code, r->text);
	if (text && *text && u->note && *u->note && strcmp(text, u->note))
		html_addf(out, "<p>%s</p>\n", text);
	if (u->subsystem)
		html_addf(out, "<p class=dim>MAINTAINERS: %s (%s)</p>\n",
			  u->subsystem, u->status ? u->status : "no status");
	if (u->files.n > FILES_SHOWN) {
		sb_adds(out, "<p class=\"m dim\">");
		for (size_t i = 0; i < u->files.n; i++)
			html_addf(out, "%s ", u->files.v[i]);
		sb_adds(out, "</p>\n");
	}
}

static void assignments(struct strbuf *out, const struct unit *u)
{
	sb_adds(out, "<h3>Assignments</h3><div class=wide><table><thead><tr>"
		     "<th scope=col>Place<th scope=col>Ops<th scope=col>"
		     "Callback<th scope=col>Form<th scope=col>Class"
		     "<th scope=col>Verdict<th scope=col>Reason</tr></thead>"
		     "<tbody>\n");
	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];

		html_addf(out,
			  "<tr><th scope=row class=m>%s:%d</th>"
			  "<td class=m>%s</td><td class=m>%s</td><td>%s</td>"
			  "<td>%s</td><td>",
			  a->file, a->line, a->ops, a->callback, a->form,
			  a->class);
		page_verdict(out, a->verdict);
		html_addf(out, "</td><td class=m>%s</td></tr>\n",
			  a->reason ? a->reason : "-");
		if (a->note && *a->note &&
		    (!u->note || strcmp(a->note, u->note)))
			html_addf(out, "<tr><td colspan=7 class=dim>%s</td>"
				       "</tr>\n",
				  a->note);
	}
	sb_adds(out, "</tbody></table></div>\n");
}

static int compare_hazards(const void *a, const void *b)
{
	const struct hazard *const *x = a, *const *y = b;
	int order = hazard_id_compare((*x)->id, (*y)->id);

	return order ? order : (*x > *y) - (*x < *y);
}

static void hazards(struct strbuf *out, const struct unit *u)
{
	const struct hazard **sorted;

	if (!u->hazards.n) {
		sb_adds(out, "<h3>Hazards</h3><p class=dim>None noted.</p>\n");
		return;
	}
	sorted = xcalloc(u->hazards.n, sizeof(*sorted));
	for (size_t i = 0; i < u->hazards.n; i++)
		sorted[i] = &u->hazards.v[i];
	qsort(sorted, u->hazards.n, sizeof(*sorted), compare_hazards);
	sb_adds(out, "<h3>Hazards</h3><div class=wide><table><thead><tr>"
		     "<th scope=col>Id<th scope=col>Hazard<th scope=col>"
		     "Place<th scope=col>Outcome<th scope=col>Note</tr></thead>"
		     "<tbody>\n");
	for (size_t i = 0; i < u->hazards.n; i++) {
		const struct hazard *h = sorted[i];

		html_addf(out,
			  "<tr><th scope=row class=m>%s</th><td>%s</td>"
			  "<td class=m>%s</td><td class=%s>%s</td><td>%s</td>"
			  "</tr>\n",
			  h->id, hazard_title(h->id), h->at,
			  outcome_name(h->outcome), outcome_name(h->outcome),
			  h->note);
	}
	sb_adds(out, "</tbody></table></div>\n");
	free(sorted);
}

static void not_run(struct strbuf *out, const char *what)
{
	html_addf(out, "<p class=not-run>not run: %s</p>\n", what);
}

static void list(struct strbuf *out, const json_t *strings)
{
	const json_t *e;
	size_t i;

	sb_adds(out, "<ul class=\"m w\">");
	json_array_foreach(strings, i, e)
		html_addf(out, "<li>%s</li>", json_string_value(e));
	sb_adds(out, "</ul>\n");
}

/* checkpatch's, as {"level", "type", "message", "at", "ours"} or as lines. */
static void remark_list(struct strbuf *out, const json_t *remarks)
{
	const json_t *r;
	size_t i;

	sb_adds(out, "<ul class=m>");
	json_array_foreach(remarks, i, r) {
		bool ours = remark_is_ours(r);

		html_addf(out, "<li class=%s>", ours ? "w" : "dim");
		if (json_is_string(r))
			html_addf(out, "%s", json_string_value(r));
		else
			html_addf(out, "%s: %s: %s %s", field(r, "level"),
				  field(r, "type"), field(r, "message"),
				  field(r, "at"));
		sb_adds(out, ours ? "</li>" : " (the old lines, too)</li>");
	}
	sb_adds(out, "</ul>\n");
}

/* What sparse and the comparison of the objects looked at. */
static void evidence(struct strbuf *out, const json_t *e)
{
	const json_t *c = json_object_get(e, "compared");
	const json_t *sparse = json_object_get(e, "sparse");
	const json_t *unexplained = json_object_get(c, "unexplained");

	if (!json_array_size(json_object_get(e, "objects")))
		return;
	html_addf(out, "<p>%zu objects, sparse ran on %zu, %zu compared</p>\n",
		  json_array_size(json_object_get(e, "objects")),
		  json_array_size(json_object_get(sparse, "checked")),
		  json_array_size(json_object_get(c, "objects")));
	if (json_array_size(unexplained)) {
		sb_adds(out, "<p>Differ, and the plan does not change them:"
			     "</p>\n");
		list(out, unexplained);
	}
	if (json_array_size(json_object_get(c, "changed"))) {
		sb_adds(out, "<p>Functions that differ, as planned:</p>\n");
		list(out, json_object_get(c, "changed"));
	}
	if (json_array_size(json_object_get(c, "inlined"))) {
		sb_adds(out, "<p>Functions that differ by inlining:</p>\n");
		list(out, json_object_get(c, "inlined"));
	}
}

/* The results of a build: what it ran on in two words, then how. */
static void results(struct strbuf *out, const json_t *array, const char *a,
		    const char *b)
{
	const json_t *e;
	size_t i;

	json_array_foreach(array, i, e) {
		const char *x = field(e, a), *y = field(e, b);
		const char *why_not = field(e, "why");
		enum stage_result r = stage_parse(field(e, "result"));
		const json_t *warnings = json_object_get(e, "new_warnings");

		html_addf(out, "<p><span class=m>%s %s</span> "
			       "<span class=%s>%s</span>%s%s",
			  x ? x : "unknown", y ? y : "", stage_word(r),
			  stage_word(r), why_not && *why_not ? ": " : "",
			  why_not);
		if (r == STAGE_PASS && warnings && !json_array_size(warnings))
			sb_adds(out, ", no new warning");
		sb_adds(out, "</p>\n");
		if (json_array_size(warnings))
			list(out, warnings);
		evidence(out, e);
	}
}

static void tests(struct strbuf *out, const struct unit *u)
{
	const json_t *build = json_object_get(u->build, "build");
	const json_t *boot = json_object_get(u->boot, "boot");
	const json_t *remarks = json_object_get(u->series, "checkpatch");
	const char *mail = field(u->series, "patch");

	sb_adds(out, "<h3>Build</h3>\n");
	results(out, build, "arch", "config");
	if (!json_array_size(build))
		not_run(out, "it was not compiled");
	sb_adds(out, "<h3>Boot</h3>\n");
	page_boot(out, u);
	if (!json_array_size(boot))
		not_run(out, "it was not booted");
	sb_adds(out, "<h3>checkpatch</h3>\n");
	if (!json_is_array(remarks))
		not_run(out, "no mailable patch was made");
	else if (json_array_size(remarks))
		remark_list(out, remarks);
	else
		sb_adds(out, "<p class=pass>no remark</p>\n");
	if (mail) {
		sb_adds(out, "<p class=dim>To mail: <a class=m href=\"");
		html_url(out, mail);
		html_addf(out, "\">%s</a></p>\n", mail);
	}
}

/* For the script's filters: what the row says, as words. */
static void open_tbody(struct strbuf *out, const struct unit *u)
{
	struct strvec ids = {0}, codes = {0};

	sb_adds(out, "<tbody id=\"u-");
	html_addf(out, "%s\" data-v=%s data-b=%s data-n=%zu data-d=\"", u->name,
		  verdict_name(u->verdict),
		  stage_word(stage_of(u, STAGE_BUILD)), u->assignment_count);
	for (size_t i = 0; i < u->files.n; i++)
		html_addf(out, "%s%s", i ? " " : "", u->files.v[i]);
	sb_adds(out, "\" data-r=\"");
	sv_add(&codes, u->reason ? u->reason : "-");
	for (size_t i = 0; i < u->assignment_count; i++)
		sv_add_once(&codes, u->assignments[i].reason ?
				    u->assignments[i].reason : "-");
	for (size_t i = 0; i < codes.n; i++)
		html_addf(out, "%s%s", i ? " " : "", codes.v[i]);
	sb_adds(out, "\" data-h=\"");
	for (size_t i = 0; i < u->hazards.n; i++)
		if (sv_add_once(&ids, u->hazards.v[i].id))
			html_addf(out, "%s%s", ids.n > 1 ? " " : "",
				  u->hazards.v[i].id);
	sb_adds(out, "\">\n");
	sv_free(&ids);
	sv_free(&codes);
}

/* What can be read without opening it: why, or how many hazards. */
static void summary(struct strbuf *out, const struct unit *u)
{
	const char *text = field(u->convert, "description"), *comma = " ";
	size_t places[OUTCOMES] = {0};

	if (u->note && *u->note)
		text = u->note;
	if (text && *text) {
		html_addf(out, "%s", text);
		return;
	}
	for (size_t i = 0; i < u->hazards.n; i++)
		places[u->hazards.v[i].outcome]++;
	sb_adds(out, u->hazards.n ? "hazards:" : "no hazard noted");
	for (int o = OPEN; o >= RULED_OUT; o--) {
		if (!places[o])
			continue;
		html_addf(out, "%s%zu %s", comma, places[o], outcome_name(o));
		comma = ", ";
	}
}

void page_unit(struct strbuf *out, const struct session *s,
	       const struct unit *u)
{
	char *patch = report_patch(s, u);

	open_tbody(out, u);
	row(out, u);
	html_addf(out, "<tr><td colspan=%d><details><summary>", PAGE_COLUMNS);
	summary(out, u);
	sb_adds(out, "</summary>\n<div class=inside>\n");
	why(out, u);
	assignments(out, u);
	hazards(out, u);
	if (u->verdict == CONVERTED || u->build)
		tests(out, u);
	page_files(out, s, u, patch != NULL);
	page_by_hand(out, s, u, patch != NULL);
	sb_adds(out, "</div></details></td></tr>\n</tbody>\n");
	free(patch);
}
