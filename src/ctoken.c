// SPDX-License-Identifier: GPL-2.0-only
#include "ctoken.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Longest first. */
static const char *const puncts[] = {
	"<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==",
	"!=",  "&&",  "||",  "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
	"##",
};

struct lexer {
	struct ctokens *ts;
	const char *p, *end;
	uint32_t line;
	const char *bol;	/* begin of the line */
	bool fresh;		/* nothing but white space on this line so far */
	bool comments, directives;
};

static bool word_char(char c)
{
	return is_word_char(c) || c == '$';
}

static void emit(struct lexer *lx, enum ctoken_kind kind, const char *from,
		 uint32_t line, const char *bol)
{
	struct ctokens *ts = lx->ts;

	GROW(ts->v, ts->n, ts->cap);
	ts->v[ts->n++] = (struct ctoken){
		.kind = kind,
		.off = (uint32_t)(from - ts->text),
		.len = (uint32_t)(lx->p - from),
		.line = line,
		.col = (uint32_t)(from - bol) + 1,
	};
}

static void newline(struct lexer *lx)
{
	lx->line++;
	lx->bol = lx->p;
	lx->fresh = true;
}

/* At "//" or the slash before a star: past the comment's end. */
static void skip_comment(struct lexer *lx)
{
	bool block = lx->p[1] == '*';

	lx->p += 2;
	while (lx->p < lx->end) {
		if (block && lx->p + 1 < lx->end && lx->p[0] == '*' &&
		    lx->p[1] == '/') {
			lx->p += 2;
			return;
		}
		if (*lx->p == '\n') {
			if (!block && lx->p[-1] != '\\')
				return;
			lx->p++;
			lx->line++;
			lx->bol = lx->p;
			continue;
		}
		lx->p++;
	}
}

static bool at_comment(const struct lexer *lx)
{
	return lx->p + 1 < lx->end && lx->p[0] == '/' &&
	       (lx->p[1] == '*' || lx->p[1] == '/');
}

/* An unclosed quote ends with its line. */
static void skip_quoted(struct lexer *lx)
{
	char quote = *lx->p++;

	while (lx->p < lx->end && *lx->p != quote && *lx->p != '\n') {
		if (*lx->p == '\\' && lx->p + 1 < lx->end) {
			lx->p++;
			if (*lx->p == '\n') {
				lx->line++;
				lx->bol = lx->p + 1;
			}
		}
		lx->p++;
	}
	if (lx->p < lx->end && *lx->p == quote)
		lx->p++;
}

static void skip_directive(struct lexer *lx)
{
	while (lx->p < lx->end && *lx->p != '\n') {
		if (at_comment(lx)) {
			skip_comment(lx);
		} else if (*lx->p == '"') {
			skip_quoted(lx);
		} else if (*lx->p == '\\' && lx->p + 1 < lx->end &&
			   lx->p[1] == '\n') {
			lx->p += 2;
			lx->line++;
			lx->bol = lx->p;
		} else {
			lx->p++;
		}
	}
}

static void skip_punct(struct lexer *lx)
{
	for (size_t i = 0; i < ARRAY_SIZE(puncts); i++) {
		size_t n = strlen(puncts[i]);

		if (*lx->p == *puncts[i] && (size_t)(lx->end - lx->p) >= n &&
		    !memcmp(lx->p, puncts[i], n)) {
			lx->p += n;
			return;
		}
	}
	lx->p++;
}

static void next_token(struct lexer *lx)
{
	const char *from = lx->p, *bol = lx->bol;
	uint32_t line = lx->line;
	char c = *from;

	if (at_comment(lx)) {
		skip_comment(lx);
		if (lx->comments)
			emit(lx, TOK_COMMENT, from, line, bol);
		return;
	}
	if (c == '#' && lx->fresh && lx->directives) {
		skip_directive(lx);
		emit(lx, TOK_DIRECTIVE, from, line, bol);
		return;
	}
	lx->fresh = false;
	if (isdigit((unsigned char)c)) {
		while (lx->p < lx->end && (word_char(*lx->p) || *lx->p == '.'))
			lx->p++;
		emit(lx, TOK_NUMBER, from, line, bol);
	} else if (word_char(c)) {
		while (lx->p < lx->end && word_char(*lx->p))
			lx->p++;
		emit(lx, TOK_WORD, from, line, bol);
	} else if (c == '"' || c == '\'') {
		skip_quoted(lx);
		emit(lx, TOK_STRING, from, line, bol);
	} else {
		skip_punct(lx);
		emit(lx, TOK_PUNCT, from, line, bol);
	}
}

static void read_all(struct lexer *lx)
{
	while (lx->p < lx->end) {
		char c = *lx->p;

		if (c == '\n') {
			lx->p++;
			newline(lx);
		} else if (c == '\\' && lx->p + 1 < lx->end &&
			   lx->p[1] == '\n') {
			bool fresh = lx->fresh;

			lx->p += 2;
			newline(lx);
			lx->fresh = fresh;
		} else if (isspace((unsigned char)c)) {
			lx->p++;
		} else {
			next_token(lx);
		}
	}
}

void ctokens_read(struct ctokens *ts, const char *text, size_t len,
		  bool with_comments)
{
	struct lexer lx = {ts,	 text, text + len,    1,
			   text, true, with_comments, true};

	*ts = (struct ctokens){.text = text, .len = len};
	read_all(&lx);
}

void ctokens_read_body(struct ctokens *ts, const char *text, size_t len)
{
	struct lexer lx = {ts, text, text + len, 1, text, true, false, false};

	*ts = (struct ctokens){.text = text, .len = len};
	read_all(&lx);
}

void ctokens_free(struct ctokens *ts)
{
	free(ts->v);
	*ts = (struct ctokens){0};
}

bool ctoken_is(const struct ctokens *ts, size_t i, const char *s)
{
	const char *text;

	if (i >= ts->n)
		return false;
	/* Mostly, the first character tells. */
	text = ts->text + ts->v[i].off;
	return *text == *s && ts->v[i].len == strlen(s) &&
	       !memcmp(text, s, ts->v[i].len);
}

bool ctoken_begins(const struct ctokens *ts, size_t i, const char *prefix)
{
	size_t n = strlen(prefix);

	return ctoken_is_word(ts, i) && ts->v[i].len >= n &&
	       !memcmp(ts->text + ts->v[i].off, prefix, n);
}

bool ctoken_fits(const struct ctokens *ts, size_t i, const char *word)
{
	size_t n = strlen(word);

	if (word[n - 1] != '*')
		return ctoken_is(ts, i, word);
	return ts->v[i].len >= n - 1 &&
	       !memcmp(ts->text + ts->v[i].off, word, n - 1);
}

bool ctoken_is_word(const struct ctokens *ts, size_t i)
{
	return i < ts->n && ts->v[i].kind == TOK_WORD;
}

char *ctoken_dup(const struct ctokens *ts, size_t i)
{
	return xstrndup(ts->text + ts->v[i].off, ts->v[i].len);
}

char *ctokens_text(const struct ctokens *ts, size_t from, size_t to)
{
	struct strbuf sb = {0};

	for (size_t i = from; i < to && i < ts->n; i++) {
		const struct ctoken *t = &ts->v[i];

		if (i > from && t->off > t[-1].off + t[-1].len)
			sb_addc(&sb, ' ');
		sb_add(&sb, ts->text + t->off, t->len);
	}
	return sb_detach(&sb);
}

size_t ctokens_taker(const struct ctokens *ts, size_t i)
{
	size_t depth = 1;

	while (i && depth) {
		i--;
		if (ctoken_is(ts, i, ")"))
			depth++;
		else if (ctoken_is(ts, i, "("))
			depth--;
		else if (ctoken_is(ts, i, ";") || ctoken_is(ts, i, "{"))
			return 0;
	}
	return i ? i - 1 : 0;
}

size_t ctokens_match(const struct ctokens *ts, size_t open, size_t end)
{
	size_t depth = 0;

	for (size_t i = open; i < end && i < ts->n; i++) {
		const struct ctoken *t = &ts->v[i];
		char c = ts->text[t->off];

		if (t->kind != TOK_PUNCT || t->len != 1)
			continue;
		if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			if (!--depth)
				return i;
	}
	return end;
}

bool token_in(const struct ctokens *ts, size_t i, const char *const *list,
	      size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (ctoken_is(ts, i, list[k]))
			return true;
	return false;
}

bool ctoken_is_bound(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i, ";") || ctoken_is(ts, i, "{") ||
	       ctoken_is(ts, i, "}");
}

bool ctoken_is_member(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i - 1, "->") || ctoken_is(ts, i - 1, ".");
}

/* The next token from i that is no comment. */
static size_t skip_comments(const struct ctokens *ts, size_t i)
{
	while (i < ts->n && ts->v[i].kind == TOK_COMMENT)
		i++;
	return i;
}

bool ctokens_same(const struct ctokens *a, const struct ctokens *b)
{
	size_t i = 0, j = 0;

	for (;; i++, j++) {
		i = skip_comments(a, i);
		j = skip_comments(b, j);
		if (i == a->n || j == b->n)
			return i == a->n && j == b->n;
		if (a->v[i].len != b->v[j].len ||
		    memcmp(a->text + a->v[i].off, b->text + b->v[j].off,
			   a->v[i].len))
			return false;
	}
}
