// SPDX-License-Identifier: GPL-2.0-only
/* What the boot check found for a unit: both tables side by side. */
#include "page.h"

#include <string.h>

#include "html.h"
#include "tally.h"

/* Bits that are not as on the other side, or not right, stand out. */
static void bits(struct strbuf *out, const char *got, const char *other,
		 const char *want)
{
	size_t n = strlen(got);
	bool alike = strlen(other) == n && strlen(want) == n;

	sb_adds(out, "<td class=m>");
	for (size_t i = 0; i < n; i++) {
		bool odd = !alike || got[i] != other[i] ||
			   (want[i] != 'x' && want[i] != got[i]);
		char bit[2] = {got[i], '\0'};

		html_addf(out, odd ? "<b class=fail>%s</b>" : "%s", bit);
	}
	sb_adds(out, n ? "</td>" : "-</td>");
}

static void one_row(struct strbuf *out, const json_t *row)
{
	const char *result = json_str(row, "result");
	const char *why = json_str(row, "why");
	const char *legacy = json_str(row, "legacy");
	const char *converted = json_str(row, "converted");
	const char *want = json_str(row, "want");

	html_addf(out, "<tr><th scope=row class=m>%s</th>",
		  json_str(row, "row"));
	bits(out, legacy, converted, want);
	bits(out, converted, legacy, want);
	html_addf(out, "<td class=m>%s</td><td class=%s>%s%s%s</td></tr>\n",
		  *want ? want : "-",
		  !strcmp(result, "pass") ? "pass" :
		  !strcmp(result, "skip") || !strcmp(result, "gap") ? "skip" :
								      "fail",
		  result, *why ? ": " : "", why);
}

static void table(struct strbuf *out, const json_t *rows)
{
	const json_t *row;
	size_t i;

	html_addf(out,
		  "<details><summary>%zu states, legacy and converted "
		  "driver side by side</summary>\n<div class=wide><table>"
		  "<caption>Frames from outside: 1 arrived, 0 did not, x either "
		  "is right. To its own address, broadcast, the first, a middle "
		  "and the last group joined, a group not joined; the first, a "
		  "middle and the last secondary address, one it does not have."
		  "</caption><thead><tr><th scope=col>State<th scope=col>Legacy"
		  "<th scope=col>Converted<th scope=col>Right<th scope=col>"
		  "Result</tr></thead><tbody>\n",
		  json_array_size(rows));
	json_array_foreach(rows, i, row)
		one_row(out, row);
	sb_adds(out, "</tbody></table></div></details>\n");
}

static void how(struct strbuf *out, const json_t *e)
{
	if (*json_str(e, "accel"))
		html_addf(out, " <span class=dim>(QEMU %s, %s, variant %s, "
			       "lockdep %s, %d s)</span>",
			  json_str(e, "qemu"), json_str(e, "accel"),
			  json_str(e, "variant"), json_str(e, "lockdep"),
			  (int)json_integer_value(
				  json_object_get(e, "seconds")));
}

void page_boot(struct strbuf *out, const struct unit *u)
{
	const json_t *e, *array = json_object_get(u->boot, "boot");
	size_t i;

	json_array_foreach(array, i, e) {
		const char *why = json_str(e, "why"), *log = json_str(e, "log");
		enum stage_result r = stage_parse(
			json_string_value(json_object_get(e, "result")));
		const json_t *rows = json_object_get(e, "rows");

		html_addf(out, "<p><span class=m>%s %s</span> "
			       "<span class=%s>%s</span>%s%s",
			  json_str(e, "machine"), json_str(e, "nic"),
			  stage_word(r), stage_word(r), *why ? ": " : "", why);
		how(out, e);
		if (*log) {
			sb_adds(out, " <a class=m href=\"units/");
			html_url(out, u->name);
			sb_addc(out, '/');
			html_url(out, log);
			html_addf(out, "\">%s</a>", log);
		}
		sb_adds(out, "</p>\n");
		if (json_array_size(rows))
			table(out, rows);
	}
}
