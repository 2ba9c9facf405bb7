/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory, strings, files and messages. Everything else stands on this.
 *
 * Allocation never fails here: where memory runs out, the program says so and
 * ends with exit code 3. All other errors are returned as negative errno.
 */
#ifndef RXA_UTIL_H
#define RXA_UTIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define __printf_like(fmt, args) __attribute__((format(printf, fmt, args)))

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
/* The caller frees the result. */
char *xasprintf(const char *fmt, ...) __printf_like(1, 2);
char *xvasprintf(const char *fmt, va_list ap) __printf_like(1, 0);

/* Room for one more element in an array that grows by doubling. */
#define GROW(array, count, cap)                                                \
	do {                                                                   \
		if ((count) == (cap)) {                                        \
			(cap) = (cap) ? 2 * (cap) : 8;                         \
			(array) = xrealloc((array), (cap) * sizeof(*(array))); \
		}                                                              \
	} while (0)

bool starts_with(const char *s, const char *prefix);
bool ends_with(const char *s, const char *suffix);
/* Is the word (NULL: no) in the list? */
bool word_in(const char *word, const char *const *list, size_t n);
#define WORD_IN(word, list) word_in(word, list, ARRAY_SIZE(list))
/* Does the text start with one of the list? */
bool starts_in(const char *s, const char *const *list, size_t n);
#define STARTS_IN(s, list) starts_in(s, list, ARRAY_SIZE(list))
/* May it be part of a C word: a letter, a digit, "_"? */
static inline bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}
/* How many of those the text begins with. */
size_t word_length(const char *s);
/* The text as a number from 1 to `most`; 0 where it is none of those. */
long number_up_to(const char *text, long most);
/* The part of a path behind its last slash; points into the argument. */
const char *base_name(const char *path);

/* A byte string that grows; always NUL-terminated once anything was added. */
struct strbuf {
	char *buf;
	size_t len, cap;
};

void sb_add(struct strbuf *sb, const void *data, size_t len);
void sb_adds(struct strbuf *sb, const char *s);
void sb_addc(struct strbuf *sb, char c);
void sb_addf(struct strbuf *sb, const char *fmt, ...) __printf_like(2, 3);
/* The content, never NULL; valid until the next change. */
const char *sb_str(const struct strbuf *sb);
/* Hands the content to the caller, who frees it; the buffer is empty then. */
char *sb_detach(struct strbuf *sb);
void sb_reset(struct strbuf *sb);
void sb_free(struct strbuf *sb);

/* A list of strings that it owns; v[n] is NULL, so v serves as an argv. */
struct strvec {
	char **v;
	size_t n, cap;
};

void sv_add(struct strvec *sv, const char *s);
void sv_addf(struct strvec *sv, const char *fmt, ...) __printf_like(2, 3);
void sv_addv(struct strvec *sv, const struct strvec *from);
bool sv_has(const struct strvec *sv, const char *s);
/* The value of the last "NAME=value" among them, or NULL. */
const char *sv_value(const struct strvec *sv, const char *name);
/* Adds the string unless it is there; true where it was new. */
bool sv_add_once(struct strvec *sv, const char *s);
void sv_sort(struct strvec *sv);
/* Splits at any of the separators; empty pieces are left out. */
void sv_split(struct strvec *sv, const char *s, const char *separators);
void sv_free(struct strvec *sv);

/* Whole file into an empty or reused buffer. -errno; -EFBIG above 64 MiB. */
int file_read(const char *path, struct strbuf *sb);
/* Temporary name, fsync, rename: the path holds the old text or the new. */
int file_write(const char *path, const void *data, size_t len);
/* As file_write, but leaves a file alone that holds the very text already. */
int file_write_if_changed(const char *path, const void *data, size_t len);
bool file_exists(const char *path);
bool is_dir(const char *path);
/* mkdir -p. */
int make_dirs(const char *path);
/* mkdir -p of the folder that will hold the path. */
int make_parents(const char *path);
/* rm -rf; a path that is not there is no error. */
int remove_tree(const char *path);
/* Looks a program up in PATH; NULL where it is not; the caller frees it. */
char *find_program(const char *name);
/*
 * A folder of ours: what the environment's variable says, or `name` beside the
 * program, or else as installed. The caller frees it.
 */
char *data_dir(const char *name, const char *variable, const char *installed);

/* FNV-1a, 64 bit: for the keys of results, not against an adversary. */
#define HASH_INIT 0xcbf29ce484222325ull
uint64_t hash_bytes(uint64_t h, const void *data, size_t len);
/* The string with its NUL, so that "ab","c" and "a","bc" differ. */
uint64_t hash_str(uint64_t h, const char *s);
/* The content of a file; one that can't be read counts as such. */
uint64_t hash_file(uint64_t h, const char *path);

/* "rxasync: ..." on stderr, one line. */
void err(const char *fmt, ...) __printf_like(1, 2);
void warn(const char *fmt, ...) __printf_like(1, 2);

/*
 * Progress in kbuild's manner on stderr: "  SPATCH  drivers/net/dummy.c". On
 * a terminal the line replaces the last one, with "[done/total]" in front;
 * elsewhere each is a line of its own. say_end() ends the terminal's line.
 */
void say(const char *what, const char *fmt, ...) __printf_like(2, 3);
void say_count(size_t done, size_t total);
void say_end(void);
void say_quiet(bool quiet);

#endif
