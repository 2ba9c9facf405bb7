// SPDX-License-Identifier: GPL-2.0-only
#include "kerneldoc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "csource.h"
#include "edit.h"

struct doc_line {
	size_t from, to;	/* bytes, to behind the newline */
};

/* Behind " * " of a comment's line. */
static size_t content(const char *text, const struct doc_line *l)
{
	size_t i = l->from;

	while (i < l->to && isblank((unsigned char)text[i]))
		i++;
	if (i < l->to && text[i] == '*')
		i++;
	return i;
}

static bool has_word(const char *text, const struct doc_line *l,
		     const char *word)
{
	size_t i = content(text, l);

	while (i < l->to && isblank((unsigned char)text[i]))
		i++;
	return l->to - i >= strlen(word) &&
	       !strncasecmp(text + i, word, strlen(word));
}

static bool is_blank(const char *text, const struct doc_line *l)
{
	size_t i = content(text, l);

	while (i < l->to && isspace((unsigned char)text[i]))
		i++;
	return i == l->to;
}

/* "Description:" and its like begin a section of their own. */
static bool is_section(const char *text, const struct doc_line *l)
{
	size_t i = content(text, l);

	while (i < l->to && isblank((unsigned char)text[i]))
		i++;
	if (i == l->to || !isupper((unsigned char)text[i]))
		return false;
	while (i < l->to && (isalpha((unsigned char)text[i]) || text[i] == ' '))
		i++;
	return i < l->to && text[i] == ':';
}

struct doc {
	struct doc_line *v;
	size_t n, cap;
	size_t last_param;	/* its last line, or the title's */
	size_t no_return;	/* a line "Return: none", or 0 */
	const char *lead;	/* what stands in front of "@" */
	size_t lead_len;
	size_t text_col;	/* column of the words behind "@name:" */
	bool tabs;		/* what leads there has a tab */
	size_t no_return_end;	/* the line behind it */
	bool has_return;
	bool found_param;
};

static bool says(const char *text, const struct doc_line *l, const char *word)
{
	char *line = xstrndup(text + l->from, l->to - l->from);
	bool found = strcasestr(line, word);

	free(line);
	return found;
}

/* "Return: None", "Returns nothing." and the like. */
static bool returns_nothing(const char *text, const struct doc_line *l)
{
	return says(text, l, "none") || says(text, l, "nothing") ||
	       says(text, l, "void");
}

static bool ends_title(const char *text, const struct doc_line *l)
{
	size_t i = l->to;

	while (i > l->from && isspace((unsigned char)text[i - 1]))
		i--;
	return i > l->from && text[i - 1] == ':';
}

/* Where the words behind "@name:" begin, if they stand in a column. */
static void read_column(struct doc *doc, const char *text,
			const struct doc_line *l)
{
	const char *colon = memchr(text + l->from, ':', l->to - l->from);
	size_t i = colon ? (size_t)(colon - text) + 1 : l->to, n;

	n = strspn(text + i, " \t");
	doc->text_col = 0;
	doc->tabs = false;
	if (i + n >= l->to || (n < 2 && text[i] != '\t'))
		return;
	doc->text_col = layout_column(text, i + n);
	doc->tabs = memchr(text + i, '\t', n);
}

static void read_doc(struct doc *doc, const char *text, size_t from, size_t to)
{
	bool in_param = false;

	for (size_t at = from; at < to;) {
		const char *nl = memchr(text + at, '\n', to - at);
		size_t end = nl ? (size_t)(nl - text) + 1 : to;

		GROW(doc->v, doc->n, doc->cap);
		doc->v[doc->n++] = (struct doc_line){at, end};
		at = end;
	}
	doc->last_param = doc->n > 1 ? 1 : 0;
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc_line *l = &doc->v[i];

		if (has_word(text, l, "return")) {
			doc->has_return = true;
			doc->no_return_end = i + 1;
			if (returns_nothing(text, l))
				doc->no_return = i;
			/* "Return value:" with "void." on the next line. */
			if (i + 2 < doc->n && ends_title(text, l) &&
			    returns_nothing(text, l + 1)) {
				doc->no_return = i;
				doc->no_return_end = i + 2;
			}
		}
		if (has_word(text, l, "@")) {
			size_t c = content(text, l);

			while (text[c] != '@')
				c++;
			doc->lead = text + l->from;
			doc->lead_len = c - l->from;
			read_column(doc, text, l);
			in_param = doc->found_param = true;
			doc->last_param = i;
		} else if (in_param && i + 1 < doc->n && !is_blank(text, l) &&
			   !is_section(text, l)) {
			doc->last_param = i;
		} else {
			in_param = false;
		}
	}
}

/* " * @mc: multicast addresses", its words in the column of the others. */
static void add_list(struct strbuf *sb, const struct doc *doc, const char *lead,
		     const char *name, const char *snapshot, const char *what)
{
	char *begin = xasprintf("%s@%s:", lead, name);
	char *fill = layout_fill(layout_column(begin, strlen(begin)),
				 doc->text_col, doc->tabs);

	sb_addf(sb, "%s%s%s%s\n", begin, fill, snapshot, what);
	free(fill);
	free(begin);
}

/* The lines on that parameter, from..to-1; false where there are none. */
static bool param_lines(const char *text, const struct doc *doc,
			const char *name, size_t *from, size_t *to)
{
	size_t n = strlen(name);

	for (size_t i = 1; i + 1 < doc->n; i++) {
		size_t c = content(text, &doc->v[i]);

		c += strspn(text + c, " \t");
		if (text[c] != '@' || strncmp(text + c + 1, name, n) != 0 ||
		    isalnum((unsigned char)text[c + 1 + n]) ||
		    text[c + 1 + n] == '_')
			continue;
		*from = i++;
		while (i + 1 < doc->n && !has_word(text, &doc->v[i], "@") &&
		       !is_blank(text, &doc->v[i]) &&
		       !is_section(text, &doc->v[i]))
			i++;
		*to = i;
		return true;
	}
	return false;
}

static void add_docs(struct edits *es, const char *text, const struct doc *doc,
		     const struct layout_func *lf)
{
	const struct doc_line *last = &doc->v[doc->last_param];
	const struct doc_line *close = &doc->v[doc->n - 1];
	const struct doc_line *none = &doc->v[doc->no_return];
	const char *snapshot = lf->is_callback ? "snapshot of the " : "";
	struct strbuf sb = {0};
	char *lead = doc->lead ? xstrndup(doc->lead, doc->lead_len) :
				 xstrdup(" * ");
	size_t from = 0, to = 0;
	bool replaced = lf->replaced &&
			param_lines(text, doc, lf->replaced, &from, &to);
	bool unused = replaced && says(text, &doc->v[from], "unused");

	if (lf->has_uc)
		add_list(&sb, doc, lead, lf->uc, unused ? "" : snapshot,
			 unused ? "unused" : "unicast addresses");
	if (lf->has_mc)
		add_list(&sb, doc, lead, lf->mc, unused ? "" : snapshot,
			 unused ? "unused" : "multicast addresses");
	if (replaced)
		edit_add(es, doc->v[from].from, doc->v[to - 1].to,
			 sb_detach(&sb));
	else
		edit_add(es, last->to, last->to, sb_detach(&sb));
	if (lf->returns_int && doc->no_return) {
		size_t c = content(text, none);

		c += strspn(text + c, " \t");
		edit_add(es, c, doc->v[doc->no_return_end - 1].to,
			 xstrdup("Return: 0 on success.\n"));
	}
	if (lf->returns_int && !doc->has_return)
		edit_add(es, close->from, close->from,
			 xasprintf("%s%sReturn: 0 on success.\n",
				   is_blank(text, close - 1) ? "" : " *\n",
				   lead));
	free(lead);
}

/* Puts the comment's end below the last text where that is on its line. */
static void end_below(struct edits *es, const char *text, const struct doc *doc,
		      const struct layout_func *lf)
{
	const struct doc_line *close = &doc->v[doc->n - 1];
	size_t mark = close->to - 2, end;

	(void)lf;
	while (mark > close->from && text[mark - 1] == '*')
		mark--;
	for (end = mark; end > close->from; end--)
		if (!isspace((unsigned char)text[end - 1]))
			break;
	if (end > close->from)
		edit_add(es, end, mark, xstrdup("\n "));
}

typedef void doc_fn(struct edits *es, const char *text, const struct doc *doc,
		    const struct layout_func *lf);

static void follow_one(struct edits *es, const struct strbuf *text,
		       const struct ctoken *comment,
		       const struct layout_func *lf, doc_fn *fn)
{
	struct doc doc = {0};

	read_doc(&doc, text->buf, comment->off, comment->off + comment->len);
	/* A comment on one line, or one that is not about parameters. */
	if (doc.n > 1 && doc.found_param &&
	    strncmp(text->buf + comment->off, "/**", 3) == 0)
		fn(es, text->buf, &doc, lf);
	free(doc.v);
}

/* The name in the first line follows the function's. */
static void rename_doc(struct edits *es, const char *text,
		       const struct ctoken *comment,
		       const struct layout_func *lf)
{
	size_t i = comment->off, end = i + comment->len, n;

	if (!lf->doc_name || !strcmp(lf->doc_name, lf->name) ||
	    strncmp(text + i, "/**", 3) != 0)
		return;
	n = strlen(lf->doc_name);
	for (i += 3; i < end && (isspace((unsigned char)text[i]) ||
				 text[i] == '*');)
		i++;
	if (i + n < end && !strncmp(text + i, lf->doc_name, n) &&
	    !is_word_char(text[i + n]))
		edit_add(es, i, i + n, xstrdup(lf->name));
}

/* Without a `fn`, only the names follow. */
static void each_doc(struct strbuf *text, const struct layout_func *funcs,
		     size_t count, doc_fn *fn)
{
	struct strbuf copy = {0};
	struct csource *src;
	struct ctokens all;
	struct edits es = {0};

	sb_add(&copy, sb_str(text), text->len);
	src = csource_parse("", &copy);
	ctokens_read(&all, sb_str(text), text->len, true);
	for (size_t i = 1; i < all.n; i++) {
		const struct layout_func *lf = NULL;

		if (all.v[i - 1].kind != TOK_COMMENT)
			continue;
		for (size_t k = 0; k < src->func_count && !lf; k++) {
			const struct cfunc *f = &src->funcs[k];

			if (src->toks.v[f->start].off != all.v[i].off)
				continue;
			for (size_t c = 0; c < count; c++)
				if (!strcmp(funcs[c].name, f->name))
					lf = &funcs[c];
		}
		if (lf && fn)
			follow_one(&es, text, &all.v[i - 1], lf, fn);
		else if (lf)
			rename_doc(&es, text->buf, &all.v[i - 1], lf);
	}
	edits_apply(&es, text);
	ctokens_free(&all);
	csource_free(src);
}

void kerneldoc_follow(struct strbuf *text, const struct layout_func *funcs,
		      size_t count)
{
	each_doc(text, funcs, count, NULL);
	each_doc(text, funcs, count, end_below);
	each_doc(text, funcs, count, add_docs);
}
