// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "session.h"
#include "tap.h"

static char dir[] = "/tmp/rxasync-json.XXXXXX";

/* The strings of the array under "a", joined. */
static void strings(const char *text, const char *wanted)
{
	json_t *j = json_loads(text, 0, NULL);
	struct strvec got = {0};
	struct strbuf all = {0};

	sv_add(&got, "first");
	json_strings(json_object_get(j, "a"), &got);
	for (size_t i = 0; i < got.n; i++)
		sb_addf(&all, "%s;", got.v[i]);
	is(sb_str(&all), wanted, "strings of %s", text);
	sb_free(&all);
	sv_free(&got);
	json_decref(j);
}

static void fields(void)
{
	json_t *j = json_pack("{sssi}", "s", "x", "n", 1);
	struct strvec sv = {0}, back = {0};
	json_t *array;
	char *s;

	is(json_str(j, "s"), "x", "a string");
	is(json_str(j, "n"), "", "a number");
	is(json_str(NULL, "s"), "", "no object");
	s = json_str_dup(j, "s");
	is(s, "x", "a copy");
	free(s);
	ok(!json_str_dup(j, "none"), "no copy of nothing");
	sv_add(&sv, "a");
	sv_add(&sv, "");
	array = json_from_strings(&sv);
	json_strings(array, &back);
	ok(back.n == 2 && sv_has(&back, "a") && sv_has(&back, ""),
	   "there and back");
	sv_free(&sv);
	sv_free(&back);
	json_decref(array);
	json_decref(j);
}

static void files(void)
{
	char *path = xasprintf("%s/j.json", dir);
	json_t *j = json_pack("{sis[s]}", "n", 1, "a", "b"), *back;
	int error;

	back = json_read(path, &error);
	ok(!back && error == -ENOENT, "no file");
	ok(!json_write(path, j), "written");
	back = json_read(path, &error);
	ok(!error && json_equal(j, back), "read back");
	json_decref(back);
	file_write(path, "{\"n\": 1, \"n\": 2}", 16);
	back = json_read(path, &error);
	ok(!back && error == -EINVAL, "the same key twice");
	file_write(path, "{\"n\":", 5);
	back = json_read(path, &error);
	ok(!back && error == -EINVAL, "cut off");
	json_decref(j);
	free(path);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	strings("{\"a\": [\"x\", \"y\", \"x\", \"\"]}", "first;x;y;x;;");
	strings("{\"a\": [1, \"x\", null, [\"z\"]]}", "first;x;");
	strings("{\"a\": []}", "first;");
	strings("{\"a\": \"x\"}", "first;");
	strings("{}", "first;");
	fields();
	files();
	remove_tree(dir);
	return done_testing();
}
