// SPDX-License-Identifier: GPL-2.0-only
#include "bootclass.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* So many lines belong to a splat that has no end of its own. */
#define SPLAT_LINES 160
#define SPLAT_FRAMES 3
#define FRAME_MAX 96
#define HEX_DIGITS 6

static const struct sign {
	const char *text;
	bool fatal;
} signs[] = {
	{"Kernel panic", true},
	{"Oops", true},
	{"general protection fault", true},
	{"Unable to handle kernel", true},
	{"WARNING: ", false},
	{"BUG: ", false},
	{"kernel BUG at", true},
	{"INFO: task", false},
	{"INFO: rcu", false},
	{"INFO: possible", false},
	{"INFO: trying to register non-static key", false},
	{"possible recursive locking", false},
	{"suspicious RCU", false},
	{"ODEBUG: ", false},
	{"refcount_t: ", false},
	{"ref_tracker: ", false},
	{"list_add corruption", false},
	{"list_del corruption", false},
	{"unregister_netdevice: waiting", false},
	{"workqueue lockup", false},
	{"scheduling while atomic", false},
	{"page allocation failure", false},
	{"NETDEV WATCHDOG", false},
};

/* Frames that say how a complaint is printed, not where it comes from. */
static const char *const common[] = {
	"dump_stack", "show_stack", "print_", "__warn", "warn_slowpath",
	"report_bug", "handle_bug", "exc_", "asm_exc_", "__might_", "check_",
	"mark_", "valid_state", "validate_chain", "__lock_acquire",
	"lock_acquire", "lockdep_", "kasan_", "__schedule_bug", "__asan_",
	"debug_print_object", "__debug_", "debug_object", "panic", "die",
	"unwind_backtrace", "___slab", "__dump", "dump_backtrace",
};

/* "[   12.3] " and "[T12] " in front, if there are any. */
static const char *skip_stamp(const char *line)
{
	while (*line == '[') {
		const char *end = strchr(line, ']');

		if (!end || end - line > 24)
			break;
		line = end + 1;
		line += strspn(line, " ");
	}
	return line;
}

static const struct sign *sign_of(const char *line, size_t n)
{
	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (memmem(line, n, signs[i].text, strlen(signs[i].text)))
			return &signs[i];
	return NULL;
}

/* Numbers and addresses become N. */
static char *title_of(const char *line, size_t n)
{
	struct strbuf sb = {0};

	for (size_t i = 0; i < n;) {
		size_t hex = 0, digits = 0, x = 0;
		bool inside = i && (isalnum((unsigned char)line[i - 1]) ||
				    line[i - 1] == '_');

		if (i + 1 < n && line[i] == '0' && line[i + 1] == 'x')
			x = 2;
		while (i + x + hex < n &&
		       isxdigit((unsigned char)line[i + x + hex]))
			hex++;
		while (i + digits < n && isdigit((unsigned char)line[i + digits]))
			digits++;
		if (!inside && x && hex)
			digits = x + hex;
		else if (!inside && hex >= HEX_DIGITS && hex > digits)
			digits = hex;
		else if (inside)
			digits = 0;
		if (digits) {
			sb_addc(&sb, 'N');
			i += digits;
		} else if (line[i] == '\r') {
			i++;
		} else {
			sb_addc(&sb, line[i++]);
		}
	}
	return sb_detach(&sb);
}

/* "name" of "name+0x12/0x34" in the line, into a static buffer. */
static const char *frame_of(const char *line, size_t n)
{
	static char name[FRAME_MAX];
	const char *plus = memmem(line, n, "+0x", 3), *begin = plus;

	if (!plus || !memchr(plus, '/', n - (size_t)(plus - line)))
		return NULL;
	while (begin > line && (isalnum((unsigned char)begin[-1]) ||
				strchr("_.", begin[-1])))
		begin--;
	/* A guess of the unwinder. */
	if (begin > line + 1 && begin[-2] == '?')
		return NULL;
	if (begin == plus || (size_t)(plus - begin) >= sizeof(name))
		return NULL;
	memcpy(name, begin, (size_t)(plus - begin));
	name[plus - begin] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(common); i++)
		if (starts_with(name, common[i]))
			return NULL;
	return name;
}

static bool is_end(const char *line, size_t n)
{
	return memmem(line, n, "</TASK>", 7) ||
	       memmem(line, n, "---[ end trace", 14);
}

static void begin_splat(struct splats *s, const char *line, size_t n,
			size_t number, bool fatal)
{
	char *title = title_of(line, n);

	GROW(s->v, s->n, s->cap);
	s->v[s->n++] = (struct splat){title, xstrdup(title), number, fatal};
}

static void add_frame(struct splat *s, const char *frame, int index)
{
	char *longer = xasprintf("%s%s%s", s->print, index ? " < " : " | ",
				 frame);

	free(s->print);
	s->print = longer;
}

void splats_find(struct splats *s, const char *console)
{
	size_t number = 0, left = 0;
	int frames = 0;

	while (*console) {
		size_t n = strcspn(console, "\n");
		const char *line = skip_stamp(console), *frame;
		size_t len = line < console + n ?
				     n - (size_t)(line - console) : 0;
		const struct sign *sign = sign_of(line, len);

		number++;
		if (sign && !left) {
			begin_splat(s, line, len, number, sign->fatal);
			left = SPLAT_LINES;
			frames = 0;
		} else if (left) {
			struct splat *last = &s->v[s->n - 1];

			last->fatal |= sign && sign->fatal;
			frame = frames < SPLAT_FRAMES ? frame_of(line, len) :
							NULL;
			if (frame)
				add_frame(last, frame, frames++);
			left = is_end(line, len) ? 0 : left - 1;
		}
		console += n + (console[n] == '\n');
	}
}

bool splats_have(const struct splats *s, const char *print)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->v[i].print, print))
			return true;
	return false;
}

const struct splat *splats_fatal(const struct splats *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].fatal)
			return &s->v[i];
	return NULL;
}

void splats_free(struct splats *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].title);
		free(s->v[i].print);
	}
	free(s->v);
	*s = (struct splats){0};
}

void splat_text(struct strbuf *sb, const char *console, size_t line,
		size_t lines)
{
	for (size_t i = 1; *console && i < line + lines; i++) {
		size_t n = strcspn(console, "\n");

		if (i >= line) {
			sb_add(sb, console, n);
			sb_addc(sb, '\n');
		}
		console += n + (console[n] == '\n');
	}
}

const char *boot_end_name(enum boot_end e)
{
	static const char *const names[] = {
		[BOOT_ENDED] = "end",
		[BOOT_QUIT] = "quit",
		[BOOT_CRASH] = "crash",
		[BOOT_HANG] = "hang",
		[BOOT_NO_START] = "no-start",
	};

	return names[e];
}

enum boot_end boot_end_of(const struct boot_signs *b,
			  const struct splats *splats)
{
	if (b->token)
		return BOOT_ENDED;
	if (splats_fatal(splats))
		return BOOT_CRASH;
	if (b->late)
		return BOOT_HANG;
	if (!b->spoke && b->code)
		return BOOT_NO_START;
	return BOOT_QUIT;
}
