// SPDX-License-Identifier: GPL-2.0-only
#include "bootside.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

/*
 * Seconds without a word on the lines and out of the cards, after which a
 * machine hangs; and all that a boot, and a card in it, may take.
 */
static const struct patience {
	const char *accel;
	int idle, boot, nic, soft;
} patience[] = {
	{"kvm", 60, 120, 120, 60},
	{"tcg", 240, 600, 600, 300},
};

static const struct patience *patience_of(const char *accel)
{
	for (size_t i = 0; i < ARRAY_SIZE(patience); i++)
		if (!strcmp(patience[i].accel, accel))
			return &patience[i];
	return &patience[ARRAY_SIZE(patience) - 1];
}

static int deadline_of(const struct boot_how *how, const struct boot_choice *c)
{
	const struct patience *p = patience_of(how->accel);
	int seconds = p->boot;

	for (size_t i = 0; i < c->machine->nic_count; i++)
		seconds += c->nics[i] ? p->nic : 0;
	if (c->soft)
		seconds += p->soft * (int)c->machine->soft.n;
	return seconds * c->machine->scale * how->at_once;
}

static int idle_of(const struct boot_how *how, const struct boot_choice *c)
{
	if (how->timeout)
		return how->timeout;
	return patience_of(how->accel)->idle * c->machine->scale *
	       how->at_once;
}

static char *command_line(const struct boot_how *how, const struct machine *mc)
{
	struct strbuf sb = {0};

	sb_addf(&sb, "console=%s panic=-1", mc->console);
	if (mc->tap)
		sb_addf(&sb, " tap=%s", mc->tap);
	/* Of another architecture's clock, ours says nothing. */
	if (!strcmp(mc->arch, "x86_64") || !strcmp(mc->arch, "i386"))
		sb_addf(&sb, "%s%s", *how->clock ? " " : "", how->clock);
	for (size_t i = 0; i < mc->append.n; i++)
		sb_addf(&sb, " %s", mc->append.v[i]);
	return sb_detach(&sb);
}

static char *side_file(const char *folder, const char *label, const char *what)
{
	return xasprintf("%s/%s.%s", folder, label, what);
}

static void write_text(const struct boot_side *side, const char *what,
		       const char *text)
{
	char *path = side_file(side->folder, side->label, what);
	int ret = file_write(path, text, strlen(text));

	if (ret)
		warn("cannot write %s: %s", path, strerror(-ret));
	free(path);
}

/* All that follows from the texts. */
static void understand(struct boot_side *side)
{
	said_read(&side->said, side->prefix ? side->console : side->results,
		  side->prefix);
	splats_find(&side->splats, side->console);
	/* What the guest saw in the log counts also where the line broke. */
	if (!side->splats.n && side->said.log.len)
		splats_find(&side->splats, sb_str(&side->said.log));
}

static void on_end(struct job *job)
{
	struct boot_side *side = job->data;
	struct qemu *q = side->qemu;
	struct boot_signs signs = {
		.late = q->late || job->timed_out,
		.spoke = q->text[QEMU_CONSOLE].len != 0,
		.code = job->error ? 127 : job->code,
	};

	side->console = sb_detach(&q->text[QEMU_CONSOLE]);
	side->results = sb_detach(&q->text[QEMU_RESULTS]);
	side->command = job_command(job);
	side->qemu_said = xstrdup(sb_str(&job->out));
	side->version = xstrdup(q->qmp.version ? q->qmp.version : "unknown");
	side->seconds = q->seconds;
	understand(side);
	signs.token = side->said.ended;
	side->end = boot_end_of(&signs, &side->splats);
	write_text(side, "console", side->console);
	write_text(side, "results", side->results);
	write_text(side, "command", side->command);
	say("BOOTED", "%s %s: %s after %d s", base_name(side->folder),
	    side->label, boot_end_name(side->end), side->seconds);
	qemu_free(q);
	side->qemu = NULL;
}

int boot_side_start(struct boot_side *side, const char *label,
		    const char *folder, const struct boot_how *how,
		    const struct boot_choice *c, const struct boot_image *image,
		    const char *initrd, struct pool *pool)
{
	const struct machine *mc = c->machine;
	char *append = command_line(how, mc);
	struct qemu *q = qemu_new(mc->qemu, how->accel, &mc->options);
	struct job *job;
	int ret;

	*side = (struct boot_side){
		.label = xstrdup(label), .folder = xstrdup(folder),
		.prefix = mc->tap ? NULL : BOOTWIRE_PREFIX,
		.accel = how->accel, .qemu = q,
	};
	qemu_lines(q, mc->tap != NULL);
	for (size_t i = 0; i < mc->nic_count; i++) {
		char *mac = boot_mac(i);

		if (c->nics[i])
			machine_device(&mc->nics[i],
				       qemu_net(q, (unsigned int)
							mc->nics[i].repeat),
				       mac, &q->words);
		free(mac);
	}
	qemu_kernel(q, image->image ? image->image : "IMAGE", initrd,
		    image->dtb, append);
	q->idle = idle_of(how, c);
	q->farewell = SAID_END;
	free(append);
	ret = qemu_listen(q);
	if (ret)
		return ret;
	job = qemu_job(q, deadline_of(how, c));
	job->data = side;
	job->done = how->dry_run ? NULL : on_end;
	pool_add(pool, job);
	return 0;
}

void boot_side_free(struct boot_side *side)
{
	said_free(&side->said);
	splats_free(&side->splats);
	qemu_free(side->qemu);
	free(side->label);
	free(side->console);
	free(side->results);
	free(side->command);
	free(side->qemu_said);
	free(side->version);
	free(side->folder);
	*side = (struct boot_side){0};
}

void boot_side_keep(const struct boot_side *side, uint64_t key)
{
	char *path = side_file(side->folder, side->label, "json");
	json_t *j;

	if (side->end != BOOT_ENDED || side->reused) {
		free(path);
		return;
	}
	j = json_pack("{so ss ss si}", "key",
		      json_sprintf("%016" PRIx64, key), "qemu", side->version,
		      "accel", side->accel, "seconds", side->seconds);
	if (j && json_write(path, j))
		warn("cannot write %s", path);
	json_decref(j);
	free(path);
}

static char *read_text(const char *folder, const char *label, const char *what)
{
	char *path = side_file(folder, label, what);
	struct strbuf sb = {0};

	file_read(path, &sb);
	free(path);
	return sb_detach(&sb);
}

bool boot_side_again(struct boot_side *side, const char *label,
		     const char *folder, const struct machine *mc,
		     uint64_t key)
{
	char *path = side_file(folder, label, "json"), hex[17];
	int error;
	json_t *j = json_read(path, &error);
	const char *old = json_string_value(json_object_get(j, "key"));
	const char *accel = json_string_value(json_object_get(j, "accel"));
	const char *version = json_string_value(json_object_get(j, "qemu"));

	free(path);
	snprintf(hex, sizeof(hex), "%016" PRIx64, key);
	*side = (struct boot_side){0};
	if (old && accel && version && !strcmp(old, hex)) {
		*side = (struct boot_side){
			.label = xstrdup(label), .folder = xstrdup(folder),
			.prefix = mc->tap ? NULL : BOOTWIRE_PREFIX,
			.accel = patience_of(accel)->accel,
			.version = xstrdup(version), .qemu_said = xstrdup(""),
			.console = read_text(folder, label, "console"),
			.results = read_text(folder, label, "results"),
			.command = read_text(folder, label, "command"),
			.seconds = (int)json_integer_value(
				json_object_get(j, "seconds")),
			.reused = true,
		};
		understand(side);
	}
	json_decref(j);
	if (side->reused && !side->said.ended)
		boot_side_free(side);
	return side->reused;
}
