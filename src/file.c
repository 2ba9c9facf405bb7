// SPDX-License-Identifier: GPL-2.0-only
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES (64u << 20)

int file_read(const char *path, struct strbuf *sb)
{
	char chunk[65536];
	struct stat st;
	ssize_t n;
	/* O_NONBLOCK: a FIFO must not stop us. */
	int ret = 0, fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	sb_reset(sb);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st))
		ret = -errno;
	else if (!S_ISREG(st.st_mode))
		ret = S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
	while (!ret && (n = read(fd, chunk, sizeof(chunk)))) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || sb->len + (size_t)n > FILE_MAX_BYTES) {
			ret = n < 0 ? -errno : -EFBIG;
			break;
		}
		sb_add(sb, chunk, (size_t)n);
	}
	close(fd);
	return ret;
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

int file_write(const char *path, const void *data, size_t len)
{
	char *tmp = xasprintf("%s.tmp.XXXXXX", path);
	int ret, fd = mkostemp(tmp, O_CLOEXEC);

	if (fd < 0) {
		ret = -errno;
		free(tmp);
		return ret;
	}
	ret = write_all(fd, data, len);
	if (!ret && (fchmod(fd, 0644) || fsync(fd)))
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	if (!ret && rename(tmp, path))
		ret = -errno;
	if (ret)
		unlink(tmp);
	free(tmp);
	return ret;
}

int file_write_if_changed(const char *path, const void *data, size_t len)
{
	struct strbuf old = {0};
	bool same = !file_read(path, &old) && old.len == len &&
		    (!len || !memcmp(old.buf, data, len));

	sb_free(&old);
	return same ? 0 : file_write(path, data, len);
}

bool file_exists(const char *path)
{
	return !access(path, F_OK);
}

bool is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int make_dirs(const char *path)
{
	char *copy = xstrdup(path);
	int ret = 0;

	for (char *p = copy + 1; !ret; p++) {
		char c = *p;

		if (c != '/' && c)
			continue;
		*p = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			ret = -errno;
		*p = c;
		if (!c)
			break;
	}
	if (!ret && !is_dir(path))
		ret = -ENOTDIR;
	free(copy);
	return ret;
}

int make_parents(const char *path)
{
	char *copy = xstrdup(path), *slash = strrchr(copy, '/');
	int ret = 0;

	if (slash && slash != copy) {
		*slash = '\0';
		ret = make_dirs(copy);
	}
	free(copy);
	return ret;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path) ? -errno : 0;
}

int remove_tree(const char *path)
{
	struct stat st;
	int ret;

	if (lstat(path, &st))
		return errno == ENOENT ? 0 : -errno;
	ret = nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return ret < 0 && ret != -1 ? ret : ret ? -errno : 0;
}

char *find_program(const char *name)
{
	struct strvec dirs = {0};
	char *found = NULL;

	if (strchr(name, '/'))
		return access(name, X_OK) ? NULL : xstrdup(name);
	sv_split(&dirs, getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin", ":");
	for (size_t i = 0; i < dirs.n && !found; i++) {
		found = xasprintf("%s/%s", dirs.v[i], name);
		if (access(found, X_OK) || is_dir(found)) {
			free(found);
			found = NULL;
		}
	}
	sv_free(&dirs);
	return found;
}

char *data_dir(const char *name, const char *variable, const char *installed)
{
	const char *env = getenv(variable);
	char exe[4096], *slash, *dir;
	ssize_t n;

	if (env)
		return xstrdup(env);
	n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	if (n > 0) {
		exe[n] = '\0';
		slash = strrchr(exe, '/');
		*slash = '\0';
		dir = xasprintf("%s/%s", exe, name);
		if (is_dir(dir))
			return dir;
		free(dir);
	}
	return xstrdup(installed);
}
