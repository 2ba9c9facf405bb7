/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's own make, for one architecture and one configuration: a source
 * folder, an output folder beneath it (so that kbuild names all sources by
 * "../", which ccache likes), many objects in one call.
 */
#ifndef RXA_KBUILD_H
#define RXA_KBUILD_H

#include "archfile.h"
#include "configspec.h"
#include "job.h"
#include "kbuildlog.h"
#include "kconfig.h"
#include "session.h"

struct kbuild {
	const char *tree;   /* that the source folder shows; or NULL */
	char *source, *obj; /* absolute; obj lies directly in source */
	char *arch;	    /* as in ARCH= */
	char *config;	    /* as named by the user: "allmodconfig", a file */
	struct configspec spec; /* the same, read */
	struct archfile *af; /* NULL for an ARCH= that has none */
	char *compiler;	    /* "gcc", "aarch64-linux-gnu-gcc", "clang-19" */
	struct strvec vars; /* words of every call: ARCH=, CC=, W=1, ... */
	uint64_t tool_key;  /* of the compiler's version and the words */
	int jobs;
	bool dry_run;
	bool checks;	    /* sparse runs beside the compiler, see sparse.h */
	int lock_fd; /* every make inherits it; 0 for none */

	/* Called for each progress line ("CC", "drivers/net/x.o"). */
	void (*progress)(void *data, const char *what, const char *path);
	/* Called when kbuild is done with an object, well or not. */
	void (*object)(void *data, const struct kobject_log *o);
	void *data;
};

/*
 * `arch` NULL: the ARCH= of the session's words, of the environment, or the
 * machine's own. Nothing is run yet. Free with kbuild_free().
 */
void kbuild_init(struct kbuild *kb, const struct session *s, const char *source,
		 const char *arch, const char *config);
void kbuild_free(struct kbuild *kb);

/*
 * Looks for make, the compiler and all that preparing a kernel needs, and
 * computes tool_key. 0, or EXIT_ENVIRONMENT after a message that names the
 * missing thing and the package which has it.
 */
int kbuild_probe(struct kbuild *kb);
/* The message of kbuild_probe(); EXIT_ENVIRONMENT. */
int kbuild_missing(const char *what, const char *package);
/*
 * Only the compiler's version, for tool_key; as kbuild_probe(). A clang that
 * is too old for the tree is as good as missing.
 */
int kbuild_version(struct kbuild *kb);

/*
 * Waits until no make of an earlier, killed run is at work any more, and
 * keeps others out. -errno.
 */
int kbuild_lock(struct kbuild *kb, const char *path);
void kbuild_unlock(struct kbuild *kb);

/*
 * obj/.config from the configuration with the fragment's lines on top, through
 * olddefconfig. 0, an exit code after a message, or -EINTR.
 */
int kbuild_configure(struct kbuild *kb, const char *fragment);
/* What every object needs: generated headers, objtool. As kbuild_configure().
 */
int kbuild_prepare(struct kbuild *kb);
/*
 * Makes these targets, what there is of them as make sees fit. 0;
 * EXIT_UNIT_FAILED where make could not, EXIT_ENVIRONMENT where there was no
 * make or no room, each after a message; -EINTR.
 */
int kbuild_targets(struct kbuild *kb, const struct strvec *targets);
/*
 * Makes the objects anew, whatever was there of them, with -k; *log gets what
 * was said (kbuildlog_init() is done here). 0 also where some failed; an exit
 * code after a message where make could not work at all (disk full), -EINTR.
 */
int kbuild_objects(struct kbuild *kb, const struct strvec *objects,
		   struct kbuildlog *log);
/* Is the object there, an ELF file of the architecture? */
bool kbuild_has(const struct kbuild *kb, const char *object);
/*
 * The files of the source folder that the object was made of, from kbuild's
 * .cmd file; source-relative. -errno.
 */
int kbuild_deps(const struct kbuild *kb, const char *object,
		struct strvec *deps);

#endif
