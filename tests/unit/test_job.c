// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "job.h"
#include "tap.h"

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static struct job *sh(const char *script)
{
	return job_new("sh", "-c", script, NULL);
}

static void check_results(void)
{
	struct job *job = sh("echo out; echo err >&2; exit 3");

	ok(!job_run(job) && job->code == 3 && !job->timed_out, "an exit code");
	is(sb_str(&job->out), "out\n", "its stdout");
	is(sb_str(&job->err), "err\n", "its stderr");
	job_free(job);

	job = sh("echo a; echo b >&2; echo c");
	job->merge = true;
	job_run(job);
	is(sb_str(&job->out), "a\nb\nc\n", "both in one, in order");
	is(sb_str(&job->err), "", "nothing left for the other");
	job_free(job);

	job = sh("kill -9 $$");
	job_run(job);
	ok(job->code == 128 + 9, "killed by a signal: %d", job->code);
	job_free(job);

	job = job_new("no-such-program-anywhere", NULL);
	ok(job_run(job) == -ENOENT && job->error == -ENOENT,
	   "a program that is not there");
	job_free(job);

	job = sh("pwd; echo $COLOUR");
	job->dir = xstrdup("/");
	sv_add(&job->env, "COLOUR=blue");
	job_run(job);
	is(sb_str(&job->out), "/\nblue\n", "folder and environment");
	job_free(job);

	job = sh(":");
	job->dir = xstrdup("/no/such/folder");
	ok(job_run(job) == -ENOENT, "a folder that is not there");
	job_free(job);
}

/* More in and out than pipes hold, at the same time. */
static void check_input(void)
{
	struct job *job = job_new("cat", NULL);
	struct strbuf text = {0};

	for (int i = 0; i < 40000; i++)
		sb_addf(&text, "line %d\n", i);
	job->input = xstrdup(sb_str(&text));
	job_run(job);
	ok(!job->code && job->out.len == text.len &&
	   !strcmp(sb_str(&job->out), sb_str(&text)),
	   "%zu bytes through cat", text.len);
	job_free(job);

	/* One that does not read is no trouble. */
	job = sh("exec <&-; exit 0");
	job->input = sb_detach(&text);
	ok(!job_run(job) && !job->code, "input that nobody reads");
	job_free(job);

	job = sh("cat; echo end");
	job_run(job);
	is(sb_str(&job->out), "end\n", "without input, stdin is empty");
	job_free(job);
}

static void check_deadline(void)
{
	char file[] = "/tmp/test_job.XXXXXX";
	int fd = mkstemp(file);
	struct strbuf sb = {0};
	double from = now();
	struct job *job;
	char *script;
	pid_t pid;

	/* A child of the child would go on if only the first were killed. */
	script = xasprintf("echo begun; sleep 60 & echo $! >%s; wait", file);
	job = sh(script);
	job->deadline = 1;
	job_run(job);
	ok(job->timed_out && job->code > 128, "it is told: code %d", job->code);
	ok(now() - from < 20, "it ends soon");
	is(sb_str(&job->out), "begun\n", "what it said is kept");
	file_read(file, &sb);
	pid = (pid_t)atoi(sb_str(&sb));
	for (int i = 0; i < 100 && pid > 0 && !kill(pid, 0); i++) {
		char *stat = xasprintf("/proc/%d/stat", pid);
		struct strbuf s = {0};
		bool dead = file_read(stat, &s) || strstr(sb_str(&s), ") Z");

		sb_free(&s);
		free(stat);
		if (dead)
			break;
		usleep(50000);
		if (i == 99)
			pid = -1;
	}
	ok(pid > 0, "the whole group is gone");
	sb_free(&sb);
	free(script);
	job_free(job);
	close(fd);
	unlink(file);
}

static void check_descriptors(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	char *script = xasprintf("[ -e /proc/$$/fd/%d ] && echo kept || echo closed",
				 fd);
	struct job *job = sh(script);

	job->keep_fd = fd;
	job_run(job);
	is(sb_str(&job->out), "kept\n", "a descriptor that it inherits");
	job_free(job);
	job = sh(script);
	job_run(job);
	is(sb_str(&job->out), "closed\n", "one that it does not");
	job_free(job);
	free(script);
	close(fd);
}

static struct strbuf order;
static int at_once, most;

static void line(struct job *job, const char *text)
{
	if (!strcmp(text, "begin") && ++at_once > most)
		most = at_once;
	if (!strcmp(text, "end"))
		at_once--;
	(void)job;
}

static void done(struct job *job)
{
	sb_addf(&order, "%d ", job->code);
	if (job->code == 5) {
		struct job *more = sh("exit 6");

		more->done = done;
		pool_add(job->data, more);
	}
}

static void check_pool(void)
{
	struct pool *pool = pool_new(2);

	for (int i = 0; i < 5; i++) {
		struct job *job = sh("echo begin; sleep 0.2; echo end");

		job->line = line;
		pool_add(pool, job);
	}
	ok(!pool_run(pool), "five jobs, two at a time");
	ok(most >= 1 && most <= 2 && !at_once, "never more: %d", most);
	pool_free(pool);

	pool = pool_new(1);
	for (int i = 3; i < 6; i++) {
		char *script = xasprintf("exit %d", i);
		struct job *job = sh(script);

		free(script);
		job->done = done;
		job->data = pool;
		pool_add(pool, job);
	}
	ok(!pool_run(pool), "jobs that add more");
	is(sb_str(&order), "3 4 5 6 ", "in order");
	sb_free(&order);
	pool_free(pool);
}

static void interrupt(struct job *job, const char *text)
{
	(void)job;
	(void)text;
	raise(SIGTERM);
}

static void check_interrupt(void)
{
	struct pool *pool = pool_new(1);
	struct job *job = sh("echo now; sleep 60"), *late = sh("exit 0");
	double from = now();

	job->line = interrupt;
	pool_add(pool, job);
	pool_add(pool, late);
	ok(pool_run(pool) == -EINTR, "interrupted");
	ok(now() - from < 20, "what ran is killed");
	pool_free(pool);
}

static void check_command(void)
{
	struct job *job = job_new("a b", "plain", "it's", "", "$x", NULL);
	struct job *echo;
	char *command;

	command = job_command(job);
	ok(strstr(command, "plain") && strstr(command, "'$x'"),
	   "a command for a shell: %s", command);
	free(command);
	job_free(job);
	/* What a shell makes of it is what was given. */
	job = job_new("printf", "<%s>", "it's", "", "$x", "a b", "\"\\", NULL);
	command = job_command(job);
	echo = sh(command);
	job_run(echo);
	is(sb_str(&echo->out), "<it's><><$x><a b><\"\\>", "quoted right");
	free(command);
	job_free(echo);
	job_free(job);
}

int main(void)
{
	check_results();
	check_input();
	check_deadline();
	check_descriptors();
	check_pool();
	check_interrupt();
	check_command();
	return done_testing();
}
