// SPDX-License-Identifier: GPL-2.0-only
#include "page.h"

#include <stdlib.h>

#include "html.h"
#include "report.h"
#include "tally.h"

void page_verdict(struct strbuf *out, enum verdict v)
{
	html_addf(out, "<span class=\"v %s\">%s</span>", verdict_name(v),
		  verdict_name(v));
}

static int per_mille(size_t part, size_t whole)
{
	return whole ? (int)((part * 1000 + whole / 2) / whole) : 0;
}

static void about(struct strbuf *out, const char *name, const char *value)
{
	html_addf(out, "<div><dt>%s</dt><dd class=m>%s</dd></div>\n", name,
		  value);
}

static void head(struct strbuf *out, const struct session *s)
{
	char *spatch = report_spatch(s);

	html_addf(out,
		  "<!DOCTYPE html>\n<html lang=en>\n<head>\n"
		  "<meta charset=utf-8>\n<meta name=viewport "
		  "content=\"width=device-width,initial-scale=1\">\n"
		  "<title>ndo_set_rx_mode_async: Linux %s</title>\n<style>\n",
		  s->version);
	sb_adds(out, page_css);
	sb_adds(out, "</style>\n</head>\n<body>\n<header>\n"
		     "<h1>From ndo_set_rx_mode to ndo_set_rx_mode_async</h1>\n"
		     "<dl class=about>\n");
	about(out, "Linux", s->version);
	about(out, "flavour of the callback", flavour_name(s->flavour));
	about(out, "tree", s->tree);
	about(out, "rxasync", RXASYNC_VERSION);
	about(out, "spatch", spatch);
	free(spatch);
	sb_adds(out, "</dl>\n</header>\n<main>\n");
}

static void number_and_bar(struct strbuf *out, size_t n, size_t whole,
			   const char *class)
{
	html_addf(out, "<td class=n>%zu</td><td class=bar>", n);
	if (n)
		html_addf(out, "<i class=%s style=\"--p:%d\"></i>", class,
			  per_mille(n, whole));
	sb_adds(out, "</td>");
}

static void verdicts(struct strbuf *out, const struct tally *t)
{
	sb_adds(out, "<div class=wide><h2>Verdicts</h2>\n<table>\n"
		     "<thead><tr><th scope=col>Verdict<th scope=col colspan=2>"
		     "Assignments<th scope=col colspan=2>Units</tr></thead>\n"
		     "<tbody>\n");
	for (int v = CONVERTED; v <= FAILED; v++) {
		const char *name = verdict_name(v);

		html_addf(out, "<tr><th scope=row><a class=f href=\"#v=%s\">",
			  name);
		page_verdict(out, v);
		sb_adds(out, "</a></th>");
		number_and_bar(out, t->by_assignment[v], t->assignments, name);
		number_and_bar(out, t->by_unit[v], t->units, name);
		sb_adds(out, "</tr>\n");
	}
	html_addf(out,
		  "</tbody>\n<tfoot><tr><th scope=row>all</th>"
		  "<td class=n>%zu</td><td></td><td class=n>%zu</td><td></td>"
		  "</tr></tfoot>\n</table></div>\n",
		  t->assignments, t->units);
}

static void strip(struct strbuf *out, const struct tally *t)
{
	html_addf(out, "<div class=strip role=img aria-label=\"Assignments:");
	for (int v = CONVERTED; v <= FAILED; v++)
		html_addf(out, " %zu %s", t->by_assignment[v], verdict_name(v));
	sb_adds(out, "\">");
	for (int v = CONVERTED; v <= FAILED; v++)
		if (t->by_assignment[v])
			html_addf(out, "<i class=%s style=\"--p:%zu\"></i>",
				  verdict_name(v), t->by_assignment[v]);
	sb_adds(out, "</div>\n");
}

static void stages(struct strbuf *out, const struct tally *t)
{
	static const enum stage_result columns[] = {
		STAGE_PASS, STAGE_FAIL, STAGE_NOT_BUILT, STAGE_SKIP,
		STAGE_NOT_RUN,
	};

	sb_adds(out, "<div class=wide><h2>What was tested</h2>\n<table>\n"
		     "<thead><tr><th scope=col>Stage");
	for (size_t c = 0; c < ARRAY_SIZE(columns); c++)
		html_addf(out, "<th scope=col class=n>%s",
			  stage_word(columns[c]));
	sb_adds(out, "</tr></thead>\n<tbody>\n");
	for (int i = 0; i < STAGES; i++) {
		html_addf(out, "<tr><th scope=row>%s</th>", stage_name(i));
		for (size_t c = 0; c < ARRAY_SIZE(columns); c++) {
			size_t n = t->stages[i][columns[c]];

			html_addf(out, "<td class=\"n %s\">%zu</td>",
				  n ? stage_word(columns[c]) : "dim", n);
		}
		sb_adds(out, "</tr>\n");
	}
	sb_adds(out, "</tbody></table>\n<p class=dim>Units that are to be "
		     "converted, or failed on the way. not-run is no pass.</p>\n");
	if (t->stages[STAGE_BUILD][STAGE_PASS])
		html_addf(out, "<p>Units with new warnings: <b>%zu</b>.</p>\n",
			  t->new_warnings);
	if (t->checked)
		html_addf(out,
			  "<p>checkpatch has read %zu patches: remarks on "
			  "<b>%zu</b>, on <b>%zu</b> of them such as the "
			  "old lines did not earn. Waves to mail: %d.</p>\n",
			  t->checked, t->remarked, t->ours, t->waves);
	sb_adds(out, "</div>\n");
}

static void reason_rows(struct strbuf *out, const struct tally *t,
			const struct tally_row *r)
{
	const struct reason *known = reason_find(r->key);

	for (int v = CONVERTED; v <= FAILED; v++) {
		if (!r->assignments[v] && !r->units[v])
			continue;
		sb_adds(out, "<tr><td>");
		page_verdict(out, v);
		html_addf(out, "</td><th scope=row class=m><a class=f "
			       "href=\"#r=%s&amp;v=%s\">%s</a></th>"
			       "<td>%s</td>",
			  *r->key ? r->key : "-", verdict_name(v),
			  *r->key ? r->key : "-", known ? known->text : "");
		number_and_bar(out, r->assignments[v], t->assignments,
			       verdict_name(v));
		html_addf(out, "<td class=n>%zu</td></tr>\n", r->units[v]);
	}
}

static void reasons_table(struct strbuf *out, const struct tally *t)
{
	sb_adds(out, "<h2>Reasons</h2>\n<div class=\"wide words\"><table>\n<thead><tr>"
		     "<th scope=col>Verdict<th scope=col>Reason"
		     "<th scope=col>Meaning<th scope=col colspan=2>Assignments"
		     "<th scope=col class=n>Units</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->reasons.n; i++)
		reason_rows(out, t, &t->reasons.v[i]);
	sb_adds(out, "</tbody></table></div>\n");
}

static void hazards_table(struct strbuf *out, const struct tally *t)
{
	sb_adds(out, "<h2>Hazards looked at</h2>\n<div class=\"wide hz\"><table>\n"
		     "<thead><tr><th scope=col>Id<th scope=col>Hazard");
	for (int o = OPEN; o >= RULED_OUT; o--)
		html_addf(out, "<th scope=col class=n>%s", outcome_name(o));
	sb_adds(out, "<th scope=col class=n>open in converted<th scope=col "
		     "class=n>Units</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->hazards.n; i++) {
		const struct tally_row *r = &t->hazards.v[i];

		html_addf(out,
			  "<tr><th scope=row class=m><a class=f "
			  "href=\"#h=%s\">%s</a></th><td>%s</td>",
			  r->key, r->key, hazard_title(r->key));
		for (int o = OPEN; o >= RULED_OUT; o--)
			html_addf(out, "<td class=\"n %s\">%zu</td>",
				  r->places[o] ? outcome_name(o) : "dim",
				  r->places[o]);
		html_addf(out,
			  "<td class=\"n %s\">%zu</td><td class=n>%zu</td>"
			  "</tr>\n",
			  r->noted ? "open" : "dim", r->noted, r->hit);
	}
	sb_adds(out, "</tbody></table></div>\n<p class=dim>Counted are places "
		     "in the source. open: a person has to look. In converted "
		     "units an open place works as it did before, which a "
		     "reviewer should know of.</p>\n");
}

/* Assignments by verdict, a line for each folder or class. */
static void breakdown(struct strbuf *out, const struct tally_rows *rows,
		      const char *title, const char *filter)
{
	html_addf(out, "<details><summary>%s</summary>\n<div class=wide>"
		       "<table>\n<thead><tr><th scope=col>Assignments in",
		  title);
	for (int v = CONVERTED; v <= FAILED; v++)
		html_addf(out, "<th scope=col class=n>%s", verdict_name(v));
	sb_adds(out, "<th scope=col class=n>all</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < rows->n; i++) {
		const struct tally_row *r = &rows->v[i];
		size_t all = 0;

		html_addf(out, "<tr><th scope=row class=m>");
		if (filter)
			html_addf(out, "<a class=f href=\"#%s=%s\">%s</a></th>",
				  filter, r->key, r->key);
		else
			html_addf(out, "%s</th>", r->key);
		for (int v = CONVERTED; v <= FAILED; v++) {
			html_addf(out, "<td class=\"n %s\">%zu</td>",
				  r->assignments[v] ? verdict_name(v) : "dim",
				  r->assignments[v]);
			all += r->assignments[v];
		}
		html_addf(out, "<td class=n>%zu</td></tr>\n", all);
	}
	sb_adds(out, "</tbody></table></div></details>\n");
}

/* A <select> of the rows' keys. */
static void select_key(struct strbuf *out, const char *label, const char *name,
		       const struct tally_rows *rows)
{
	html_addf(out, "<label><span>%s</span><select name=%s>"
		       "<option value=\"\">any</option>",
		  label, name);
	for (size_t i = 0; i < rows->n; i++)
		if (*rows->v[i].key)
			html_addf(out, "<option>%s</option>", rows->v[i].key);
	sb_adds(out, "</select></label>\n");
}

/* Hidden until the script shows it: without one it could do nothing. */
static void filter_form(struct strbuf *out, const struct tally *t)
{
	sb_adds(out, "<form name=filter hidden>\n<label><span>Directory or "
		     "file</span><input name=d list=dirs size=30 "
		     "placeholder=\"drivers/net/...\"></label>\n"
		     "<datalist id=dirs>");
	for (size_t i = 0; i < t->dirs.n; i++)
		html_addf(out, "<option value=\"%s\">", t->dirs.v[i].key);
	sb_adds(out, "</datalist>\n<fieldset><legend>Verdict</legend>");
	for (int v = CONVERTED; v <= FAILED; v++) {
		html_addf(out, "<label><input type=checkbox name=v value=%s "
			       "checked> ",
			  verdict_name(v));
		page_verdict(out, v);
		sb_adds(out, "</label>");
	}
	sb_adds(out, "</fieldset>\n");
	select_key(out, "Reason", "r", &t->reasons);
	sb_adds(out, "<label><span>Build</span><select name=b>"
		     "<option value=\"\">any</option>");
	for (int r = STAGE_PASS; r < STAGE_RESULTS; r++)
		html_addf(out, "<option>%s</option>", stage_word(r));
	sb_adds(out, "</select></label>\n");
	select_key(out, "Hazard", "h", &t->hazards);
	sb_adds(out, "<label><span>Text, diffs and logs included</span>"
		     "<input type=search name=q size=24></label>\n"
		     "<button type=reset>Clear</button>\n"
		     "<button type=button id=close>Close all</button>\n"
		     "<output id=count aria-live=polite></output>\n</form>\n");
}

static void units(struct strbuf *out, const struct session *s,
		  const struct model *m, const struct tally *t)
{
	static const char *const columns[PAGE_COLUMNS] = {
		"Unit", "Files", "Status", "Class", "Verdict", "Reason",
		"Build", "Wave",
	};

	sb_adds(out, "<h2 id=units>Units</h2>\n");
	filter_form(out, t);
	sb_adds(out, "<table class=units>\n<thead><tr>");
	for (int i = 0; i < PAGE_COLUMNS; i++)
		html_addf(out, "<th scope=col class=c%d>%s</th>", i + 1,
			  columns[i]);
	sb_adds(out, "</tr></thead>\n");
	for (size_t i = 0; i < m->count; i++)
		page_unit(out, s, m->units[i]);
	sb_adds(out, "</table>\n");
}

void page_write(struct strbuf *out, const struct session *s,
		const struct model *m)
{
	struct tally t;

	tally_make(&t, NULL, m);
	head(out, s);
	strip(out, &t);
	sb_adds(out, "<div class=totals>\n");
	verdicts(out, &t);
	stages(out, &t);
	sb_adds(out, "</div>\n");
	reasons_table(out, &t);
	hazards_table(out, &t);
	sb_adds(out, "<h2>Where</h2>\n");
	breakdown(out, &t.dirs, "By directory", "d");
	breakdown(out, &t.classes, "By class", NULL);
	units(out, s, m, &t);
	sb_adds(out, "</main>\n<footer><p class=dim>Made by <code>rxasync "
		     "report</code>; <code>report.json</code> beside it says "
		     "the same to machines.</p></footer>\n<script>\n");
	sb_adds(out, page_js);
	sb_adds(out, "</script>\n</body>\n</html>\n");
	tally_free(&t);
}
