// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "job.h"
#include "objjudge.h"
#include "tap.h"

static char *dir;

/* A compiler with options of its own. */
struct target {
	const char *name, *cc, *option;	/* separated by blanks */
};

static const struct target targets[] = {
	{"x86_64", "gcc", "-m64"},
	{"i386", "gcc", "-m32"},
	{"i386 by its own compiler", "i686-linux-gnu-gcc", "-O2"},
	{"clang", "clang", "-O2"},
	{"arm", "arm-linux-gnueabi-gcc", "-O2"},
	{"armv7", "arm-linux-gnueabi-gcc", "-march=armv7-a"},
	{"armv7, thumb", "arm-linux-gnueabi-gcc", "-march=armv7-a -mthumb"},
	{"arm64", "aarch64-linux-gnu-gcc", "-O2"},
	{"powerpc", "powerpc-linux-gnu-gcc", "-O2"},
	{"powerpc64", "powerpc64-linux-gnu-gcc", "-mabi=elfv2"},
	{"powerpc64le", "powerpc64le-linux-gnu-gcc", "-O2"},
	{"m68k", "m68k-linux-gnu-gcc", "-O2"},
	{"mips", "mips-linux-gnu-gcc", "-mno-abicalls"},
	{"mipsel", "mipsel-linux-gnu-gcc", "-mno-abicalls"},
	{"mips64", "mips64-linux-gnuabi64-gcc", "-mno-abicalls"},
	{"mips64el", "mips64el-linux-gnuabi64-gcc", "-mno-abicalls"},
	{"sparc64", "sparc64-linux-gnu-gcc", "-O2"},
	{"s390x", "s390x-linux-gnu-gcc", "-O2"},
	{"riscv64", "riscv64-linux-gnu-gcc", "-O2"},
	{"alpha", "alpha-linux-gnu-gcc", "-O2"},
	{"hppa", "hppa-linux-gnu-gcc", "-ffunction-sections"},
	{"sh4", "sh4-linux-gnu-gcc", "-O2"},
};

static bool compile(const struct target *t, const char *name, const char *text)
{
	char *c = xasprintf("%s/%s.c", dir, name);
	char *o = xasprintf("%s/%s.o", dir, name);
	struct job *job = job_new(t->cc, "-O2", "-ffreestanding", "-fno-pic",
				  "-fno-asynchronous-unwind-tables", "-c", "-o", o,
				  c, NULL);
	bool good;

	if (!starts_with(t->cc, "clang"))
		sv_add(&job->argv, "-fno-ipa-ra");
	sv_split(&job->argv, t->option, " ");
	good = !file_write(c, text, strlen(text)) && !job_run(job) &&
	       !job->code;
	job_free(job);
	free(c);
	free(o);
	return good;
}

#define LINES_16 "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
#define LINES_64 LINES_16 LINES_16 LINES_16 LINES_16

/* Lines beyond what fits the shortest forms of instructions. */
static const char before_text[] =
	LINES_64 LINES_64 LINES_64 LINES_64 LINES_64
	"extern void say(const char *s, int line);\n"
	"extern int state[8];\n"
	"static int count;\n"
	"static const int table[] = {1, 2, 3, 4};\n"
	"const int *where = table + 1;\n"
	"struct ops { void (*start)(void), (*stop)(void); };\n"
	"static __attribute__((noinline)) int far_one(int x)\n"
	"{ say(\"far one\", 1); return x + count; }\n"
	"static __attribute__((noinline)) int far_two(int x)\n"
	"{ say(\"far two\", 2); return x - count; }\n"
	"static inline __attribute__((always_inline)) int near_one(int x)\n"
	"{ return x * 3 + state[1]; }\n"
	"int touched(int x);\n"
	"int touched(int x)\n"
	"{ say(\"touched\", 0); return near_one(x); }\n"
	"int holds(int x);\n"
	"int holds(int x)\n"
	"{ return near_one(x) + state[2]; }\n"
	"int lines(int x);\n"
	"int lines(int x)\n"
	"{ say(\"here\", __LINE__); count++; return far_one(x) + far_two(x); }\n"
	"int calls(int x);\n"
	"int calls(int x)\n"
	"{ say(\"calls\", 700); return far_one(x + 1) * table[x & 3]; }\n"
	"void start(void), stop(void);\n"
	"void start(void) { state[3] = far_two(3); }\n"
	"void stop(void) { state[4] = 4; }\n"
	"struct ops the_ops = { .start = start };\n";

/* `with` in place of the first `what`. */
static char *replace(const char *text, const char *what, const char *with)
{
	const char *at = strstr(text, what);

	if (!at)
		return xstrdup("#error not there");
	return xasprintf("%.*s%s%s", (int)(at - text), text, with,
			 at + strlen(what));
}

static void add_entries(struct strbuf *sb, const struct objdiff *d)
{
	static const char sign[] = {[OBJ_CHANGED] = '*', [OBJ_ADDED] = '+',
				    [OBJ_REMOVED] = '-'};

	for (size_t i = 0; i < d->n; i++)
		sb_addf(sb, "%s%c%s%s", i ? " " : "", sign[d->v[i].change],
			d->v[i].name, d->v[i].data ? "=" : "");
}

static int compare(struct objdiff *d, const char *before, const char *after,
		   const struct objlines *lines)
{
	struct objfile a, b = {0};
	int ret = objfile_read(&a, before);

	if (!ret)
		ret = objfile_read(&b, after);
	if (!ret)
		ret = objdiff_compare(d, &a, &b, lines);
	objfile_free(&a);
	objfile_free(&b);
	return ret;
}

/* What differs, as "*f +g -h v=". */
static char *differ(const struct target *t, const char *after)
{
	char *a = xasprintf("%s/a.o", dir), *b = xasprintf("%s/b.o", dir);
	struct strbuf x = {0}, y = {0}, sb = {0};
	struct objlines lines = {0};
	struct objdiff d = {0};
	int ret;

	sb_adds(&x, before_text);
	sb_adds(&y, after);
	objlines_add(&lines, &x, &y);
	if (!compile(t, "a", before_text) || !compile(t, "b", after))
		sb_adds(&sb, "does not compile");
	else if ((ret = compare(&d, a, b, &lines)))
		sb_addf(&sb, "error %d", ret);
	add_entries(&sb, &d);
	objdiff_free(&d);
	objlines_free(&lines);
	sb_free(&x);
	sb_free(&y);
	free(a);
	free(b);
	return sb_detach(&sb);
}

static void check_one(const struct target *t, const char *what,
		      const char *with, const char *wanted, const char *name)
{
	char *after = replace(before_text, what, with);
	char *got = differ(t, after);

	is(got, wanted, "%s: %s", t->name, name);
	free(got);
	free(after);
}

static void check_target(const struct target *t)
{
	check_one(t, "static int count;", "static int count;", "", "the same");
	check_one(t, "static int count;", "\n\n\n\nstatic int count;", "",
		  "lines move, and with them __LINE__");
	check_one(t, "say(\"touched\", 0)",
		  "say(\"another text\", 5); say(\"touched\", 0)", "*touched",
		  "what stands behind it only moves");
	check_one(t, "say(\"touched\", 0)",
		  "\n\n\n\nsay(\"another text\", 5); say(\"touched\", 0)",
		  "*touched", "also where the lines do");
	check_one(t, "static const int table[] = {1, 2, 3, 4};",
		  "extern const int wide[3], wider[3]; "
		  "const int wide[] = {8, 8, 8}; "
		  "static const int table[] = {1, 2, 3, 4}; "
		  "const int wider[] = {9, 9, 9};",
		  "+wide= +wider=", "what a variable points to only moves");
	check_one(t, "say(\"calls\", 700)", "say(\"calls\", 701)", "*calls",
		  "a number that is no line");
	check_one(t, "say(\"calls\", 700)", "say(\"falls\", 700)", "*calls",
		  "another text");
	check_one(t, "far_one(x + 1)", "far_two(x + 1)", "*calls",
		  "a call of another function in the same section");
	check_one(t, "state[3] = far_two", "state[5] = far_two", "*start",
		  "another place beside the same symbol");
	check_one(t, ".start = start", ".stop = start", "*the_ops=",
		  "another member of a variable");
	check_one(t, ".start = start", ".start = stop", "*the_ops=",
		  "another function in it");
	check_one(t, "void stop(void) { state[4] = 4; }",
		  "void other(void);\nvoid other(void) { state[4] = 4; }",
		  "+other -stop", "one gone, one new");
	check_one(t, "x * 3 + state[1]", "x * 3 + state[6]", "*holds *touched",
		  "a function inside of others");
}

static char *judge(const char *after, const char *planned, const char *ops)
{
	char *a = xasprintf("%s/a.o", dir), *b = xasprintf("%s/b.o", dir);
	struct strbuf x = {0}, sb = {0};
	struct strvec names = {0}, variables = {0};
	struct objcalls calls = {0};
	struct objjudge_input in = {&names, &variables, &calls, NULL};
	struct csource *src;
	struct objjudge *j;

	sb_adds(&x, after);
	src = csource_parse("b.c", &x);
	objcalls_add(&calls, src);
	csource_free(src);
	sv_split(&names, planned, " ");
	sv_split(&variables, ops, " ");
	ok(compile(&targets[0], "a", before_text) &&
	   compile(&targets[0], "b", after), "both compile");
	j = objjudge_files(a, b, &in);
	for (size_t i = 0; i < j->touched.n; i++)
		sb_addf(&sb, "touched %s\n", j->touched.v[i]);
	for (size_t i = 0; i < j->inlined.n; i++)
		sb_addf(&sb, "inlined %s\n", j->inlined.v[i]);
	for (size_t i = 0; i < j->data.n; i++)
		sb_addf(&sb, "data %s\n", j->data.v[i]);
	for (size_t i = 0; i < j->unexplained.n; i++)
		sb_addf(&sb, "unexplained %s\n", j->unexplained.v[i]);
	objjudge_free(j);
	objcalls_free(&calls);
	sv_free(&names);
	sv_free(&variables);
	free(a);
	free(b);
	return sb_detach(&sb);
}

static void check_judge(void)
{
	char *after = replace(before_text, "x * 3 + state[1]",
			      "x * 3 + state[6]");
	char *got = judge(after, "near_one touched", "");

	is(got, "touched touched\ninlined holds() (has near_one() in it)\n",
	   "where it was put is told");
	free(got);
	got = judge(after, "touched", "");
	is(got, "touched touched\nunexplained holds()\n",
	   "nothing planned is in it");
	free(got);
	free(after);

	after = replace(before_text, "say(\"far one\", 1)",
			"say(\"far one\", 2)");
	got = judge(after, "far_one", "");
	is(got, "touched far_one\n", "a function that is called, not put in");
	free(got);
	free(after);

	after = replace(before_text, "far_one(x + 1)", "far_one(x + 2)");
	got = judge(after, "far_one", "");
	is(got, "unexplained calls()\n",
	   "to call a planned function is no excuse");
	free(got);
	free(after);

	after = replace(before_text, ".start = start", ".stop = start");
	got = judge(after, "", "the_ops");
	is(got, "data the_ops\n", "a variable of the plan's");
	free(got);
	got = judge(after, "the_ops", "");
	is(got, "unexplained variable the_ops\n", "and another");
	free(got);
	free(after);
}

static void check_broken(void)
{
	char *path = xasprintf("%s/broken.o", dir), *a;
	struct objfile o;
	struct strbuf whole = {0}, part = {0};
	size_t bad = 0, n = 0;

	ok(objfile_read(&o, path) == -ENOENT, "no file");
	objfile_free(&o);
	file_write(path, "no ELF file, but long enough", 28);
	ok(objfile_read(&o, path) == -ENOEXEC, "no object");
	objfile_free(&o);

	compile(&targets[0], "a", before_text);
	a = xasprintf("%s/a.o", dir);
	file_read(a, &whole);
	ok(whole.len > 1000, "an object of %zu bytes", whole.len);
	for (size_t len = 0; len < whole.len; len += 97, n++) {
		sb_add(&part, whole.buf, len);
		bad += objfile_parse(&o, &part) == -ENOEXEC;
		objfile_free(&o);
	}
	ok(bad == n, "an object that is cut short is none: %zu of %zu", bad,
	   n);
	sb_free(&whole);
	free(a);
	free(path);
}

static void check_names(void)
{
	struct objfile o;
	char *a = xasprintf("%s/a.o", dir);

	compile(&targets[0], "a", before_text);
	ok(!objfile_read(&o, a), "an object");
	ok(objfile_references(&o, "lines", "far_one") == 1 &&
	   objfile_references(&o, "lines", "far_two") == 1 &&
	   objfile_references(&o, "lines", "say") == 1,
	   "calls are counted, also those without a relocation");
	ok(objfile_references(&o, "holds", "near_one") == 0,
	   "what was put in is not called");
	ok(objfile_references(&o, "nobody", "say") == -1, "not there");
	objfile_free(&o);
	free(a);
}

int main(void)
{
	char template[] = "/tmp/test_objdiff.XXXXXX";

	dir = mkdtemp(template);
	if (!dir)
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
		if (compile(&targets[i], "probe", "int i;\n"))
			check_target(&targets[i]);
		else
			ok(true, "%s # SKIP no compiler", targets[i].name);
	}
	check_judge();
	check_broken();
	check_names();
	remove_tree(dir);
	return done_testing();
}
