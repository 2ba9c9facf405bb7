// SPDX-License-Identifier: GPL-2.0-only
#include "accel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "job.h"

#define SECTOR 512
/* isa-debug-exit ends QEMU with 2 * value + 1. */
#define TRIAL_VALUE 0x10
#define TRIAL_CODE (2 * TRIAL_VALUE + 1)
#define TRIAL_SECONDS 2

/* A KVM that takes long for a boot sector is none to rely on. */
static bool trial(const char *program)
{
	/* mov $VALUE,%al; out %al,$0xf4; hlt; jmp . */
	uint8_t sector[SECTOR] = {0xb0, TRIAL_VALUE, 0xe6, 0xf4,
				  0xf4, 0xeb,	     0xfd};
	const char *tmp = getenv("TMPDIR");
	char *path = xasprintf("%s/rxasync-trial-%d",
			       tmp && !strpbrk(tmp, ", ") ? tmp : "/tmp",
			       (int)getpid());
	struct job *job;
	bool good = false;

	sector[SECTOR - 2] = 0x55;
	sector[SECTOR - 1] = 0xaa;
	if (!file_write(path, sector, sizeof(sector))) {
		job = job_new(program, "-accel", "kvm", "-nodefaults",
			      "-display", "none", "-no-reboot", "-device",
			      "isa-debug-exit,iobase=0xf4,iosize=1", "-drive",
			      NULL);
		sv_addf(&job->argv, "file=%s,format=raw,if=floppy,readonly=on",
			path);
		job->deadline = TRIAL_SECONDS;
		job->merge = true;
		good = !job_run(job) && job->code == TRIAL_CODE;
		job_free(job);
		unlink(path);
	}
	free(path);
	return good;
}

const char *accel_probe(const char *program)
{
	const char *name = base_name(program);
	struct utsname host;
	bool pc = !strcmp(name, "qemu-system-x86_64") ||
		  !strcmp(name, "qemu-system-i386");

	if (!pc || uname(&host) || strcmp(host.machine, "x86_64") ||
	    access("/dev/kvm", R_OK | W_OK))
		return "tcg";
	return trial(program) ? "kvm" : "tcg";
}

char *accel_clock(void)
{
	struct strbuf text = {0};
	char *words = NULL;
	const char *at;

	file_read("/proc/cpuinfo", &text);
	at = strstr(sb_str(&text), "cpu MHz");
	at = at ? strchr(at, ':') : NULL;
	if (at && strtod(at + 1, NULL) > 0)
		words = xasprintf("tsc_early_khz=%d tsc=reliable",
				  (int)(strtod(at + 1, NULL) * 1000));
	sb_free(&text);
	return words ? words : xstrdup("");
}

static int help_of(const char *program, const char *option,
		   struct strbuf *text)
{
	struct job *job = job_new(program, option, NULL);
	int ret;

	if (strcmp(option, "--version"))
		sv_add(&job->argv, "help");
	job->deadline = 60;
	ret = job_run(job);
	if (!ret && (job->code || !job->out.len))
		ret = -EIO;
	sb_reset(text);
	sb_adds(text, sb_str(&job->out));
	job_free(job);
	return ret;
}

/* Lines like: name "e1000", bus PCI, alias "e1000-82540em", desc "..." */
static void take_devices(struct strvec *to, const char *text)
{
	static const char *const keys[] = {"name \"", "alias \""};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		for (const char *at = text; (at = strstr(at, keys[i]));) {
			at += strlen(keys[i]);
			sv_addf(to, "%.*s", (int)strcspn(at, "\""), at);
		}
}

/* Lines like: pc   Standard PC (alias of pc-i440fx-7.2) */
static void take_machines(struct strvec *to, const char *text)
{
	while (*text) {
		sv_addf(to, "%.*s", (int)strcspn(text, " \n"), text);
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
}

int qemu_models_read(struct qemu_models *m, const char *program)
{
	struct strbuf text = {0};
	const char *version;
	int ret;

	*m = (struct qemu_models){0};
	ret = help_of(program, "--version", &text);
	version = ret ? NULL : strstr(sb_str(&text), "version ");
	if (version) {
		version += strlen("version ");
		m->version = xstrndup(version, strcspn(version, " \n("));
		ret = help_of(program, "-device", &text);
	} else if (!ret) {
		ret = -EIO;
	}
	if (!ret) {
		take_devices(&m->devices, sb_str(&text));
		ret = help_of(program, "-machine", &text);
	}
	if (!ret)
		take_machines(&m->machines, sb_str(&text));
	sb_free(&text);
	return ret;
}

static bool is_lacking(const struct qemu_models *m, const char *option,
		       const char *value)
{
	char *name = xstrndup(value, strcspn(value, ","));
	bool lacking = false;

	if (!strcmp(option, "-device"))
		lacking = !sv_has(&m->devices, name);
	else if (!strcmp(option, "-M") || !strcmp(option, "-machine"))
		lacking = !sv_has(&m->machines, name);
	free(name);
	return lacking;
}

char *qemu_models_lack(const struct qemu_models *m, const char *options)
{
	struct strvec words = {0};
	char *lack = NULL;

	sv_split(&words, options, " \t");
	for (size_t i = 0; i + 1 < words.n && !lack; i++)
		if (is_lacking(m, words.v[i], words.v[i + 1]))
			lack = xasprintf("%s %.*s", words.v[i],
					 (int)strcspn(words.v[i + 1], ","),
					 words.v[i + 1]);
	sv_free(&words);
	return lack;
}

void qemu_models_free(struct qemu_models *m)
{
	free(m->version);
	sv_free(&m->devices);
	sv_free(&m->machines);
	*m = (struct qemu_models){0};
}
