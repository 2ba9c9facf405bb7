// SPDX-License-Identifier: GPL-2.0-only
#include "cpio.h"

#include <string.h>
#include <sys/stat.h>

#define TRAILER "TRAILER!!!"
/* Some boot loaders want whole blocks. */
#define BLOCK 512

static void pad(struct strbuf *sb, size_t unit)
{
	while (sb->len % unit)
		sb_addc(sb, '\0');
}

static void entry(struct cpio *c, const char *path, unsigned int mode,
		  unsigned int major, unsigned int minor, const void *data,
		  size_t len)
{
	bool last = !strcmp(path, TRAILER);
	const unsigned int fields[] = {
		last ? 0 : ++c->inode,
		mode,
		0, 0,			/* owner */
		S_ISDIR(mode) ? 2 : 1,	/* links */
		0,			/* time */
		(unsigned int)len,
		0, 0,			/* the device that it lies on */
		major, minor,
		(unsigned int)strlen(path) + 1,
		0,			/* no checksum in this format */
	};

	sb_adds(&c->out, "070701");
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		sb_addf(&c->out, "%08X", fields[i]);
	sb_add(&c->out, path, strlen(path) + 1);
	pad(&c->out, 4);
	if (len)
		sb_add(&c->out, data, len);
	pad(&c->out, 4);
}

void cpio_dir(struct cpio *c, const char *path)
{
	entry(c, path, S_IFDIR | 0755, 0, 0, NULL, 0);
}

void cpio_file(struct cpio *c, const char *path, unsigned int mode,
	       const void *data, size_t len)
{
	entry(c, path, S_IFREG | mode, 0, 0, data, len);
}

void cpio_node(struct cpio *c, const char *path, unsigned int major,
	       unsigned int minor)
{
	entry(c, path, S_IFCHR | 0600, major, minor, NULL, 0);
}

void cpio_end(struct cpio *c)
{
	entry(c, TRAILER, 0, 0, 0, NULL, 0);
	pad(&c->out, BLOCK);
}

void cpio_free(struct cpio *c)
{
	sb_free(&c->out);
	*c = (struct cpio){0};
}
