/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Outside commands: one process group each, output kept, a deadline. A pool
 * runs several at once. Nothing is given to a shell.
 */
#ifndef RXA_JOB_H
#define RXA_JOB_H

#include <poll.h>

#include "util.h"

#define JOB_WATCHED 64

struct job {
	struct strvec argv;	/* argv.v[0] is looked up in PATH */
	char *dir;		/* working directory, or NULL for ours */
	struct strvec env;	/* "NAME=value", added to our environment */
	char *input;		/* text for its stdin, or NULL for /dev/null */
	int deadline;		/* seconds of wall time, 0 for none */
	int keep_fd;		/* one more descriptor that it inherits, or 0 */
	bool merge;		/* its stderr goes where its stdout goes */
	/* Called with each whole line of its stdout as it comes; may be NULL. */
	void (*line)(struct job *job, const char *line);
	/*
	 * For one that is talked to on other descriptors, too; may be NULL.
	 * watch() puts at most JOB_WATCHED of them into fds and returns how
	 * many; tend() is called whenever there may be something on them, and
	 * every 100 ms.
	 */
	size_t (*watch)(struct job *job, struct pollfd *fds);
	void (*tend)(struct job *job);
	void *talk;		/* theirs */
	/* Called once when it has ended (pool only); may be NULL. */
	void (*done)(struct job *job);
	void *data;		/* the caller's */

	/* The result. */
	struct strbuf out, err;
	int code;		/* exit code; 128 + signal where one killed it */
	bool timed_out;
	int error;		/* negative errno where it could not be started */
	size_t memory;		/* peak resident set of the process, KiB */

	/* Private to job.c. */
	struct job_state *state;
};

/* A job on the heap with these words as argv; the list ends with NULL. */
struct job *job_new(const char *program, ...) __attribute__((sentinel));
void job_free(struct job *job);
/* The command as one could paste it into a shell; the caller frees it. */
char *job_command(const struct job *job);

/* Runs it to its end. 0, or -errno where it could not start (also ->error). */
int job_run(struct job *job);

/* From within tend() or line(): it is killed with all that it started. */
void job_kill(struct job *job);
/* How long it has been running, in seconds. */
double job_age(const struct job *job);

/*
 * Runs all the jobs, at most `width` at a time, in order of start. ->done may
 * add more through pool_add(). Progress counts the jobs. On SIGINT or
 * SIGTERM, what runs is killed, what waits is not started, and -EINTR comes
 * back.
 */
struct pool;
struct pool *pool_new(int width);
void pool_add(struct pool *pool, struct job *job);
int pool_run(struct pool *pool);
/* Frees the pool and every job in it. */
void pool_free(struct pool *pool);

/* With -n: commands are printed on stdout, none is run, each "succeeds". */
void job_dry_run(bool on);
/* With -v: each command is printed on stderr before it starts. */
void job_verbose(bool on);

#endif
