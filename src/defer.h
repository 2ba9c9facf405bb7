/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private deferral: what a callback hands to a work item only because it could
 * not sleep, and whether the work can be done in its place.
 */
#ifndef RXA_DEFER_H
#define RXA_DEFER_H

#include "plan.h"

/* The closed list: why a deferral stays. Ends with a row without a code. */
struct keep_reason {
	const char *code, *text;
};
extern const struct keep_reason keep_reasons[];

enum change_kind {
	CHANGE_DROP,	/* a statement goes */
	CHANGE_CALL,	/* the queueing becomes a call of the work's function */
	CHANGE_CALL_LATER, /* the same behind the unlock that follows it */
	CHANGE_BODY,	/* the function gets what it took from the work */
	CHANGE_BODY_SET,/* the same where that is assigned, not initialised */
	CHANGE_PROTO,	/* its prototype */
	CHANGE_DECLARE,	/* a prototype, where it stands behind its caller */
	CHANGE_FIELD,	/* the work's member in its struct */
	CHANGE_SYNC,	/* a write that does not wait becomes its twin that does */
	CHANGE_FLAG,	/* a bit is set, a work queued: done at once, as `more` */
	CHANGE_GONE,	/* a function that nobody calls any more */
	CHANGE_PART,	/* goes with one of the others */
	CHANGE_NONE,	/* has to stay as it is */
};

/* One change to the module's text; tokens as before any of them. */
struct change {
	enum change_kind kind;
	struct csource *src;
	struct cfunc *in;	/* NULL for a struct's member, a prototype */
	size_t from, to;	/* its tokens, to excluded */
	char *old, *text;	/* what stands there, what will (NULL: nothing) */
	char *more;		/* CHANGE_SYNC: a last argument, or NULL; lines */
};

struct defer {
	/* Of keep_reasons, with a note that begins with the place; or NULL. */
	const char *keeps;
	char *note;
	/* Who queues, and the work's function; NULL where a write is meant. */
	struct cfunc *in, *body;
	size_t queue, queue_end;	/* the statement, without its ";" */
	char *object, *field;		/* in schedule_work(&object->field) */
	const char *type;		/* of the work: "work_struct" */
	char *wq;			/* its own queue's last word, or NULL */
	char *wq_note;			/* why that queue's order is no matter */
	/* A bit for a work that stays, that work, what the bit was under. */
	char *flag, *work, *mutex;
	char *field_user;		/* a module for which the field stays */
	char *tag, *var;		/* struct tag *var: what the body got */
	struct change *changes;
	size_t count, cap;
};

/*
 * Does a callback of the plan defer? Then *d says what would change, or why
 * it has to stay; free with defer_free().
 */
bool defer_find(const struct plan *p, struct defer *d);
void defer_free(struct defer *d);

/* Notes why it stays; the first reason counts. Always false. */
bool defer_keep(struct defer *d, const char *code, const struct csource *src,
		size_t tok, const char *fmt, ...) __printf_like(5, 6);
/* Adds a change; `text` is taken over. */
void defer_change(struct defer *d, enum change_kind kind, struct csource *src,
		  size_t from, size_t to, char *text);

/* twin.c: the same for writes that do not wait for their end. */
bool twin_find(const struct plan *p, struct defer *d);

/* deferplace.c: does something on the callbacks' paths queue? And what? */
bool defer_find_queueing(const struct plan *p, struct defer *d);
bool defer_read_queueing(struct defer *d);
/* Does the call at the token queue any kind of work? */
bool defer_queues(const struct ctokens *ts, size_t i);
/* A call where it was queued, or behind the unlock that follows. */
bool defer_place_call(const struct plan *p, struct defer *d);

/* deferflag.c: does it set a bit for a work that others use as well? */
bool defer_find_flag(const struct plan *p, struct defer *d);

/* deferuse.c: the declaration, the struct around it, the function set for it */
bool defer_find_declaration(const struct plan *p, struct defer *d);
/* What else is done with it, here and in other modules. */
bool defer_look_at_uses(const struct plan *p, struct defer *d);
bool defer_is_private(const struct plan *p, struct defer *d);

/* deferbody.c: what the function takes from its work; it is nothing else's. */
bool defer_read_body(const struct plan *p, struct defer *d);
/* Is the function declared before it is called? Else it has to be. */
void defer_declare_body(const struct plan *p, struct defer *d);

/* deferqueue.c: the functions that works of that member are set up for. */
void defer_work_functions(const struct cmodule *mod, const char *member,
			  struct cfuncs *out);
/* May the work leave a queue that is not the system's? */
bool defer_queue_fits(const struct plan *p, struct defer *d);

/* deferwait.c: is each wait for the work needless once it is gone? */
bool defer_wait_is_needless(const struct plan *p, struct defer *d,
			    struct csource *src, size_t tok);
/* deferfit.c: does it look at the lists, the modes, or at what the callback has set? */
bool defer_body_is_filter(const struct plan *p, struct defer *d);
/* Can the body run with rtnl held: locks, waits? */
bool defer_body_fits_rtnl(const struct plan *p, struct defer *d);
/* deferrtnl.c: is rtnl taken between the tokens, there or in what is called? */
bool defer_rtnl_between(const struct cmodule *mod, const struct cfunc *f,
			size_t from, size_t to);
/* Has the function taken rtnl on each way to the token, and holds it? */
bool defer_took_rtnl(const struct cfunc *f, size_t tok);
/* Does the core call the operation with rtnl held? */
bool defer_has_rtnl(const char *member);
/* Is rtnl held at the token, by f or by all that lead to it? */
bool defer_under_rtnl(const struct cmodule *mod, const struct cfunc *f,
		      size_t tok, int depth);

/*
 * defergone.c: is no device registered when the token is reached? `field` is
 * the work's, which may have been set up just before; or NULL.
 */
bool defer_device_is_gone(const struct cmodule *mod, const struct cfunc *f,
			  size_t tok, const char *field, int depth);

/* defercaller.c: may those who call the callback themselves do the work at once? */
bool defer_callers_fit(const struct plan *p, struct defer *d,
		       const struct cfunc *in);

#endif
