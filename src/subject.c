// SPDX-License-Identifier: GPL-2.0-only
#include "subject.h"

#include <stdlib.h>
#include <string.h>

/*
 * By folder, the longest that fits. %1 and %2 are the next parts of the path
 * behind it, %0 is the last one; a part that is not there goes with its colon.
 */
static const struct place {
	const char *dir, *prefix, *tree;
} places[] = {
	{"", "%0", "net-next"},
	{"arch/", "%1: %0", "net-next"},
	{"arch/um/", "um: %0", "net-next"},
	{"drivers/firewire/", "firewire: %1", "linux1394"},
	{"drivers/infiniband/hw/", "RDMA/%1", "rdma-next"},
	{"drivers/infiniband/ulp/", "RDMA/%1", "rdma-next"},
	{"drivers/media/", "media: %0", "media-next"},
	{"drivers/message/fusion/", "scsi: fusion: %1", "scsi-next"},
	{"drivers/net/", "net: %1", "net-next"},
	{"drivers/net/arcnet/", "arcnet: %1", "net-next"},
	{"drivers/net/bonding/", "bonding", "net-next"},
	{"drivers/net/dsa/", "net: dsa: %1", "net-next"},
	{"drivers/net/ethernet/", "net: %1: %2", "net-next"},
	{"drivers/net/ethernet/intel/", "%1", "net-next"},
	{"drivers/net/ethernet/mellanox/", "net/%1", "net-next"},
	{"drivers/net/fddi/", "net: fddi: %1", "net-next"},
	{"drivers/net/hippi/", "net: hippi: %1", "net-next"},
	{"drivers/net/hyperv/", "hv_netvsc", "net-next"},
	{"drivers/net/ipvlan/", "ipvlan", "net-next"},
	{"drivers/net/team/", "team", "net-next"},
	{"drivers/net/usb/", "net: usb: %1", "net-next"},
	{"drivers/net/vmxnet3/", "vmxnet3", "net-next"},
	{"drivers/net/wan/", "net: wan: %1", "net-next"},
	{"drivers/net/wireless/", "wifi: %2", "wireless-next"},
	{"drivers/s390/net/", "s390/%1", "net-next"},
	{"drivers/staging/", "staging: %1", "staging-next"},
	{"net/", "net: %1", "net-next"},
	{"net/8021q/", "vlan", "net-next"},
	{"net/batman-adv/", "batman-adv", "net-next"},
	{"net/bluetooth/", "Bluetooth: %1", "bluetooth-next"},
	{"net/mac80211/", "wifi: mac80211", "wireless-next"},
};

static const struct place *find_place(const char *path)
{
	const struct place *best = &places[0];

	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (starts_with(path, places[i].dir) &&
		    strlen(places[i].dir) >= strlen(best->dir))
			best = &places[i];
	return best;
}

const char *subject_tree(const char *path)
{
	return find_place(path)->tree;
}

/* The path of the files' common folder, or the only file's "dir/name". */
static char *common_path(const struct strvec *files)
{
	char *path = xstrdup(files->n ? files->v[0] : "");
	char *cut;

	if (files->n == 1) {
		cut = strrchr(base_name(path), '.');
		if (cut)
			*cut = '\0';
		if (ends_with(base_name(path), "_main"))
			path[strlen(path) - strlen("_main")] = '\0';
	}
	for (size_t i = 1; i < files->n; i++) {
		size_t n = 0, end = 0;

		for (; path[n] && path[n] == files->v[i][n]; n++)
			if (path[n] == '/')
				end = n;
		if (!path[n] && files->v[i][n] == '/')
			end = n;
		path[end] = '\0';
	}
	return path;
}

/* A part that only repeats the one before it says nothing. */
static void add_part(struct strbuf *sb, const char *part, const char **format)
{
	char *again = part ? xasprintf(" %s: ", part) : NULL;

	if (again && ends_with(sb_str(sb), again))
		part = NULL;
	free(again);
	if (part)
		sb_adds(sb, part);
	else if (ends_with(sb_str(sb), ": "))
		sb->buf[sb->len -= 2] = '\0';
	*format += 1;
}

char *subject_from_paths(const struct strvec *files)
{
	char *path = common_path(files);
	char *where = xasprintf("%s%s", path, files->n > 1 && *path ? "/" : "");
	const struct place *place = find_place(where);
	size_t skip = strlen(place->dir);
	struct strvec parts = {0};
	struct strbuf sb = {0};

	if (strlen(path) > skip)
		sv_split(&parts, path + skip, "/");
	for (const char *f = place->prefix; *f; f++) {
		size_t n = f[0] == '%' ? (size_t)(f[1] - '0') : 0;

		if (*f != '%')
			sb_addc(&sb, *f);
		else if (!n)
			add_part(&sb, parts.n ? parts.v[parts.n - 1] : NULL,
				 &f);
		else
			add_part(&sb, n <= parts.n ? parts.v[n - 1] : NULL,
				 &f);
	}
	/* A driver that lies right in the folder. */
	if (!sb.len || ends_with(sb_str(&sb), "/"))
		sb_adds(&sb, parts.n ? parts.v[parts.n - 1] : base_name(path));
	sb_addc(&sb, ':');
	sv_free(&parts);
	free(where);
	free(path);
	return sb_detach(&sb);
}

char *subject_make(const char *prefix, const char *change)
{
	struct strvec parts = {0};
	struct strbuf sb = {0};

	sv_split(&parts, prefix, ":");
	for (;;) {
		sb_reset(&sb);
		for (size_t i = 0; i < parts.n; i++) {
			const char *part = parts.v[i];

			sb_addf(&sb, "%s: ", part + strspn(part, " "));
		}
		sb_adds(&sb, change);
		if (sb.len <= SUBJECT_MAX || parts.n < 2)
			break;
		/* The middle one; of two, the first. */
		size_t drop = (parts.n - 1) / 2;

		free(parts.v[drop]);
		memmove(&parts.v[drop], &parts.v[drop + 1],
			(parts.n - drop) * sizeof(*parts.v));
		parts.n--;
	}
	sv_free(&parts);
	return sb_detach(&sb);
}

char *subject_narrow(const char *prefix, const char *file)
{
	const char *base = base_name(file);
	char *name = xstrndup(base, strcspn(base, "."));
	char *last = xasprintf(" %s:", name);
	char *narrow = ends_with(prefix, last) ?
			       xstrdup(prefix) :
			       xasprintf("%s %s:", prefix, name);

	free(last);
	free(name);
	return narrow;
}
