// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "kmakefile.h"
#include "tap.h"

static char root[] = "/tmp/test_kmakefile.XXXXXX";

static void put(const char *path, const char *text)
{
	char *full = xasprintf("%s/%s", root, path);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	free(full);
}

static char *words(const struct strvec *sv)
{
	struct strbuf sb = { 0 };

	for (size_t i = 0; i < sv->n; i++)
		sb_addf(&sb, "%s%s", i ? " " : "", sv->v[i]);
	return sb_detach(&sb);
}

/* "object module config [configs] sources; next way" */
static char *tell(struct kmakefile_db *db, const char *path)
{
	const struct kobject *k = kmakefile_lookup(db, path);
	struct strbuf sb = { 0 };

	if (!k)
		return xstrdup("none");
	for (; k; k = k->next) {
		char *configs = words(&k->configs);
		char *sources = words(&k->sources);

		sb_addf(&sb, "%s %s %s [%s] %s%s", k->object, k->module,
			k->config ? k->config : "-", configs, sources,
			k->next ? "; " : "");
		free(configs);
		free(sources);
	}
	return sb_detach(&sb);
}

static void check(struct kmakefile_db *db, const char *path,
		  const char *wanted, const char *what)
{
	char *got = tell(db, path);

	is(got, wanted, "%s", what);
	free(got);
}

/* One Makefile of d/, with its sources. */
static void check_one(const char *makefile, const char *path,
		      const char *wanted, const char *what)
{
	struct kmakefile_db *db = kmakefile_open(root);

	put("d/Makefile", makefile);
	check(db, path, wanted, what);
	kmakefile_close(db);
}

static void test_forms(void)
{
	check_one("obj-$(CONFIG_A) += a.o\n", "d/a.c",
		  "d/a.o a CONFIG_A [CONFIG_A] d/a.c", "a plain module");
	check_one("obj-y := a.o\n", "d/a.c", "d/a.o a - [] d/a.c",
		  "built in");
	check_one("obj-m=a.o b.o", "d/b.c", "d/b.o b - [] d/b.c",
		  "no line end");
	check_one("obj-$(CONFIG_M) += m.o\nm-objs := a.o b.o\n", "d/b.c",
		  "d/b.o m CONFIG_M [CONFIG_M] d/a.c d/b.c", "-objs");
	check_one("m-y := a.o\nm-$(CONFIG_B) += b.o\nobj-${CONFIG_M} += m.o\n",
		  "d/b.c",
		  "d/b.o m CONFIG_M [CONFIG_M CONFIG_B] d/a.c d/b.c",
		  "a conditional member");
	check_one("obj-$(CONFIG_M) += m.o\nm-y := a.o \\\n\tb.o # c.o \\\n c.o\n",
		  "d/b.c", "d/b.o m CONFIG_M [CONFIG_M] d/a.c d/b.c",
		  "continuation and comment");
	check_one("obj-$(CONFIG_M) += m.o\nm-y := a.o # c.o \\\n c.o\n",
		  "d/c.c", "none", "a comment goes on over a continuation");
	check_one("obj-$(CONFIG_M) += m.o\nm-y := a.o n.o\nn-y := b.o\n",
		  "d/b.c", "d/b.o m CONFIG_M [CONFIG_M] d/a.c d/b.c",
		  "a composite in a composite");
	check_one("obj-$(CONFIG_M) += m.o\nm-y := $(obj)/a.o sub/s.o ./b.o\n",
		  "d/sub/s.c",
		  "d/sub/s.o m CONFIG_M [CONFIG_M] d/a.c d/sub/s.c d/b.c",
		  "a member in a sub-folder");
	check_one("obj-$(CONFIG_M) += a.o b.o\nobj-$(CONFIG_N) += b.o\n",
		  "d/b.c",
		  "d/b.o b CONFIG_M [CONFIG_M] d/b.c; "
		  "d/b.o b CONFIG_N [CONFIG_N] d/b.c",
		  "one module by two symbols");
	check_one("obj-$(CONFIG_M) += m.o\nobj-$(CONFIG_N) += n.o\n"
		  "m-y := a.o c.o\nn-y := b.o c.o\n",
		  "d/c.c",
		  "d/c.o m CONFIG_M [CONFIG_M] d/a.c d/c.c; "
		  "d/c.o n CONFIG_N [CONFIG_N] d/b.c d/c.c",
		  "two modules share an object");
	check_one("obj-$(CONFIG_A) += a-b_c.o\n", "d/a-b_c.c",
		  "d/a-b_c.o a-b_c CONFIG_A [CONFIG_A] ", "spelling kept");
	check_one("obj-$(CONFIG_A) += a.o\n", "d/b.c", "none",
		  "not in the Makefile");
	check_one("obj-$(CONFIG_A) += a.o\n", "d/a.h", "none", "a header");
	check_one("m-y := a.o\n", "d/a.c", "none", "a list that nobody uses");
	check_one("obj-$(CONFIG_M) += m.o\nm-y := n.o\nn-y := m.o a.o\n",
		  "d/a.c", "d/a.o m CONFIG_M [CONFIG_M] d/a.c",
		  "composites in a circle");
}

static void test_make(void)
{
	check_one("common := b.o\nobj-$(CONFIG_M) += m.o\n"
		  "m-y := a.o $(common)\n",
		  "d/b.c", "d/b.o m CONFIG_M [CONFIG_M] d/a.c d/b.c",
		  "a variable");
	check_one("x-$(CONFIG_X) := b.o\nobj-$(CONFIG_M) += m.o\n"
		  "m-y := a.o $(x-y)\n",
		  "d/b.c",
		  "d/b.o m CONFIG_M [CONFIG_M CONFIG_X] d/a.c d/b.c",
		  "a conditional variable");
	check_one("n := m\nobj-$(CONFIG_M) += $(n).o\n$(n)-y := a.o\n",
		  "d/a.c", "d/a.o m CONFIG_M [CONFIG_M] d/a.c",
		  "a variable in names");
	check_one("obj-$(subst m,y,$(CONFIG_M)) += a.o\n", "d/a.c",
		  "d/a.o a CONFIG_M [CONFIG_M] d/a.c", "subst in the name");
	check_one("s := s\nobj-$(CONFIG_M) += m.o\n"
		  "m-y := $(addprefix sub/,$(addsuffix .o,$(s)))\n",
		  "d/sub/s.c", "d/sub/s.o m CONFIG_M [CONFIG_M] d/sub/s.c",
		  "addprefix, addsuffix");
	check_one("src := a.c b.c\nobj-$(CONFIG_M) += m.o\n"
		  "m-y := $(src:%.c=%.o)\n",
		  "d/b.c", "d/b.o m CONFIG_M [CONFIG_M] d/a.c d/b.c",
		  "a substitution");
	check_one("ifdef CONFIG_X\nobj-$(CONFIG_A) += a.o\nelse\n"
		  "obj-$(CONFIG_A) += b.o\nendif\n",
		  "d/a.c", "d/a.o a CONFIG_A [CONFIG_A CONFIG_X] d/a.c",
		  "ifdef");
	check_one("ifeq ($(CONFIG_X),)\nobj-$(CONFIG_A) += a.o\nelse\n"
		  "obj-$(CONFIG_A) += b.o\nendif\n",
		  "d/b.c", "d/b.o b CONFIG_A [CONFIG_A CONFIG_X] d/b.c",
		  "the else of ifeq");
	check_one("ifneq ($(CONFIG_X),y)\nobj-$(CONFIG_A) += a.o\n"
		  "else ifeq ($(CONFIG_Y),m)\nobj-$(CONFIG_A) += b.o\nendif\n",
		  "d/b.c", "d/b.o b CONFIG_A [CONFIG_A CONFIG_Y] d/b.c",
		  "else ifeq");
	check_one("a := $(a) a.o\nobj-y := $(a)\n", "d/a.c",
		  "d/a.o a - [] d/a.c", "a variable that names itself");
	check_one("define x\nobj-y += a.o\nendef\n$(obj)/b.o: a.o\n"
		  "\tobj-y=1\n",
		  "d/a.c", "none", "define and rules");
	check_one("include $(src)/more.mk\n", "d/a.c",
		  "d/a.o a CONFIG_I [CONFIG_I] d/a.c", "include");
	check_one("obj-$(CONFIG_A += a.o\nobj-$(CONFIG_B) += $(x a.o\n=\n",
		  "d/a.c", "d/a.o a CONFIG_B [CONFIG_B] d/a.c",
		  "broken references");
}

static void test_folders(void)
{
	struct kmakefile_db *db;

	put("Kbuild", "obj-y += drivers/\nobj-y += arch/$(SRCARCH)/\n"
		      "obj-$(CONFIG_NET) += net/\n");
	put("drivers/Makefile", "obj-$(CONFIG_ND) += net/\nobj-y += x/y/\n");
	put("drivers/net/Makefile", "obj-y += wrong.o\n");
	put("drivers/net/Kbuild", "obj-$(CONFIG_V) += v/\n"
				  "obj-$(CONFIG_W) += v/\n");
	put("drivers/net/v/Makefile", "obj-$(CONFIG_A) += m.o\n"
				      "m-y := core/main.o ../p/o.o\n");
	put("drivers/net/v/core/main.c", "");
	put("drivers/net/p/o.c", "");
	put("drivers/x/y/Makefile", "obj-$(CONFIG_Z) += z.o\n");
	put("net/Makefile", "obj-$(CONFIG_Q) += q.o\n");
	put("arch/t/Makefile", "drivers-$(CONFIG_T) += arch/t/plat/\n");
	put("arch/t/plat/Makefile", "obj-$(CONFIG_P) += p.o\n");

	db = kmakefile_open(root);
	check(db, "drivers/net/v/core/main.c",
	      "drivers/net/v/core/main.o m CONFIG_A "
	      "[CONFIG_A CONFIG_V CONFIG_ND] "
	      "drivers/net/v/core/main.c drivers/net/p/o.c; "
	      "drivers/net/v/core/main.o m CONFIG_A "
	      "[CONFIG_A CONFIG_W CONFIG_ND] "
	      "drivers/net/v/core/main.c drivers/net/p/o.c",
	      "folders to the top, by two ways");
	check(db, "drivers/net/wrong.c", "none", "Kbuild before Makefile");
	check(db, "drivers/x/y/z.c",
	      "drivers/x/y/z.o z CONFIG_Z [CONFIG_Z] ",
	      "two folders in one step");
	check(db, "net/q.c", "net/q.o q CONFIG_Q [CONFIG_Q CONFIG_NET] ",
	      "a symbol in the top Kbuild");
	check(db, "arch/t/plat/p.c",
	      "arch/t/plat/p.o p CONFIG_P [CONFIG_P CONFIG_T] ",
	      "an arch Makefile");
	ok(kmakefile_lookup(db, "net/q.c") == kmakefile_lookup(db, "net/q.c"),
	   "the same answer again");
	kmakefile_close(db);
}

int main(void)
{
	if (!mkdtemp(root))
		return 1;
	put("d/a.c", "");
	put("d/b.c", "");
	put("d/c.c", "");
	put("d/sub/s.c", "");
	put("d/more.mk", "obj-$(CONFIG_I) += a.o\n");
	test_forms();
	test_make();
	test_folders();
	remove_tree(root);
	return done_testing();
}
