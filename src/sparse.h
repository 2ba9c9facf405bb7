/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sparse beside the compiler (kbuild's C=), with a proof that it ran: a header
 * of ours goes in front of each file, in which a function takes a lock and
 * keeps it. Where sparse does not complain of that, or stumbles over an error,
 * the file was not checked, whatever else was or was not said.
 *
 * Since 7.0 the kernel's headers tell sparse nothing of locks; the header then
 * gives the attributes their old meaning again, so that a lock taken and not
 * given back is seen.
 */
#ifndef RXA_SPARSE_H
#define RXA_SPARSE_H

#include "kbuild.h"

/*
 * Adds C=, CHECK= and CF= to the words of each make, and the checker to
 * ->tool_key. Unless the session says C=0, and where there is a sparse that
 * can read today's kernels: CHECK=, what scripts/fetch-sparse has built, or
 * the PATH's. `root` is where sparse_write() will write. 0; where C= was asked
 * for and cannot be had, EXIT_ENVIRONMENT after a message; -EINTR.
 */
int sparse_setup(struct kbuild *kb, const struct session *s, const char *root);
/*
 * Writes the header, where sparse_setup() asked for it, and has the shadow
 * (->source) believe in the checker. -errno.
 */
int sparse_write(const struct kbuild *kb, const char *tree, const char *root);

/* Was the object's source checked? By what kbuild's log has of it. */
bool sparse_ran(const struct kobject_log *o);
/* Is it our own function that sparse complains of? */
bool sparse_is_proof(const struct kdiag *d);

#endif
