// SPDX-License-Identifier: GPL-2.0-only
/* util and file: strings, lists, files, hashes. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"
#include "util.h"

static char dir[] = "/tmp/test_util.XXXXXX";

static void check_strings(void)
{
	struct strbuf sb = {0};
	char *s;

	is(sb_str(&sb), "", "an empty buffer is a string");
	sb_addf(&sb, "%d-%s", 7, "x");
	sb_addc(&sb, '!');
	sb_add(&sb, "abc", 2);
	is(sb_str(&sb), "7-x!ab", "pieces");
	for (int i = 0; i < 5000; i++)
		sb_addf(&sb, "%04d", i);
	ok(sb.len == 6 + 20000 && sb.len == strlen(sb.buf), "a long one");
	s = sb_detach(&sb);
	ok(!sb.buf && !sb.len && strlen(s) == 20006, "handed over");
	free(s);
	s = sb_detach(&sb);
	is(s, "", "an empty one handed over");
	free(s);
	ok(starts_with("abc", "ab") && !starts_with("a", "ab") &&
	   starts_with("a", ""), "starts_with");
	ok(ends_with("abc", "bc") && !ends_with("c", "bc") &&
	   ends_with("a", ""), "ends_with");
	ok(is_word_char('_') && is_word_char('9') && !is_word_char('$') &&
	   !is_word_char('\0') && !is_word_char('\xe4'), "is_word_char");
	ok(word_length("a_1-b") == 3 && word_length("") == 0, "word_length");
	ok(number_up_to("7", 7) == 7 && !number_up_to("8", 7) &&
	   !number_up_to("", 7) && !number_up_to("0", 7) &&
	   !number_up_to("3x", 7) && !number_up_to("-1", 7) &&
	   !number_up_to("99999999999999999999", 7), "number_up_to");
	is(base_name("a/b/c.c"), "c.c", "base_name");
	is(base_name("c.c"), "c.c", "base_name without a folder");
}

static void check_lists(void)
{
	struct strvec sv = {0}, copy = {0};

	sv_split(&sv, "b,, a ,c,", ", ");
	ok(sv.n == 3 && !sv.v[3], "split, empty pieces left out");
	sv_sort(&sv);
	is(sv.v[0], "a", "sorted");
	ok(!sv_add_once(&sv, "b") && sv_add_once(&sv, "d") && sv.n == 4,
	   "added once");
	sv_addv(&copy, &sv);
	sv_addf(&copy, "%s%d", "e", 1);
	ok(copy.n == 5 && sv_has(&copy, "e1") && !sv_has(&sv, "e1"), "copied");
	sv_add(&sv, "W=1");
	sv_add(&sv, "WW=3");
	sv_add(&sv, "W=2");
	is(sv_value(&sv, "W"), "2", "the last value");
	ok(!sv_value(&sv, "a"), "no value");
	sv_free(&sv);
	sv_free(&copy);
	ok(!sv.n && !sv_has(&sv, "a"), "freed");
	sv_sort(&sv);
}

static char *in_dir(const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static void check_files(void)
{
	char *path = in_dir("a/b/file"), *folder = in_dir("a"), *s;
	struct strbuf sb = {0};
	struct stat first, second;

	ok(file_read(path, &sb) == -ENOENT, "no file yet");
	ok(file_write(path, "x", 1) == -ENOENT, "no folder either");
	ok(!make_parents(path) && !make_parents(path), "its folders");
	ok(!file_write(path, "a\0b", 3), "written");
	sb_adds(&sb, "old");
	ok(!file_read(path, &sb) && sb.len == 3 && !memcmp(sb.buf, "a\0b", 4),
	   "read, into a buffer that was used");
	stat(path, &first);
	ok(!file_write_if_changed(path, "a\0b", 3), "the same text");
	stat(path, &second);
	ok(first.st_ino == second.st_ino, "leaves the file alone");
	ok(!file_write_if_changed(path, "a\0c", 3), "another text");
	stat(path, &second);
	ok(first.st_ino != second.st_ino, "is a new file");
	ok((second.st_mode & 0777) == 0644, "that others can read");
	ok(file_read(folder, &sb) < 0, "a folder is no text");
	ok(make_dirs(path) == -ENOTDIR, "nor is a file a folder");
	ok(!file_write(path, "", 0) && !file_read(path, &sb) && !sb.len,
	   "an empty file");
	s = in_dir("a/link");
	ok(!symlink("/nowhere", s), "a link to nowhere");
	free(s);
	ok(!remove_tree(folder) && !file_exists(folder), "all of it removed");
	ok(!remove_tree(folder), "twice");
	s = in_dir("dangling");
	ok(!symlink("/nowhere", s) && !remove_tree(s) &&
	   lstat(s, &first),
	   "a link to nowhere is removed, too");
	free(s);
	sb_free(&sb);
	free(path);
	free(folder);
}

static void check_rest(void)
{
	char *sh = find_program("sh"), *s = in_dir("h");
	uint64_t empty = hash_file(HASH_INIT, s);

	ok(sh && ends_with(sh, "/sh"), "a program");
	free(sh);
	sh = find_program("/no/such/thing");
	ok(!sh, "no program");
	ok(hash_str(hash_str(HASH_INIT, "ab"), "c") !=
	   hash_str(hash_str(HASH_INIT, "a"), "bc"), "strings hash apart");
	ok(hash_bytes(HASH_INIT, "", 0) == HASH_INIT, "nothing to hash");
	file_write(s, "x", 1);
	ok(hash_file(HASH_INIT, s) != empty, "a file that came");
	unlink(s);
	ok(hash_file(HASH_INIT, s) == empty, "and went");
	free(s);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	check_strings();
	check_lists();
	check_files();
	check_rest();
	remove_tree(dir);
	return done_testing();
}
