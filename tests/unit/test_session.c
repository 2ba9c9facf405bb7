// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"
#include "tap.h"

static char dir[] = "/tmp/rxasync-ws.XXXXXX";

static struct session session(const char *tree, const char *ws)
{
	return (struct session){
		.tree = xstrdup(tree),
		.ws = ws ? xasprintf("%s/%s", dir, ws) : NULL,
		.version = xstrdup("7.3.4"),
		.flavour = FLAVOUR_INT,
	};
}

/* Opens and closes; the exit code. */
static int try_open(const char *tree, const char *ws)
{
	struct session s = session(tree, ws);
	int ret = session_open(&s);

	session_free(&s);
	return ret;
}

static void put(const char *file, const char *text)
{
	char *path = xasprintf("%s/%s", dir, file);

	make_parents(path);
	file_write(path, text, strlen(text));
	free(path);
}

static bool there(const char *file)
{
	char *path = xasprintf("%s/%s", dir, file);
	bool yes = file_exists(path);

	free(path);
	return yes;
}

/* Its children have the lock until each of them is another program. */
static void killed(void)
{
	char *path = xasprintf("%s/ws/killed/lock", dir);
	int fd, first = try_open("/tree", "ws/killed");

	fd = open(path, O_RDWR);
	ok(!first && !flock(fd, LOCK_EX) && pwrite(fd, "999999999\n", 10, 0) == 10,
	   "the lock of one that is no more");
	if (!fork()) {
		usleep(200000);
		_exit(0);
	}
	close(fd);
	ok(!try_open("/tree", "ws/killed"), "its child is waited for");
	wait(NULL);
	free(path);
}

static void births(void)
{
	struct session s = session("/tree", "ws/a");

	ok(!session_open(&s), "a workspace is made, with its parents");
	ok(there("ws/a/rxasync.json"), "it is signed");
	ok(try_open("/tree", "ws/a") == EXIT_ENVIRONMENT, "and locked");
	session_free(&s);
	ok(!try_open("/tree", "ws/a"), "it opens again");
	put("ws/a/units/x/after/y.c.tmp.aBc123", "half");
	put("ws/a/units/x/y.tmp.c", "whole");
	ok(!try_open("/tree", "ws/a"), "it opens after a kill");
	ok(!there("ws/a/units/x/after/y.c.tmp.aBc123"), "half a file goes");
	ok(there("ws/a/units/x/y.tmp.c"), "a whole one stays");
	ok(try_open("/other", "ws/a") == EXIT_USAGE, "not for another tree");
	put("ws/a/rxasync.json", "{\"format\": 0, \"tree\": {\"path\": \"/tree\"}}");
	ok(try_open("/tree", "ws/a") == EXIT_USAGE, "not with another format");
	put("ws/a/rxasync.json", "{\"form");
	ok(try_open("/tree", "ws/a") == EXIT_USAGE, "not with broken JSON");
}

static void refusals(void)
{
	char *inside = xasprintf("%s/tree/ws", dir);

	put("file", "x");
	ok(try_open("/tree", "file") == EXIT_ENVIRONMENT, "a file is none");
	put("home/letter", "x");
	ok(try_open("/tree", "home") == EXIT_USAGE, "a full folder is none");
	ok(!there("home/lock") && !there("home/rxasync.json"),
	   "and nothing is left in it");
	ok(try_open(dir, "tree/ws") == EXIT_USAGE, "none inside the tree");
	ok(!there("tree"), "and nothing is left in the tree");
	put("real/x", "");
	free(inside);
	inside = xasprintf("%s/link", dir);
	ok(!symlink("real", inside), "a link into the tree");
	free(inside);
	inside = xasprintf("%s/real", dir);
	ok(try_open(inside, "link") == EXIT_USAGE, "does not help");
	free(inside);
}

static void defaults(void)
{
	struct session a = session("/x/linux", NULL);
	struct session b = session("/y/linux", NULL);
	char *start = xasprintf("%s/rxasync/ws/linux-", dir);

	setenv("XDG_CACHE_HOME", dir, 1);
	ok(!session_open(&a) && !session_open(&b), "a default for each tree");
	ok(starts_with(a.ws, start), "it is in the cache: %s", a.ws);
	ok(strcmp(a.ws, b.ws), "two trees of one name have two");
	ok(a.ws_is_default, "and it knows");
	session_free(&a);
	session_free(&b);
	free(start);
}

static void wants(void)
{
	struct session s = session("/tree", "w");
	struct model m = {0};
	struct unit *u = model_add(&m, "8139too");

	sv_add(&u->files, "drivers/net/ethernet/realtek/8139too.c");
	ok(session_wants(&s, u), "no words: all");
	ok(!session_unknown_unit(&s, &m), "and none unknown");
	sv_add(&s.units, "8139");
	ok(!session_wants(&s, u), "not by a part of the name");
	is(session_unknown_unit(&s, &m), "8139", "which is unknown");
	sv_add(&s.units, "drivers/net/ethernet/realtek");
	ok(session_wants(&s, u), "by its folder");
	s.units.v[1][strlen(s.units.v[1]) - 1] = '\0';
	ok(!session_wants(&s, u), "not by a part of its folder");
	sv_add(&s.units, "drivers/net/ethernet/realtek/8139too.c");
	ok(session_wants(&s, u), "by its file");
	model_free(&m);
	session_free(&s);
}

int main(void)
{
	struct session s = session("/tree", "w");

	/* The refusals' words; the sanitizers' go to descriptor 2. */
	stderr = fopen("/dev/null", "w");
	if (!mkdtemp(dir))
		return 1;
	births();
	killed();
	refusals();
	defaults();
	wants();
	ok(!session_need_async(&s), "a tree with the callback will do");
	s.flavour = FLAVOUR_NONE;
	ok(session_need_async(&s) == EXIT_ENVIRONMENT, "one without won't");
	session_free(&s);
	remove_tree(dir);
	return done_testing();
}
