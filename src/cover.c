// SPDX-License-Identifier: GPL-2.0-only
#include "cover.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "changelog.h"
#include "subject.h"

#define COVER "0000-cover-letter.patch"

static size_t prefix_length(const struct patch *p)
{
	const char *end = strstr(p->subject, ": convert");

	return end ? (size_t)(end - p->subject) : strlen(p->subject);
}

/*
 * "net: convert 15 drivers to ndo_set_rx_mode_async, part 3", the last where
 * there are several waves; the caller frees it.
 */
static char *subject_of(const struct patch *patches, size_t n, size_t waves)
{
	struct strvec files = {0};
	char *prefix, *change, *subject;

	for (size_t i = 0; i < n; i++)
		if (patches[i].file_count)
			sv_add_once(&files, patches[i].files[0].path);
	prefix = subject_from_paths(&files);
	/* Drivers from all over the tree have only where they go in common. */
	if (!strcmp(prefix, ":")) {
		free(prefix);
		prefix = xasprintf("%.*s:", (int)strcspn(patches[0].tree, "-"),
				   patches[0].tree);
	}
	change = xasprintf("convert %zu driver%s to ndo_set_rx_mode_async", n,
			   n > 1 ? "s" : "");
	if (waves > 1) {
		char *part = xasprintf("%s, part %zu", change,
				       patches[0].wave);

		free(change);
		change = part;
	}
	subject = subject_make(prefix, change);
	sv_free(&files);
	free(prefix);
	free(change);
	return subject;
}

static const char *status_of(const struct patch *p)
{
	return p->u->status ? p->u->status : "unknown";
}

static void add_table(struct strbuf *sb, const struct patch *patches, size_t n)
{
	size_t name = 6, status = 10;

	for (size_t i = 0; i < n; i++) {
		size_t len = prefix_length(&patches[i]);

		name = len > name ? len : name;
		len = strlen(status_of(&patches[i]));
		status = len > status ? len : status;
	}
	sb_addf(sb, "\n #  %-*s  %-*s  compiled\n", (int)name, "driver",
		(int)status, "maintained");
	for (size_t i = 0; i < n; i++) {
		char *evidence = changelog_evidence(patches[i].u);

		sb_addf(sb, "%2zu  %-*.*s  %-*s  %s\n", i + 1, (int)name,
			(int)prefix_length(&patches[i]), patches[i].subject,
			(int)status, status_of(&patches[i]), evidence);
		free(evidence);
	}
}

/* Drivers that nobody looks after are a weak case for a series. */
static void add_orphans(struct strbuf *sb, const struct patch *patches,
			size_t n)
{
	struct strbuf text = {0};
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		if (!strstr(status_of(&patches[i]), "Orphan") &&
		    !strstr(status_of(&patches[i]), "Obsolete"))
			continue;
		sb_addf(&text, "%s%.*s", count++ ? ", " : "",
			(int)prefix_length(&patches[i]), patches[i].subject);
	}
	if (count)
		paragraph(sb, xasprintf("Nobody looks after %zu of these (%s)."
					" Without a maintainer or a tester the"
					" case for touching them is weak; they"
					" are here so that the old callback"
					" can go in the end.", count,
					sb_str(&text)));
	sb_free(&text);
}

static void add_tests(struct strbuf *sb, const struct patch *patches, size_t n)
{
	size_t compiled = 0, booted = 0;

	for (size_t i = 0; i < n; i++) {
		json_t *b, *boot = json_object_get(patches[i].u->boot, "boot");
		bool pass = false;
		size_t k;

		json_array_foreach(boot, k, b)
			pass |= !strcmp(json_str(b, "result"), "pass");
		booted += pass;
		compiled += patches[i].compiled;
	}
	paragraph(sb, xasprintf("Of the %zu patches %zu were compiled, before"
				" and after on the same configuration, with"
				" W=1 and the sets of warnings compared; %zu"
				" were booted in QEMU; none was run on"
				" hardware. Each log says what was done for its"
				" patch.", n, compiled, booted));
}

static char *text_of(const struct session *s, const struct patch *patches,
		     size_t n)
{
	struct strbuf sb = {0};

	paragraph(&sb, xstrdup(
		"ndo_set_rx_mode is deprecated: it is called in atomic context,"
		" under the address lock. ndo_set_rx_mode_async is called in"
		" process context and gets snapshots of the address lists. This"
		" series converts drivers for which that can be done by rule;"
		" the aim is that the old callback can be removed."));
	paragraph(&sb, xstrdup(
		"The patches stand alone: none needs another of this series,"
		" unless both change the same file, or of any other series."));
	paragraph(&sb, xasprintf(
		"They were made by rxasync %s with Coccinelle%s%s on Linux %s:"
		" a semantic patch for each driver, made from what the tool"
		" found out about it, and checks on the result. Each log names"
		" the hazards of such a conversion that were looked at.",
		RXASYNC_VERSION, s->spatch_version ? " " : "",
		s->spatch_version ? s->spatch_version : "", s->version));
	add_tests(&sb, patches, n);
	add_table(&sb, patches, n);
	add_orphans(&sb, patches, n);
	return sb_detach(&sb);
}

/* Replaces the first `what` in the text; false where there is none. */
static bool replace(struct strbuf *sb, const char *what, const char *with)
{
	const char *found = strstr(sb_str(sb), what);
	struct strbuf out = {0};

	if (!found)
		return false;
	sb_add(&out, sb->buf, (size_t)(found - sb->buf));
	sb_adds(&out, with);
	sb_adds(&out, found + strlen(what));
	sb_free(sb);
	*sb = out;
	return true;
}

static char *wave_file(const struct commits *c, const struct patch *p,
		       const char *name)
{
	return xasprintf("%s/wave-%02zu/%s", c->dir, p->wave, name);
}

int cover_fill(const struct commits *c, const struct patch *patches, size_t n)
{
	char *path = wave_file(c, patches, COVER);
	char *subject = subject_of(patches, n, c->waves);
	char *text = text_of(c->s, patches, n);
	struct strbuf sb = {0};
	int ret = file_read(path, &sb);

	/* Nothing to fill in where the wave is too small for a letter. */
	if (ret == -ENOENT) {
		ret = 0;
	} else if (!ret) {
		if (!replace(&sb, "*** SUBJECT HERE ***", subject) ||
		    !replace(&sb, "*** BLURB HERE ***\n", text))
			ret = -EINVAL;
		else
			ret = file_write(path, sb.buf, sb.len);
	}
	sb_free(&sb);
	free(subject);
	free(text);
	free(path);
	return ret;
}

static int write_list(const struct commits *c, const struct patch *p,
		      const char *mail, const char *kind,
		      const struct strvec *who)
{
	char *name = xasprintf("%s.%s", mail, kind);
	char *path = wave_file(c, p, name);
	struct strbuf sb = {0};
	int ret;

	for (size_t i = 0; i < who->n; i++)
		sb_addf(&sb, "%s\n", who->v[i]);
	ret = file_write(path, sb_str(&sb), sb.len);
	sb_free(&sb);
	free(path);
	free(name);
	return ret;
}

static void add_headers(struct strbuf *sb, const char *mail,
			const struct strvec *to, const struct strvec *cc)
{
	sb_addf(sb, "%s\n", mail);
	for (size_t i = 0; i < to->n; i++)
		sb_addf(sb, "To: %s\n", to->v[i]);
	for (size_t i = 0; i < cc->n; i++)
		sb_addf(sb, "Cc: %s\n", cc->v[i]);
	sb_addc(sb, '\n');
}

int cover_recipients(const struct commits *c, const struct patch *patches,
		     size_t n)
{
	struct strvec to = {0}, cc = {0};
	struct strbuf sb = {0};
	char *path = wave_file(c, patches, COVER);
	bool cover = file_exists(path);
	int ret = 0;

	free(path);
	path = wave_file(c, patches, "recipients");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < patches[i].to.n; k++)
			sv_add_once(&to, patches[i].to.v[k]);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < patches[i].cc.n; k++)
			if (!sv_has(&to, patches[i].cc.v[k]))
				sv_add_once(&cc, patches[i].cc.v[k]);
	if (cover) {
		ret = write_list(c, patches, COVER, "to", &to);
		if (!ret)
			ret = write_list(c, patches, COVER, "cc", &cc);
	}
	add_headers(&sb, "The whole wave", &to, &cc);
	for (size_t i = 0; i < n && !ret; i++) {
		const struct patch *p = &patches[i];
		const char *mail = base_name(p->name);

		add_headers(&sb, mail, &p->to, &p->cc);
		ret = write_list(c, p, mail, "to", &p->to);
		if (!ret)
			ret = write_list(c, p, mail, "cc", &p->cc);
	}
	if (!ret)
		ret = file_write(path, sb.buf, sb.len);
	sb_free(&sb);
	sv_free(&to);
	sv_free(&cc);
	free(path);
	return ret;
}

static void add_waves(struct strbuf *sb, const struct commits *c,
		      const struct patch *patches, size_t n)
{
	for (size_t i = 0, k; i < n; i = k) {
		char *subject;

		for (k = i; k < n && patches[k].wave == patches[i].wave;)
			k++;
		subject = subject_of(patches + i, k - i, c->waves);
		sb_addf(sb, "  wave-%02zu  %2zu  %-14s  %s%s\n",
			patches[i].wave, k - i,
			c->prefix ? c->prefix : patches[i].tree, subject,
			patches[i].compiled ? "" : " (not compiled)");
		free(subject);
	}
}

int cover_readme(const struct commits *c, const struct patch *patches, size_t n)
{
	char *path = xasprintf("%s/README", c->dir);
	struct strbuf sb = {0};
	int ret;

	sb_addf(&sb, "%zu patches for Linux %s, each wave a series of its own:"
		     "\n\n", n, c->s->version);
	add_waves(&sb, c, patches, n);
	sb_addf(&sb,
		"\n"
		"git am of every wave on the clean tree was tried and gives"
		" the converted\nfiles. The commits are in the repository"
		" git/ here, branch\n"
		"%s, each wave also on a branch of its own:\n\n"
		"  git fetch '%s/series/git' %s-wave-01\n\n"
		"Nothing is signed off, that is for you to do once you have"
		" read a patch and\nstand for it: git am -s, or git commit"
		" --amend -s. NAME.patch.to and .cc have\nget_maintainer's"
		" answer for each mail; wave-NN/recipients is the same to"
		" read.\nTo send a wave (--dry-run first), from its folder:"
		"\n\n"
		"  git send-email --to-cmd='f() { cat \"$1.to\"; }; f' \\\n"
		"\t--cc-cmd='f() { cat \"$1.cc\"; }; f' --suppress-cc=all"
		" *.patch\n\n"
		"netdev takes one such series at a time, at most 15 patches"
		" outstanding, a new\nversion not before 24 hours. cocci/ has"
		" each driver's semantic patch.\n",
		c->branch, c->s->ws, c->branch);
	ret = file_write(path, sb.buf, sb.len);
	sb_free(&sb);
	free(path);
	return ret;
}
