// SPDX-License-Identifier: GPL-2.0-only
#include "sparse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shadow.h"

#define HEADER "sparse-check.h"
#define PROOF "rxasync_sparse_ran"

/*
 * Of locks, where the kernel's own headers say nothing to sparse. kbuild tries
 * the checker on a file of its own first, without any folder for headers.
 */
static const char kernel_part[] =
	"#ifdef __KERNEL__\n"
	"#include <linux/kconfig.h>\n"
	"#include <linux/compiler_types.h>\n"
	"#ifdef _LINUX_COMPILER_CONTEXT_ANALYSIS_H\n"
	"#undef __acquires\n"
	"#undef __releases\n"
	"#undef __acquires_shared\n"
	"#undef __releases_shared\n"
	"#define rxasync_first(x, ...) x\n"
	"#define __acquires(...) "
	"__attribute__((context(rxasync_first(__VA_ARGS__, 0), 0, 1)))\n"
	"#define __releases(...) "
	"__attribute__((context(rxasync_first(__VA_ARGS__, 0), 1, 0)))\n"
	"#define __acquires_shared(...) __acquires(__VA_ARGS__)\n"
	"#define __releases_shared(...) __releases(__VA_ARGS__)\n"
	"#endif\n"
	"#endif\n";

static const char proof_part[] =
	"#ifndef __acquires\n"
	"#define __acquires(x) __attribute__((context(x, 0, 1)))\n"
	"#endif\n"
	"void rxasync_takes(int *lock) __acquires(lock);\n"
	"void " PROOF "(void);\n"
	"void " PROOF "(void)\n"
	"{\n"
	"\tint lock = 0;\n"
	"\n"
	"\trxasync_takes(&lock);\n"
	"}\n";

/* What a sparse that is too old for 7.x stumbles over. */
static const char probe_text[] =
	"int f(const int *p);\n"
	"int f(const int *p)\n"
	"{\n"
	"\t__typeof_unqual__(*p) x = *p;\n"
	"\n"
	"\treturn _Generic(x, int: x, default: 0);\n"
	"}\n";

static char *cached(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *path;

	if (cache && *cache == '/')
		path = xasprintf("%s/rxasync/sparse/sparse", cache);
	else
		path = xasprintf("%s/.cache/rxasync/sparse/sparse",
				 home ? home : "");
	if (!access(path, X_OK))
		return path;
	free(path);
	return NULL;
}

/* 1 where it says what it should of the header and of today's C; -EINTR. */
static int is_good(const char *program)
{
	struct job *job = xcalloc(1, sizeof(*job));
	int ret;

	sv_split(&job->argv, program, " ");
	sv_add(&job->argv, "-");
	job->input = xasprintf("%s%s", proof_part, probe_text);
	job->merge = true;
	job->deadline = 60;
	ret = job_run(job);
	if (ret != -EINTR)
		ret = !ret && !job->code &&
		      strstr(sb_str(&job->out), PROOF) &&
		      !strstr(sb_str(&job->out), "error:");
	job_free(job);
	return ret;
}

/* The program, in *found (NULL where there is none). 0 or -EINTR. */
static int find(const struct session *s, char **found)
{
	const char *given = sv_value(&s->kvars, "CHECK");
	char *list[] = {given ? xstrdup(given) : cached(),
			given ? NULL : find_program("sparse")};
	int ret = 0;

	*found = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(list); i++) {
		if (list[i] && !*found && ret >= 0) {
			ret = is_good(list[i]);
			if (ret > 0) {
				*found = list[i];
				continue;
			}
		}
		free(list[i]);
	}
	return ret < 0 ? ret : 0;
}

/* Takes the words of that name away. */
static void drop_words(struct strvec *words, const char *name)
{
	struct strvec kept = {0};
	size_t n = strlen(name);

	for (size_t i = 0; i < words->n; i++)
		if (strncmp(words->v[i], name, n) || words->v[i][n] != '=')
			sv_add(&kept, words->v[i]);
	sv_free(words);
	*words = kept;
}

static void add_words(struct kbuild *kb, const struct session *s,
		      const char *root, const char *program)
{
	const char *level = sv_value(&s->kvars, "C");
	/* The user's, or the architecture's. */
	const char *given = sv_value(&kb->vars, "CF");
	char *base = xstrdup(program), *cf = given ? xstrdup(given) : NULL;

	drop_words(&kb->vars, "C");
	drop_words(&kb->vars, "CF");
	drop_words(&kb->vars, "CHECK");
	sv_addf(&kb->vars, "C=%s", level ? level : "2");
	sv_addf(&kb->vars, "CHECK=%s", program);
	sv_addf(&kb->vars, "CF=%s%s-include %s/" HEADER, cf ? cf : "",
		cf ? " " : "", root);
	kb->tool_key = hash_str(kb->tool_key, level ? level : "2");
	kb->tool_key = hash_str(kb->tool_key, cf ? cf : "");
	base[strcspn(base, " ")] = '\0';
	kb->tool_key = hash_file(kb->tool_key, base);
	kb->tool_key = hash_str(kb->tool_key, proof_part);
	kb->tool_key = hash_str(kb->tool_key, kernel_part);
	free(base);
	free(cf);
}

int sparse_setup(struct kbuild *kb, const struct session *s, const char *root)
{
	const char *level = sv_value(&s->kvars, "C");
	char *program;
	int ret;

	if (level && !strcmp(level, "0"))
		return 0;
	ret = find(s, &program);
	if (ret)
		return ret;
	if (program) {
		add_words(kb, s, root, program);
		kb->checks = true;
	} else if (level && !s->dry_run) {
		err("C=%s: no sparse here that can read today's kernels: "
		    "scripts/fetch-sparse builds one", level);
		ret = EXIT_ENVIRONMENT;
	} else {
		/* An old one would check nothing, and say a lot. */
		drop_words(&kb->vars, "C");
	}
	free(program);
	return ret;
}

/*
 * kbuild tries the checker itself, and does without it where that fails; its
 * script splits words of mips' CHECKFLAGS that belong together. Ours was tried.
 */
static int write_valid(const struct kbuild *kb, const char *tree,
		       const char *root)
{
	static const char name[] = "scripts/checker-valid.sh";
	static const char text[] = "#!/bin/sh\necho 1\n";
	char *theirs = xasprintf("%s/%s", tree, name);
	char *from = xasprintf("%s/checker-valid.sh", root);
	char *at = xasprintf("%s/%s", kb->source, name);
	int ret = 0;

	if (file_exists(theirs)) {
		ret = file_write_if_changed(from, text, strlen(text));
		if (!ret)
			ret = shadow_replace(kb->source, name, from);
		if (!ret && chmod(at, 0755))
			ret = -errno;
	}
	free(theirs);
	free(from);
	free(at);
	return ret;
}

int sparse_write(const struct kbuild *kb, const char *tree, const char *root)
{
	char *path = xasprintf("%s/" HEADER, root);
	char *types = xasprintf("%s/include/linux/compiler_types.h", tree);
	struct strbuf sb = {0};
	int ret = 0;

	if (file_exists(types))
		sb_adds(&sb, kernel_part);
	sb_adds(&sb, proof_part);
	if (kb->checks)
		ret = file_write_if_changed(path, sb.buf, sb.len);
	if (kb->checks && !ret)
		ret = write_valid(kb, tree, root);
	sb_free(&sb);
	free(types);
	free(path);
	return ret;
}

bool sparse_is_proof(const struct kdiag *d)
{
	return strstr(d->text, "'" PROOF "'") && strstr(d->file, HEADER);
}

/* gcc's errors end a compilation; those of an object that is there are
 * sparse's.
 */
bool sparse_ran(const struct kobject_log *o)
{
	bool proof = false;

	for (size_t i = 0; i < o->count; i++) {
		if (o->diags[i].error)
			return false;
		proof |= sparse_is_proof(&o->diags[i]);
	}
	return proof;
}
