// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buildjobs.h"
#include "job.h"

/* Folders that jobs work in begin so. */
#define JOB "job-"

struct jobs {
	struct pool *pool;
	size_t done, total;
	int worst;
};

/* Our own path, as it is also on a machine with the same files. */
static char *own_program(void)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	return n > 0 ? xstrndup(path, (size_t)n) : xstrdup("rxasync");
}

/* The command for the units from `first` on. */
static struct job *make_job(const struct session *s,
			    const struct build_options *o,
			    const struct build_target *t, size_t first,
			    size_t n)
{
	struct job *job = xcalloc(1, sizeof(*job));
	char *program = own_program();

	if (o->runner)
		sv_split(&job->argv, o->runner, " \t");
	sv_add(&job->argv, program);
	free(program);
	sv_add(&job->argv, "-t");
	sv_add(&job->argv, s->tree);
	sv_add(&job->argv, "-w");
	sv_add(&job->argv, s->ws);
	sv_addf(&job->argv, "-j%d", s->jobs);
	sv_add(&job->argv, "build");
	sv_add(&job->argv, "--job");
	if (t->arch) {
		sv_add(&job->argv, "-a");
		sv_add(&job->argv, t->arch);
	}
	sv_add(&job->argv, "-K");
	sv_add(&job->argv, t->config);
	for (size_t i = 0; i < s->kvars.n; i++)
		sv_add(&job->argv, s->kvars.v[i]);
	for (size_t i = first; i < first + n; i++)
		sv_add(&job->argv, t->units.v[i]);
	return job;
}

/* The last line that is not blank: why it failed. */
static char *last_line(const char *text)
{
	size_t n = strlen(text), start;

	while (n && strchr(" \n", text[n - 1]))
		n--;
	for (start = n; start && text[start - 1] != '\n';)
		start--;
	return xstrndup(text + start, n - start);
}

static void on_done(struct job *job)
{
	struct jobs *j = job->data;
	char *command, *why;

	say_count(++j->done, j->total);
	say("JOB", "%zu of %zu", j->done, j->total);
	if (!job->error && (job->code == EXIT_GOOD ||
			    job->code == EXIT_UNIT_FAILED ||
			    job->code == EXIT_UNTESTED))
		return;
	command = job_command(job);
	why = job->error ? xstrdup(strerror(-job->error))
			 : last_line(sb_str(&job->err));
	err("a job ended with exit code %d: %s: %s", job->code, why, command);
	free(command);
	free(why);
	j->worst = EXIT_ENVIRONMENT;
}

static void add_jobs(struct jobs *j, const struct session *s,
		     const struct build_options *o,
		     const struct build_target *t)
{
	size_t chunk = o->chunk ? o->chunk : t->units.n;

	for (size_t first = 0; first < t->units.n; first += chunk) {
		size_t left = t->units.n - first;
		struct job *job = make_job(s, o, t, first,
					   left < chunk ? left : chunk);

		if (o->print) {
			char *command = job_command(job);

			puts(command);
			free(command);
			job_free(job);
			continue;
		}
		job->done = on_done;
		job->data = j;
		pool_add(j->pool, job);
		j->total++;
	}
}

int build_jobs(struct session *s, const struct build_options *o,
	       const struct build_choice *choice)
{
	struct jobs j = {.pool = pool_new(s->jobs)};
	int ret = 0;

	for (size_t i = 0; i < choice->count; i++)
		add_jobs(&j, s, o, &choice->targets[i]);
	if (!o->print) {
		ret = session_share(s);
		if (!ret)
			ret = pool_run(j.pool);
		say_end();
		if (ret && ret != -EINTR) {
			err("cannot run the jobs: %s", strerror(-ret));
			ret = EXIT_ENVIRONMENT;
		}
	}
	pool_free(j.pool);
	return ret ? ret : j.worst;
}

char *build_job_root(const struct session *s, const char *root,
		     const struct build_options *o)
{
	uint64_t h = HASH_INIT;

	for (size_t i = 0; i < o->archs.n; i++)
		h = hash_str(h, o->archs.v[i]);
	for (size_t i = 0; i < o->configs.n; i++)
		h = hash_str(h, o->configs.v[i]);
	for (size_t i = 0; i < s->units.n; i++)
		h = hash_str(h, s->units.v[i]);
	return xasprintf("%s/" JOB "%08x", root, (unsigned int)h);
}

void build_roots(const char *root, struct strvec *roots)
{
	DIR *dir = opendir(root);
	struct strvec jobs = {0};
	struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (starts_with(e->d_name, JOB))
			sv_addf(&jobs, "%s/%s", root, e->d_name);
	if (dir)
		closedir(dir);
	sv_sort(&jobs);
	sv_add(roots, root);
	sv_addv(roots, &jobs);
	sv_free(&jobs);
}
