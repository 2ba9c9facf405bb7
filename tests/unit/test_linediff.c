// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "job.h"
#include "linediff.h"
#include "rand.h"
#include "tap.h"

static char dir[] = "/tmp/test_linediff.XXXXXX";

static void check_small(void)
{
	struct strbuf sb = {0};
	const char *old = "int f(void)\n{\n\ta;\n\tb;\n\tc;\n\td;\n\te;\n}\n";
	const char *new = "int f(void)\n{\n\ta;\n\tb;\n\tc;\n\td;\n\tx;\n\te;\n}";

	linediff_patch(&sb, "a/b.c", old, strlen(old), old, strlen(old));
	is(sb_str(&sb), "", "no difference, no diff");
	linediff_patch(&sb, "a/b.c", old, strlen(old), new, strlen(new));
	is(sb_str(&sb),
	   "diff --git a/a/b.c b/a/b.c\n--- a/a/b.c\n+++ b/a/b.c\n"
	   "@@ -4,5 +4,6 @@ int f(void)\n \tb;\n \tc;\n \td;\n+\tx;\n \te;\n"
	   "-}\n+}\n\\ No newline at end of file\n",
	   "a line more, a newline less");
	sb_free(&sb);
}

/* old_of goes up, pairs equal lines, and pairs as many as it says. */
static bool is_sound(const struct strbuf *a, const struct strbuf *b)
{
	struct strvec x = {0}, y = {0};
	struct linediff d;
	bool good;
	int last = -1;

	linediff_read(&d, sb_str(a), a->len, sb_str(b), b->len);
	sv_split(&x, sb_str(a), "\n");
	sv_split(&y, sb_str(b), "\n");
	good = d.old_lines == x.n && d.new_lines == y.n;
	for (size_t i = 0; i < d.new_lines && good; i++) {
		int o = d.old_of[i];

		if (o < 0)
			continue;
		good = o > last && (size_t)o < x.n && !strcmp(x.v[o], y.v[i]);
		last = o;
	}
	linediff_free(&d);
	sv_free(&x);
	sv_free(&y);
	return good;
}

/* Lines out of a few words, so that many are equal; none is empty. */
static void random_lines(struct strbuf *sb, unsigned n, unsigned words)
{
	while (n--)
		sb_addf(sb, "%c%u\n", "a-+ @\\"[rand_below(6)],
			rand_below(words));
}

static void change(struct strbuf *to, const struct strbuf *from)
{
	for (const char *p = sb_str(from); *p;) {
		size_t n = strcspn(p, "\n") + 1;

		switch (rand_below(8)) {
		case 0:
			break;
		case 1:
			random_lines(to, 1 + rand_below(3), 9);
			break;
		case 2:
			sb_adds(to, "new\n");
			/* fall through */
		default:
			sb_add(to, p, n);
		}
		p += n;
	}
}

static bool put(const char *name, const struct strbuf *sb)
{
	char *path = xasprintf("%s/%s", dir, name);
	int ret = file_write(path, sb_str(sb), sb->len);

	free(path);
	return !ret;
}

static bool get_same(const char *name, const struct strbuf *wanted)
{
	char *path = xasprintf("%s/%s", dir, name);
	struct strbuf sb = {0};
	bool same = !file_read(path, &sb) && sb.len == wanted->len &&
		    !memcmp(sb_str(&sb), sb_str(wanted), sb.len);

	sb_free(&sb);
	free(path);
	return same;
}

/* Applied by git to the one, it gives the other. */
static bool applies(const struct strbuf *a, const struct strbuf *b)
{
	struct strbuf diff = {0};
	struct job *job = job_new("git", "apply", "d.patch", NULL);
	bool good;

	linediff_patch(&diff, "x", sb_str(a), a->len, sb_str(b), b->len);
	good = put("x", a) && put("d.patch", &diff);
	job->dir = xstrdup(dir);
	if (good && diff.len) {
		good = !job_run(job) && !job->code;
		if (!good)
			printf("# %s\n", sb_str(&job->err));
	}
	good = good && get_same("x", b);
	if (!good)
		printf("# ---\n%s\n# ---\n%s\n# ---\n%s\n", sb_str(a), sb_str(b),
		       sb_str(&diff));
	job_free(job);
	sb_free(&diff);
	return good;
}

int main(void)
{
	size_t unsound = 0, failed = 0;
	char *git = find_program("git");

	if (!mkdtemp(dir))
		return 1;
	check_small();
	for (int i = 0; i < 400; i++) {
		struct strbuf a = {0}, b = {0};

		random_lines(&a, 1 + rand_below(40), 1 + rand_below(9));
		if (i % 3)
			change(&b, &a);
		else
			random_lines(&b, 1 + rand_below(40), 9);
		if (!b.len)
			sb_adds(&b, "b\n");
		/* Now and then no newline at the end. */
		if (i % 5 == 1)
			a.buf[--a.len] = '\0';
		if (i % 7 == 1)
			b.buf[--b.len] = '\0';
		unsound += i % 5 != 1 && i % 7 != 1 && !is_sound(&a, &b);
		if (git && i < 150)
			failed += !applies(&a, &b);
		sb_free(&a);
		sb_free(&b);
	}
	ok(!unsound, "pairs of lines of 400 random texts");
	if (git)
		ok(!failed, "git applies the diffs of 150 of them");
	free(git);
	remove_tree(dir);
	return done_testing();
}
