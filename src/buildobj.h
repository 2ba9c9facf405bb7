/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The objects of the build stage themselves: those before are kept, and those
 * after compared with them.
 */
#ifndef RXA_BUILDOBJ_H
#define RXA_BUILDOBJ_H

#include "buildsetup.h"

/* Keeps the object that was just made, for comparison. -errno. */
int build_object_keep(const struct build *b, const char *object);
/* Is there one of before? */
bool build_object_is_kept(const struct build *b, const char *object);
/* Compares the one just made for that unit; fills r->judge. */
void build_object_compare(struct build *b, const struct build_unit *u,
			  struct build_record *r);

/*
 * The compiler weighs a whole file when it decides what to put into what, so
 * that a function may differ of which nothing has changed. To see that this is
 * all, both objects are made once more with less inlining and __LINE__ a
 * constant: with the converted files in place, then with the tree's. 0, an
 * exit code, or -EINTR.
 */
int build_object_plain(struct build *b, const struct strvec *objects,
		       bool after);
/* What is the same in these is explained. */
void build_object_settle(struct build *b, const struct build_unit *u,
			 struct build_record *r);

#endif
