// SPDX-License-Identifier: GPL-2.0-only
#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct job_state {
	pid_t pid;
	int in, out, err;	/* our ends of the pipes, -1 when closed */
	size_t fed;		/* bytes of ->input written so far */
	size_t lined;		/* bytes of ->out given to ->line so far */
	double begin;		/* on the monotonic clock */
	double end;		/* deadline on that clock, 0 for none */
};

struct pool {
	int width;
	struct job **jobs;
	size_t count, cap, next, ended;
};

static bool dry_run, verbose;
static volatile sig_atomic_t interrupted;

void job_dry_run(bool on)
{
	dry_run = on;
}

void job_verbose(bool on)
{
	verbose = on;
}

struct job *job_new(const char *program, ...)
{
	struct job *job = xcalloc(1, sizeof(*job));
	va_list ap;

	va_start(ap, program);
	for (const char *s = program; s; s = va_arg(ap, const char *))
		sv_add(&job->argv, s);
	va_end(ap);
	return job;
}

void job_free(struct job *job)
{
	if (!job)
		return;
	sv_free(&job->argv);
	sv_free(&job->env);
	sb_free(&job->out);
	sb_free(&job->err);
	free(job->dir);
	free(job->input);
	free(job->state);
	free(job);
}

static void add_quoted(struct strbuf *sb, const char *s)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_-+=./:,@%";

	if (*s && strspn(s, plain) == strlen(s)) {
		sb_adds(sb, s);
		return;
	}
	sb_addc(sb, '\'');
	for (; *s; s++) {
		if (*s == '\'')
			sb_adds(sb, "'\\''");
		else
			sb_addc(sb, *s);
	}
	sb_addc(sb, '\'');
}

char *job_command(const struct job *job)
{
	struct strbuf sb = {0};

	if (job->dir) {
		sb_adds(&sb, "cd ");
		add_quoted(&sb, job->dir);
		sb_adds(&sb, " && ");
	}
	for (size_t i = 0; i < job->env.n; i++) {
		add_quoted(&sb, job->env.v[i]);
		sb_addc(&sb, ' ');
	}
	for (size_t i = 0; i < job->argv.n; i++) {
		if (i)
			sb_addc(&sb, ' ');
		add_quoted(&sb, job->argv.v[i]);
	}
	return sb_detach(&sb);
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* In the child: never returns; tells the errno of a failure through `tell`. */
static void child(struct job *job, const char *program, int in, int out,
		  int err, int tell)
{
	sigset_t none;
	int error;

	setpgid(0, 0);
	/* What we hold back from ourselves is not meant for it. */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* We may be killed with -9: then it must not go on alone. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	if (job->merge)
		err = out;
	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		goto fail;
	if (job->keep_fd)
		fcntl(job->keep_fd, F_SETFD, 0);
	if (job->dir && chdir(job->dir))
		goto fail;
	for (size_t i = 0; i < job->env.n; i++)
		putenv(job->env.v[i]);
	execv(program, job->argv.v);
fail:
	error = errno;
	if (write(tell, &error, sizeof(error)) < 0)
		_exit(126);
	_exit(127);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static int start_piped(struct job *job, const char *program)
{
	int p[8] = {-1, -1, -1, -1, -1, -1, -1, -1};
	int error = 0, ret = 0;
	pid_t pid = -1;

	for (int i = 0; i < 8; i += 2)
		if (pipe2(p + i, O_CLOEXEC))
			ret = -errno;
	if (!ret) {
		pid = fork();
		if (pid < 0)
			ret = -errno;
		else if (!pid)
			child(job, program, p[0], p[3], p[5], p[7]);
	}
	close_fd(&p[0]);
	close_fd(&p[3]);
	close_fd(&p[5]);
	close_fd(&p[7]);
	if (!ret && read(p[6], &error, sizeof(error)) == sizeof(error)) {
		waitpid(pid, NULL, 0);
		ret = -error;
	}
	close_fd(&p[6]);
	if (ret) {
		close_fd(&p[1]);
		close_fd(&p[2]);
		close_fd(&p[4]);
		return ret;
	}
	setpgid(pid, pid);
	job->state = xcalloc(1, sizeof(*job->state));
	job->state->pid = pid;
	job->state->in = p[1];
	job->state->out = p[2];
	job->state->err = p[4];
	job->state->begin = now();
	job->state->end =
		job->deadline ? job->state->begin + job->deadline : 0;
	if (!job->input || !*job->input)
		close_fd(&job->state->in);
	else
		fcntl(job->state->in, F_SETFL, O_NONBLOCK);
	fcntl(job->state->out, F_SETFL, O_NONBLOCK);
	fcntl(job->state->err, F_SETFL, O_NONBLOCK);
	return 0;
}

static int job_start(struct job *job)
{
	char *program = find_program(job->argv.v[0]);

	job->error = program ? start_piped(job, program) : -ENOENT;
	if (job->error)
		job->code = 127;
	free(program);
	return job->error;
}

/* False where the command was only to be printed. */
static bool announce(const struct job *job)
{
	char *command;

	if (!dry_run && !verbose)
		return true;
	command = job_command(job);
	if (verbose || dry_run) {
		say_end();
		fprintf(dry_run ? stdout : stderr, "%s\n", command);
	}
	free(command);
	return !dry_run;
}

static void drain(int *fd, struct strbuf *sb)
{
	char chunk[65536];
	ssize_t n;

	if (*fd < 0)
		return;
	while ((n = read(*fd, chunk, sizeof(chunk))) > 0)
		sb_add(sb, chunk, (size_t)n);
	if (!n || (errno != EAGAIN && errno != EINTR))
		close_fd(fd);
}

static void feed(struct job *job)
{
	struct job_state *s = job->state;
	size_t len;
	ssize_t n;

	if (s->in < 0)
		return;
	len = strlen(job->input);
	n = write(s->in, job->input + s->fed, len - s->fed);
	if (n > 0)
		s->fed += (size_t)n;
	if (s->fed == len || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_fd(&s->in);
}

static void give_lines(struct job *job)
{
	struct job_state *s = job->state;
	char *nl;

	while (job->line && s->lined < job->out.len &&
	       (nl = memchr(job->out.buf + s->lined, '\n',
			    job->out.len - s->lined))) {
		char *line = job->out.buf + s->lined;

		*nl = '\0';
		job->line(job, line);
		*nl = '\n';
		s->lined = (size_t)(nl + 1 - job->out.buf);
	}
}

/* Takes what there is; true once the job has ended and is reaped. */
static bool job_poll(struct job *job)
{
	struct job_state *s = job->state;
	struct rusage usage;
	int status;

	feed(job);
	drain(&s->out, &job->out);
	drain(&s->err, &job->err);
	give_lines(job);
	if (job->tend)
		job->tend(job);
	if (s->end && now() > s->end && !job->timed_out) {
		job->timed_out = true;
		kill(-s->pid, SIGKILL);
	}
	if (wait4(s->pid, &status, WNOHANG, &usage) != s->pid)
		return false;
	/* What it left running goes with it. */
	kill(-s->pid, SIGKILL);
	drain(&s->out, &job->out);
	drain(&s->err, &job->err);
	give_lines(job);
	if (job->tend)
		job->tend(job);
	close_fd(&s->in);
	close_fd(&s->out);
	close_fd(&s->err);
	job->code = WIFEXITED(status) ? WEXITSTATUS(status) :
					128 + WTERMSIG(status);
	job->memory = (size_t)usage.ru_maxrss;
	free(s);
	job->state = NULL;
	return true;
}

void job_kill(struct job *job)
{
	if (job->state)
		kill(-job->state->pid, SIGKILL);
}

double job_age(const struct job *job)
{
	return job->state ? now() - job->state->begin : 0;
}

static void on_signal(int sig)
{
	interrupted = sig;
}

static void catch_signals(struct sigaction *old)
{
	struct sigaction sa = {.sa_handler = on_signal};

	sigaction(SIGINT, &sa, &old[0]);
	sigaction(SIGTERM, &sa, &old[1]);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, &old[2]);
}

static void restore_signals(const struct sigaction *old)
{
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGTERM, &old[1], NULL);
	sigaction(SIGPIPE, &old[2], NULL);
}

/* Sleeps until one of the jobs has something to say, 100 ms at most. */
static void wait_any(struct job **running, size_t n)
{
	struct pollfd *fds = xcalloc((3 + JOB_WATCHED) * n, sizeof(*fds));
	nfds_t used = 0;

	for (size_t i = 0; i < n; i++) {
		struct job_state *s = running[i]->state;

		if (s->out >= 0)
			fds[used++] = (struct pollfd){s->out, POLLIN, 0};
		if (s->err >= 0)
			fds[used++] = (struct pollfd){s->err, POLLIN, 0};
		if (s->in >= 0)
			fds[used++] = (struct pollfd){s->in, POLLOUT, 0};
		if (running[i]->watch)
			used += running[i]->watch(running[i], fds + used);
	}
	/* With all pipes closed, only the wait for its end is left. */
	poll(fds, used, used ? 100 : 5);
	free(fds);
}

static void finish(struct pool *pool, struct job *job)
{
	pool->ended++;
	/* A single job is a part of something that counts by itself. */
	if (pool->count > 1)
		say_count(pool->ended, pool->count);
	if (job->done)
		job->done(job);
}

static size_t start_some(struct pool *pool, struct job **running, size_t n)
{
	while (n < (size_t)pool->width && pool->next < pool->count &&
	       !interrupted) {
		struct job *job = pool->jobs[pool->next++];

		if (!announce(job) || job_start(job))
			finish(pool, job);
		else
			running[n++] = job;
	}
	return n;
}

int pool_run(struct pool *pool)
{
	struct job **running = xcalloc((size_t)pool->width, sizeof(*running));
	struct sigaction old[3];
	size_t n = 0;
	int ret;

	interrupted = 0;
	catch_signals(old);
	while ((n = start_some(pool, running, n))) {
		wait_any(running, n);
		for (size_t i = 0; i < n; i++) {
			struct job *job = running[i];

			if (interrupted)
				kill(-job->state->pid, SIGKILL);
			if (!job_poll(job))
				continue;
			running[i--] = running[--n];
			if (!interrupted)
				finish(pool, job);
		}
	}
	restore_signals(old);
	free(running);
	if (pool->count > 1)
		say_count(0, 0);
	ret = interrupted ? -EINTR : 0;
	return ret;
}

int job_run(struct job *job)
{
	struct pool pool = {.width = 1, .jobs = &job, .count = 1, .cap = 1};
	int ret = pool_run(&pool);

	return ret ? ret : job->error;
}

struct pool *pool_new(int width)
{
	struct pool *pool = xcalloc(1, sizeof(*pool));

	pool->width = width > 0 ? width : 1;
	return pool;
}

void pool_add(struct pool *pool, struct job *job)
{
	GROW(pool->jobs, pool->count, pool->cap);
	pool->jobs[pool->count++] = job;
}

void pool_free(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		job_free(pool->jobs[i]);
	free(pool->jobs);
	free(pool);
}
