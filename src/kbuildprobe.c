// SPDX-License-Identifier: GPL-2.0-only
/* Is all there that kbuild needs? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild.h"

/* A compiler's command may be several words: "ccache gcc". */
static struct job *compiler_job(const struct kbuild *kb, const char *arg)
{
	struct job *job = xcalloc(1, sizeof(*job));

	sv_split(&job->argv, kb->compiler, " ");
	if (!job->argv.n)
		sv_add(&job->argv, "cc");
	sv_add(&job->argv, arg);
	job->deadline = 60;
	return job;
}

int kbuild_missing(const char *what, const char *package)
{
	err("%s is missing: install the package %s (apt-get install %s)", what,
	    package, package);
	return EXIT_ENVIRONMENT;
}

/* "aarch64-linux-gnu-gcc" is in gcc-aarch64-linux-gnu. */
static int missing_compiler(const struct kbuild *kb)
{
	const char *base = base_name(kb->compiler);
	char *package;
	int ret;

	if (kb->af && kb->af->package && ends_with(base, "-gcc") &&
	    starts_with(base, kb->af->cross))
		package = xstrdup(kb->af->package);
	else if (ends_with(base, "-gcc"))
		package = xasprintf("gcc-%.*s", (int)strlen(base) - 4, base);
	else
		package = xstrdup(base);
	ret = kbuild_missing(kb->compiler, package);
	free(package);
	return ret;
}

/* What a short command says, without its newline; NULL where it fails. */
static char *answer(struct job *job)
{
	char *text = NULL;

	job->deadline = 60;
	if (!job_run(job) && !job->code && job->out.len)
		text = xstrndup(sb_str(&job->out),
				strcspn(sb_str(&job->out), "\n"));
	job_free(job);
	return text;
}

/* "17.0.1" as a number that grows with it. */
static long version_number(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10) * 1000000;

	if (*end == '.')
		n += strtol(end + 1, &end, 10) * 1000;
	return *end == '.' ? n + strtol(end + 1, &end, 10) : n;
}

/* What the tree wants of an LLVM, by its own script. */
static char *least_llvm(const struct kbuild *kb)
{
	char *script = xasprintf("%s/scripts/min-tool-version.sh",
				 kb->tree ? kb->tree : kb->source);
	struct job *job = job_new("sh", script, "llvm", NULL);

	sv_addf(&job->env, "ARCH=%s", kb->arch);
	sv_addf(&job->env, "SRCARCH=%s", kconfig_srcarch(kb->arch));
	free(script);
	return answer(job);
}

/* A later one beside it: "clang-19". NULL where there is none. */
static char *newer_clang(const char *least)
{
	for (long n = 40; n >= version_number(least) / 1000000; n--) {
		char *name = xasprintf("clang-%ld", n);
		char *path = find_program(name);

		free(path);
		if (path)
			return name;
		free(name);
	}
	return NULL;
}

static int check_clang(struct kbuild *kb)
{
	char *least, *have, *newer;
	int ret = 0;

	if (!starts_with(base_name(kb->compiler), "clang"))
		return 0;
	least = least_llvm(kb);
	have = answer(compiler_job(kb, "-dumpversion"));
	if (least && have && version_number(have) < version_number(least)) {
		newer = newer_clang(least);
		if (newer)
			err("%s is %s, and the tree wants %s: say LLVM=%s",
			    kb->compiler, have, least, newer + 5);
		else
			err("%s is %s, and the tree wants %s: install a later one, such as the package clang-19 with lld-19 and llvm-19, and say LLVM=-19",
			    kb->compiler, have, least);
		free(newer);
		ret = EXIT_ENVIRONMENT;
	}
	free(least);
	free(have);
	return ret;
}

int kbuild_version(struct kbuild *kb)
{
	struct job *job;
	int ret;

	if (kb->dry_run)
		return 0;
	ret = check_clang(kb);
	if (ret)
		return ret;
	job = compiler_job(kb, "--version");
	ret = job_run(job);
	if (!ret && !job->code) {
		kb->tool_key = hash_str(HASH_INIT, sb_str(&job->out));
		for (size_t i = 0; i < kb->vars.n; i++)
			kb->tool_key = hash_str(kb->tool_key, kb->vars.v[i]);
		for (size_t i = 0; i < 2; i++) {
			const char *v = getenv(i ? "KCFLAGS" : "KCPPFLAGS");

			kb->tool_key = hash_str(kb->tool_key, v ? v : "");
		}
	} else if (ret != -EINTR) {
		ret = missing_compiler(kb);
	}
	job_free(job);
	return ret;
}

static int probe_program(const char *name, const char *package)
{
	char *path = find_program(name);
	int ret = path ? 0 : kbuild_missing(name, package);

	free(path);
	return ret;
}

/* The host's compiler has to find it; kbuild builds objtool and the like. */
static int probe_header(const char *header, const char *package)
{
	struct job *job = job_new("gcc", "-E", "-x", "c", "-include", header,
				  "/dev/null", NULL);
	int ret;

	job->deadline = 60;
	ret = job_run(job);
	if (ret != -EINTR)
		ret = !ret && !job->code ? 0 : kbuild_missing(header, package);
	job_free(job);
	return ret;
}

int kbuild_probe(struct kbuild *kb)
{
	static const char *const programs[][2] = {
		{"make", "make"}, {"gcc", "gcc"},     {"ld", "binutils"},
		{"flex", "flex"}, {"bison", "bison"}, {"bc", "bc"},
		{"perl", "perl"},
	};
	static const char *const headers[][2] = {
		{"gelf.h", "libelf-dev"},
		{"openssl/evp.h", "libssl-dev"},
	};
	int ret = 0;

	for (size_t i = 0; !ret && i < ARRAY_SIZE(programs); i++)
		ret = probe_program(programs[i][0], programs[i][1]);
	if (!ret)
		ret = kbuild_version(kb);
	if (kb->dry_run)
		return ret;
	for (size_t i = 0; !ret && i < ARRAY_SIZE(headers); i++)
		ret = probe_header(headers[i][0], headers[i][1]);
	return ret;
}
