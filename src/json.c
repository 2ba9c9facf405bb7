// SPDX-License-Identifier: GPL-2.0-only
#include "session.h"

#include <errno.h>
#include <stdlib.h>

int json_write(const char *path, const json_t *j)
{
	char *text = json_dumps(j, JSON_INDENT(2) | JSON_SORT_KEYS);
	struct strbuf sb = {0};
	int ret;

	if (!text)
		return -EINVAL;
	sb_adds(&sb, text);
	sb_addc(&sb, '\n');
	ret = file_write_if_changed(path, sb.buf, sb.len);
	sb_free(&sb);
	free(text);
	return ret;
}

json_t *json_read(const char *path, int *error)
{
	struct strbuf sb = {0};
	json_error_t je;
	json_t *j = NULL;

	*error = file_read(path, &sb);
	if (!*error) {
		j = json_loadb(sb_str(&sb), sb.len, JSON_REJECT_DUPLICATES, &je);
		if (!j)
			*error = -EINVAL;
	}
	sb_free(&sb);
	return j;
}

const char *json_str(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s ? s : "";
}

char *json_str_dup(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s ? xstrdup(s) : NULL;
}

void json_strings(const json_t *array, struct strvec *to)
{
	json_t *item;
	size_t i;

	json_array_foreach(array, i, item)
		if (json_is_string(item))
			sv_add(to, json_string_value(item));
}

json_t *json_from_strings(const struct strvec *sv)
{
	json_t *array = json_array();

	for (size_t i = 0; i < sv->n; i++)
		json_array_append_new(array, json_string(sv->v[i]));
	return array;
}
