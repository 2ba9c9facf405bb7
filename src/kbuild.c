// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "kbuild.h"

/* One argument of exec may hold 128 KiB; kbuild exports the targets as one. */
#define MAX_TARGET_BYTES 100000

/* kbuild's variables by the words, or else by the environment. */
static const char *setting(const struct session *s, const char *name)
{
	const char *value = sv_value(&s->kvars, name);

	if (!value)
		value = getenv(name);
	return value && *value ? value : NULL;
}

static char *machine(void)
{
	struct utsname u;

	if (uname(&u))
		return xstrdup("x86_64");
	if (!strcmp(u.machine, "aarch64"))
		return xstrdup("arm64");
	if (starts_with(u.machine, "ppc"))
		return xstrdup("powerpc");
	if (u.machine[0] == 'i' && ends_with(u.machine, "86"))
		return xstrdup("i386");
	return xstrdup(u.machine);
}

/* As the kernel's Makefile chooses it. */
static char *compiler_name(const struct session *s, const char *cross)
{
	const char *cc = setting(s, "CC"), *llvm = setting(s, "LLVM");

	if (cc)
		return xstrdup(cc);
	if (llvm && *llvm == '-')
		return xasprintf("clang%s", llvm);
	if (llvm && ends_with(llvm, "/"))
		return xasprintf("%sclang", llvm);
	if (llvm)
		return xstrdup("clang");
	return xasprintf("%sgcc", cross);
}

/* The user's word goes before the architecture's file. */
static const char *cross_of(const struct session *s, const struct archfile *af)
{
	const char *cross = setting(s, "CROSS_COMPILE");

	if (cross)
		return cross;
	return af && !setting(s, "LLVM") ? archfile_cross(af) : "";
}

/* Words that are ours to choose. */
static bool is_ours(const char *word)
{
	return starts_with(word, "O=") || starts_with(word, "V=") ||
	       starts_with(word, "ARCH=") || starts_with(word, "M=") ||
	       starts_with(word, "KBUILD_OUTPUT=") ||
	       starts_with(word, "KBUILD_VERBOSE=");
}

/* "allmodconfig" as it is, of a path its last part; fit for a file's name. */
static char *config_name(const char *config)
{
	char *name = xstrdup(base_name(config));

	for (char *s = name; *s; s++) {
		if (*s == '+')
			*s = '.';
		else if (!strchr("abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.",
				 *s))
			*s = '_';
	}
	return name;
}

void kbuild_init(struct kbuild *kb, const struct session *s, const char *source,
		 const char *arch, const char *config)
{
	char *name = config_name(config), *ccache = find_program("ccache");
	const char *cross;

	*kb = (struct kbuild){
		.tree = s->tree,
		.source = xstrdup(source),
		.config = xstrdup(config),
		.jobs = s->jobs > 0 ? s->jobs : 1,
		.dry_run = s->dry_run,
	};
	if (configspec_parse(&kb->spec, config))
		kb->spec.base = xstrdup(config);
	if (!arch)
		arch = setting(s, "ARCH");
	kb->arch = arch ? xstrdup(arch) : machine();
	kb->af = archfile_read(kb->arch);
	cross = cross_of(s, kb->af);
	kb->compiler = compiler_name(s, cross);
	/* Another path with the same last part is another configuration. */
	if (strchr(config, '/'))
		kb->obj = xasprintf("%s/obj-%s-%s-%08x", source, kb->arch, name,
				    (unsigned int)hash_str(HASH_INIT, config));
	else
		kb->obj = xasprintf("%s/obj-%s-%s", source, kb->arch, name);
	sv_addf(&kb->vars, "ARCH=%s", kb->arch);
	if (*cross && !sv_value(&s->kvars, "CROSS_COMPILE"))
		sv_addf(&kb->vars, "CROSS_COMPILE=%s", cross);
	if (kb->af)
		sv_addv(&kb->vars, &kb->af->sets);
	if (!sv_value(&s->kvars, "W"))
		sv_add(&kb->vars, "W=1");
	if (ccache && !setting(s, "CC"))
		sv_addf(&kb->vars, "CC=ccache %s", kb->compiler);
	for (size_t i = 0; i < s->kvars.n; i++)
		if (!is_ours(s->kvars.v[i]))
			sv_add(&kb->vars, s->kvars.v[i]);
	free(ccache);
	free(name);
}

void kbuild_free(struct kbuild *kb)
{
	kbuild_unlock(kb);
	free(kb->source);
	free(kb->obj);
	free(kb->arch);
	free(kb->config);
	free(kb->compiler);
	sv_free(&kb->vars);
	configspec_free(&kb->spec);
	archfile_free(kb->af);
	*kb = (struct kbuild){0};
}

int kbuild_lock(struct kbuild *kb, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0)
		return -errno;
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		say("WAIT", "for the make of an earlier run to end");
		while (flock(fd, LOCK_EX)) {
			if (errno != EINTR) {
				int ret = -errno;

				close(fd);
				return ret;
			}
		}
	}
	kb->lock_fd = fd;
	return 0;
}

void kbuild_unlock(struct kbuild *kb)
{
	if (kb->lock_fd > 0)
		close(kb->lock_fd);
	kb->lock_fd = 0;
}

static struct job *make_job(const struct kbuild *kb)
{
	static const char *const env[] = {
		"LANG=C",
		"LC_ALL=C",
		"LANGUAGE=C",
		/* A make above us is none of its business. */
		"MAKEFLAGS=",
		"MFLAGS=",
		"GNUMAKEFLAGS=",
		"MAKELEVEL=",
		"KBUILD_OUTPUT=",
		"KBUILD_VERBOSE=0",
		"ARCH=",
		/* kernel-doc's Python must not write into the tree. */
		"PYTHONDONTWRITEBYTECODE=1",
		"KBUILD_BUILD_TIMESTAMP=@0",
		"KBUILD_BUILD_USER=rxasync",
		"KBUILD_BUILD_HOST=rxasync",
	};
	struct job *job = job_new("make", "-C", kb->source, NULL);

	for (size_t i = 0; i < ARRAY_SIZE(env); i++)
		sv_add(&job->env, env[i]);
	sv_addf(&job->argv, "O=%s", base_name(kb->obj));
	sv_addf(&job->argv, "-j%d", kb->jobs);
	sv_add(&job->argv, "-O");
	sv_addv(&job->argv, &kb->vars);
	job->keep_fd = kb->lock_fd;
	job->merge = true;
	return job;
}

/* A run of make with the log that it fills. */
struct call {
	struct kbuild *kb;
	struct kbuildlog *log;
	size_t done; /* objects of the log that were handed on */
};

/* All objects that the log has left behind are finished. */
static void hand_on(struct call *c, bool last)
{
	const struct kbuildlog *log = c->log;

	while (c->done < log->count &&
	       (last || c->done + 1 < log->count || !log->current)) {
		const struct kobject_log *o = &log->objects[c->done++];

		if (c->kb->object)
			c->kb->object(c->kb->data, o);
	}
}

static void on_line(struct job *job, const char *line)
{
	struct call *c = job->data;
	char what[16];
	bool module;
	const char *path = kbuildlog_progress(line, what, &module);

	kbuildlog_line(c->log, line);
	if (path && c->kb->progress)
		c->kb->progress(c->kb->data, what, path);
	hand_on(c, false);
}

/* Also where the disk is full, make only ends with an error. */
static int disk_full(const struct kbuild *kb, const struct job *job)
{
	if (!strstr(sb_str(&job->out), "No space left on device") &&
	    !strstr(sb_str(&job->out), "Disk quota exceeded"))
		return 0;
	err("the disk is full under %s: make room, or give another workspace "
	    "with -w DIR",
	    kb->source);
	return EXIT_ENVIRONMENT;
}

/*
 * Runs a make. 0 with the exit code in *code, an exit code of ours after a
 * message, -EINTR.
 */
static int run(struct kbuild *kb, struct job *job, struct kbuildlog *log,
	       int *code)
{
	struct call call = {.kb = kb, .log = log};
	int ret;

	kbuildlog_init(log, kb->source);
	job->line = on_line;
	job->data = &call;
	ret = job_run(job);
	*code = job->code;
	if (ret == -ENOENT)
		ret = kbuild_missing("make", "make");
	else if (ret < 0 && ret != -EINTR) {
		err("cannot run make: %s", strerror(-ret));
		ret = EXIT_ENVIRONMENT;
	} else if (!ret && *code) {
		ret = disk_full(kb, job);
	}
	if (!ret)
		hand_on(&call, true);
	job_free(job);
	return ret;
}

/* Behind "***", where that is no line of nothing else. */
static const char *find_stars(const char *log)
{
	for (const char *s = log; (s = strstr(s, "***")); s += 3)
		if (s[strspn(s, "* \t")] && s[strspn(s, "* \t")] != '\n')
			return s;
	return NULL;
}

/* The line of a failed make that says most. */
static char *complaint(const struct kbuildlog *log)
{
	const char *s = log->first_error ? log->first_error
					 : find_stars(sb_str(&log->rest));

	for (size_t i = 0; i < log->count; i++)
		for (size_t k = 0; k < log->objects[i].count; k++)
			if (log->objects[i].diags[k].error)
				return xstrdup(log->objects[i].diags[k].text);
	if (!s)
		s = "make says nothing about it";
	return xstrndup(s, strcspn(s, "\n"));
}

/* As run(); where make ended with an error, its message and `failed`. */
static int run_for(struct kbuild *kb, struct job *job, const char *purpose,
		   int failed)
{
	struct kbuildlog log;
	int code, ret = run(kb, job, &log, &code);

	if (!ret && code) {
		char *s = complaint(&log);

		err("kbuild cannot %s: %s", purpose, s);
		free(s);
		ret = failed;
	}
	kbuildlog_free(&log);
	return ret;
}

static int run_target(struct kbuild *kb, struct job *job, const char *purpose)
{
	return run_for(kb, job, purpose, EXIT_ENVIRONMENT);
}

static int write_file(const char *path, const char *text)
{
	int ret = file_write(path, text, strlen(text));

	if (!ret)
		return 0;
	err("cannot write %s: %s", path, strerror(-ret));
	return EXIT_ENVIRONMENT;
}

static int base_config(struct kbuild *kb, const char *fragment)
{
	char *all = xasprintf("%s/.rxasync-fragment", kb->obj);
	struct job *job = make_job(kb);
	int ret = write_file(all, fragment);

	if (configspec_is_all(&kb->spec))
		sv_addf(&job->argv, "KCONFIG_ALLCONFIG=%s", all);
	if (kb->spec.seed)
		sv_addf(&job->argv, "KCONFIG_SEED=%s", kb->spec.seed);
	sv_add(&job->argv, kb->spec.base);
	if (!ret)
		ret = run_target(kb, job, "make the configuration");
	else
		job_free(job);
	free(all);
	return ret;
}

/* What stands last in a .config wins. */
static int add_fragment(struct kbuild *kb, const char *from,
			const char *fragment)
{
	char *path = xasprintf("%s/.config", kb->obj);
	struct job *job = make_job(kb);
	struct strbuf text = {0};
	int ret = file_read(from ? from : path, &text);

	if (ret) {
		err("cannot read the configuration %s: %s", from ? from : path,
		    strerror(-ret));
		ret = from ? EXIT_USAGE : EXIT_ENVIRONMENT;
	} else {
		sb_addf(&text, "\n%s", fragment);
		ret = write_file(path, sb_str(&text));
	}
	sv_add(&job->argv, "olddefconfig");
	if (!ret)
		ret = run_target(kb, job, "complete the configuration");
	else
		job_free(job);
	sb_free(&text);
	free(path);
	return ret;
}

int kbuild_configure(struct kbuild *kb, const char *fragment)
{
	bool file = kb->spec.file;
	int ret = 0;

	if (kb->dry_run) {
		struct job *job = make_job(kb);

		sv_add(&job->argv, file ? "olddefconfig" : kb->spec.base);
		return run_target(kb, job, "make the configuration");
	}
	ret = make_dirs(kb->obj);
	if (ret) {
		err("cannot make %s: %s", kb->obj, strerror(-ret));
		return EXIT_ENVIRONMENT;
	}
	if (!file)
		ret = base_config(kb, fragment);
	if (!ret && !configspec_is_all(&kb->spec))
		ret = add_fragment(kb, file ? kb->config : NULL, fragment);
	return ret;
}

int kbuild_prepare(struct kbuild *kb)
{
	struct job *job = make_job(kb);

	sv_add(&job->argv, "prepare");
	return run_target(kb, job, "prepare the kernel for its objects");
}

int kbuild_targets(struct kbuild *kb, const struct strvec *targets)
{
	struct job *job = make_job(kb);

	sv_addv(&job->argv, targets);
	return run_for(kb, job, "make the kernel", EXIT_UNIT_FAILED);
}

/* With an object goes what kbuild remembers of it: it may be half-written. */
static void forget_object(const struct kbuild *kb, const char *object)
{
	const char *base = base_name(object);
	char *path = xasprintf("%s/%s", kb->obj, object);

	unlink(path);
	free(path);
	path = xasprintf("%s/%.*s.%s.cmd", kb->obj, (int)(base - object),
			 object, base);
	unlink(path);
	free(path);
}

int kbuild_objects(struct kbuild *kb, const struct strvec *objects,
		   struct kbuildlog *log)
{
	int code, ret = 0;

	*log = (struct kbuildlog){0};
	for (size_t i = 0; !kb->dry_run && i < objects->n; i++)
		forget_object(kb, objects->v[i]);
	for (size_t i = 0; !ret && i < objects->n;) {
		struct job *job = make_job(kb);

		sv_add(&job->argv, "-k");
		for (size_t bytes = 0;
		     i < objects->n && bytes < MAX_TARGET_BYTES; i++) {
			bytes += strlen(objects->v[i]) + 1;
			sv_add(&job->argv, objects->v[i]);
		}
		/* Only the last call's log is kept; all went to ->object. */
		kbuildlog_free(log);
		ret = run(kb, job, log, &code);
	}
	return ret;
}

/* The field e_machine, in the byte order that the head names. */
static unsigned int machine_of(const unsigned char *head)
{
	return head[5] == 2 ? head[18] << 8 | head[19]
			    : head[19] << 8 | head[18];
}

bool kbuild_has(const struct kbuild *kb, const char *object)
{
	char *path = xasprintf("%s/%s", kb->obj, object);
	unsigned char head[20];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool elf = fd >= 0 && read(fd, head, sizeof(head)) == sizeof(head) &&
		   !memcmp(head, "\177ELF", 4) &&
		   (!kb->af || archfile_made(kb->af, machine_of(head)));

	if (fd >= 0)
		close(fd);
	free(path);
	return elf;
}

int kbuild_deps(const struct kbuild *kb, const char *object,
		struct strvec *deps)
{
	const char *base = base_name(object);
	char *path = xasprintf("%s/%.*s.%s.cmd", kb->obj, (int)(base - object),
			       object, base);
	struct strbuf text = {0};
	struct strvec words = {0};
	int ret = file_read(path, &text);

	sv_split(&words, sb_str(&text), " \t\n\\:=()");
	for (size_t i = 0; i < words.n; i++)
		if (starts_with(words.v[i], "../") &&
		    (ends_with(words.v[i], ".h") ||
		     ends_with(words.v[i], ".c") ||
		     ends_with(words.v[i], ".S")))
			sv_add(deps, words.v[i] + 3);
	sv_free(&words);
	sb_free(&text);
	free(path);
	return ret;
}
