/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of objects as the tree itself has them ("before"), kept
 * between runs, and the keys by which a result counts as today's.
 */
#ifndef RXA_BUILDSTORE_H
#define RXA_BUILDSTORE_H

#include <jansson.h>

#include "kbuild.h"
#include "objjudge.h"

/* One compilation of one object. */
struct build_record {
	char *object;
	uint64_t key;		/* of all that went into it */
	bool built;		/* kbuild made it, and it is an ELF file */
	bool module;		/* marked "[M]" */
	char *error;		/* the first error; NULL where it was built */
	struct strvec texts, norms;	/* of its warnings, in parallel */
	struct strvec deps;	/* tree-relative, outside include/ and arch/ */
	char *log;		/* kbuild's and the compiler's lines */
	bool checked;		/* sparse ran on it, see sparse.h */
	struct objjudge *judge;	/* of one after: what differs; or NULL */
};

struct build_store {
	char *path;		/* of its JSON */
	uint64_t config_key;	/* of what obj/.config was made of */
	uint64_t prepared_key;	/* base key for which obj is prepared; or 0 */
	struct build_record **v;
	size_t n, cap;
	bool changed;

	bool checks;		/* sparse runs now, see kbuild.h */

	/* Private: hashes of the tree's files, each read once. */
	const char *tree;
	struct file_hash { char *path; uint64_t hash; } *hashes;
	size_t hash_count, hash_size;
};

/* Reads what is there; a missing or broken file counts as empty. */
void build_store_open(struct build_store *st, const char *path,
		      const char *tree);
/* Written whole, if anything changed. -errno. */
int build_store_save(struct build_store *st);
void build_store_close(struct build_store *st);

/* NULL where the object has none. */
struct build_record *build_store_find(const struct build_store *st,
				      const char *object);
/* Takes the record over, in place of an older one. */
void build_store_put(struct build_store *st, struct build_record *r);

/* Did the machine fail, not the code: no memory, no room, a killed compiler? */
bool build_log_is_void(const struct kobject_log *o);
/* A record of what the log says, without its key. */
struct build_record *build_record_new(const struct kbuild *kb,
				      const struct kobject_log *o);
void build_record_free(struct build_record *r);

/*
 * Of the files under include/ and the architecture's own (their times and
 * sizes; there are thousands) and the top Makefile.
 */
uint64_t tree_stamp(const char *tree, const char *arch);
/* Its two steps: of include/, and on from there. */
uint64_t tree_stamp_include(const char *tree);
uint64_t tree_stamp_arch(uint64_t include, const char *tree, const char *arch);
/* Of all files of the tree, by size and time. */
uint64_t tree_stamp_all(const char *tree);
/* Of this very program: what one could not do, the next one may. */
uint64_t program_key(void);
/* The key that the record would have if it were made now. */
uint64_t build_record_key(struct build_store *st, uint64_t base,
			  const struct build_record *r);

/*
 * The warnings that `after` has and `before` has not: one that was there twice
 * and is there three times counts as new once. As texts.
 */
void build_record_new_warnings(const struct build_record *before,
			       const struct build_record *after,
			       struct strvec *texts);

#endif
