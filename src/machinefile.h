/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Machines of the boot check as data: a file machines/NAME.machine each, of
 * lines "key = value", "#" comments, and a section "[nic NAME]" for each
 * network interface. machines/README.md describes the keys.
 */
#ifndef RXA_MACHINEFILE_H
#define RXA_MACHINEFILE_H

#include "util.h"

struct machine_nic {
	char *name;
	int line;
	char *device;	      /* QEMU's words, with @net@ and @mac@ in them */
	char *driver;	      /* as the guest sees it; NULL where it is told by MAC alone */
	char *source;	      /* a file of the unit that this tests */
	struct strvec config; /* symbols, "CONFIG_X" or "CONFIG_X=value" */
	/* What the model filters, words: "16", "none", "hash", "exact". */
	char *uc, *mc;
	bool allmulti;
	char *promisc;	      /* "yes", "no", "unicast" */
	struct strvec gaps;   /* rows in which the model is known wrong */
	struct strvec skip;   /* rows that it can't do at all */
	int repeat;	      /* each frame is sent so often, 1 and up */
};

struct machine {
	char *name;	      /* of the file, without ".machine" */
	char *path;
	char *arch;	      /* kbuild's ARCH */
	char *cross;	      /* CROSS_COMPILE, "" for native */
	char *package;	      /* what has the cross compiler, or NULL */
	char *qemu, *qemu_package;
	int qemu_version;     /* at least this major version, 0 for any */
	struct strvec options;
	char *image, *dtb;    /* relative to O=; dtb may be NULL */
	struct strvec target; /* of make */
	char *console;	      /* "ttyS0" */
	char *tap;	      /* a second line for the results, or NULL */
	struct strvec append;
	struct strvec config; /* names of machines/config/NAME.config */
	/*
	 * Text of machines/<second> stands behind that of the tree's <first>,
	 * in the legacy and in the converted kernel; or none.
	 */
	struct strvec extra;  /* pairs */
	struct strvec soft;   /* kinds of software devices that its kernel has */
	int scale;	      /* how much longer than a PC it takes, 1 and up */
	struct machine_nic *nics;
	size_t nic_count, nic_cap;
};

struct machines {
	char *dir;
	struct machine *v;    /* by name */
	size_t n, cap;
};

/*
 * Reads one file's text. 0, or -EINVAL with "path:line: what is wrong" in
 * *why, which the caller frees. machine_free() in any case.
 */
int machine_parse(struct machine *m, const char *path, const char *text,
		  char **why);
void machine_free(struct machine *m);
/* Where the machines are; the caller frees it. */
char *machines_dir(void);
/* All of a folder. 0, or -errno after a message for each fault. */
int machines_read(struct machines *ms, const char *dir);
void machines_free(struct machines *ms);
const struct machine *machines_find(const struct machines *ms,
				    const char *name);

/* The NIC's words for QEMU, with these names in them. */
void machine_device(const struct machine_nic *nic, const char *net,
		    const char *mac, struct strvec *argv);

#endif
