// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "cpio.h"
#include "job.h"

struct entry {
	const char *path, *data;
	unsigned long mode, size, major, minor, inode;
};

/* Field i of the header, eight hexadecimal digits. */
static unsigned long field(const char *head, int i)
{
	char digits[9] = "";

	memcpy(digits, head + 6 + 8 * i, 8);
	return strtoul(digits, NULL, 16);
}

/* An archive read back by the format's description; how many entries. */
static size_t read_back(const struct strbuf *sb, struct entry *e, size_t max)
{
	size_t at = 0, n = 0;

	while (n < max && at + 110 < sb->len &&
	       !memcmp(sb->buf + at, "070701", 6)) {
		const char *head = sb->buf + at;

		e[n] = (struct entry){
			.path = head + 110, .inode = field(head, 0),
			.mode = field(head, 1), .size = field(head, 6),
			.major = field(head, 9), .minor = field(head, 10),
		};
		at = (at + 110 + field(head, 11) + 3) & ~3ul;
		e[n].data = sb->buf + at;
		at = (at + e[n].size + 3) & ~3ul;
		if (!strcmp(e[n++].path, "TRAILER!!!"))
			break;
	}
	return n;
}

static void fill(struct cpio *c)
{
	cpio_dir(c, "dev");
	cpio_node(c, "dev/console", 5, 1);
	cpio_file(c, "init", 0755, "\0odd\n", 5);
	cpio_file(c, "empty", 0644, "", 0);
	cpio_end(c);
}

static void check_entries(void)
{
	struct entry e[8] = {0};
	struct cpio c = {0};
	size_t n;

	fill(&c);
	n = read_back(&c.out, e, 8);
	ok(n == 5, "five entries: %zu", n);
	is(e[0].path, "dev", "the folder comes first");
	ok(e[0].mode == (S_IFDIR | 0755), "it's a folder");
	ok(S_ISCHR(e[1].mode) && e[1].major == 5 && e[1].minor == 1,
	   "a device with its numbers");
	is(e[2].path, "init", "a file");
	ok(e[2].mode == (S_IFREG | 0755) && e[2].size == 5 &&
	   !memcmp(e[2].data, "\0odd\n", 5), "mode, size and content");
	ok(e[3].size == 0, "an empty file");
	is(e[4].path, "TRAILER!!!", "the end");
	ok(e[0].inode != e[1].inode && e[1].inode != e[2].inode,
	   "no two are links of each other");
	ok(c.out.len % 512 == 0, "whole blocks");
	cpio_free(&c);
}

static void check_same(void)
{
	struct cpio a = {0}, b = {0};

	fill(&a);
	fill(&b);
	ok(a.out.len == b.out.len && !memcmp(a.out.buf, b.out.buf, a.out.len),
	   "the same input, the same bytes");
	cpio_free(&a);
	cpio_free(&b);
}

/* What another program sees in it. */
static void check_by_tool(void)
{
	char path[] = "/tmp/test_cpio.XXXXXX";
	char *tool = find_program("cpio");
	struct cpio c = {0};
	struct job *job;

	if (!tool) {
		printf("ok %d - cpio reads it # SKIP no cpio\n", ++tap_run);
		return;
	}
	free(tool);
	fill(&c);
	if (mkstemp(path) < 0 || file_write(path, c.out.buf, c.out.len))
		ok(false, "cannot write %s", path);
	job = job_new("cpio", "--quiet", "-itF", path, NULL);
	job_run(job);
	is(sb_str(&job->out), "dev\ndev/console\ninit\nempty\n",
	   "cpio reads it");
	job_free(job);
	remove(path);
	cpio_free(&c);
}

int main(void)
{
	check_entries();
	check_same();
	check_by_tool();
	return done_testing();
}
