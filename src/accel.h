/* SPDX-License-Identifier: GPL-2.0-only */
/* What QEMU on this host can do: a quick CPU, and which models. */
#ifndef RXA_ACCEL_H
#define RXA_ACCEL_H

#include "util.h"

/*
 * "kvm" where a guest of this program really lives on /dev/kvm, by a short
 * trial; else "tcg". The word is static.
 */
const char *accel_probe(const char *program);
/*
 * Words for the kernel's command line by which a guest need not measure its
 * clock; "" where this host doesn't say. The caller frees it.
 */
char *accel_clock(void);

struct qemu_models {
	char *version;		/* "7.2.22" */
	struct strvec devices, machines;
};

/* 0 or -errno; -EIO where the program doesn't say. */
int qemu_models_read(struct qemu_models *m, const char *program);
/*
 * The first word of the options that this QEMU doesn't know, "-device igb" or
 * "-M no-board"; NULL where it knows all. The caller frees it.
 */
char *qemu_models_lack(const struct qemu_models *m, const char *options);
void qemu_models_free(struct qemu_models *m);

#endif
