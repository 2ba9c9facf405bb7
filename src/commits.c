// SPDX-License-Identifier: GPL-2.0-only
#include "commits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SPARSE_REF "refs/rxasync/touched-files"
/* fast-import's marks: the branch of all, then the waves' commits. */
#define MARK_SPARSE 1
#define MARK_WAVES 1000000

static struct patch_file *find_file(struct patch *p, const char *path)
{
	for (size_t i = 0; i < p->file_count; i++)
		if (!strcmp(p->files[i].path, path))
			return &p->files[i];
	return NULL;
}

/* Each touched file's first owner; later patches build upon it. */
static bool is_first(struct patch *patches, size_t i, const char *path)
{
	for (size_t k = 0; k < i; k++)
		if (find_file(&patches[k], path))
			return false;
	return true;
}

static bool is_shared(struct patch *patches, size_t n, const char *path)
{
	size_t owners = 0;

	for (size_t i = 0; i < n; i++)
		owners += !!find_file(&patches[i], path);
	return owners > 1;
}

static void set(char **where, const char *s, size_t n)
{
	free(*where);
	*where = xstrndup(s, n);
}

/* Runs git hash-object over the paths that `input` lists, one a line. */
static int hash_paths(struct job *job, struct strbuf *input,
		      struct strvec *blobs)
{
	char *out;
	int ret;

	sv_add(&job->argv, "--no-filters");
	sv_add(&job->argv, "--stdin-paths");
	job->input = sb_detach(input);
	ret = git_run(job, &out);
	if (!ret)
		sv_split(blobs, out, "\n");
	free(out);
	return ret;
}

static void look_at_file(const struct git_tree *gt, struct patch *p,
			 struct patch_file *f, struct strbuf *input)
{
	char *path = xasprintf("%s/%s", gt->path, f->path);
	struct stat st;

	if (!stat(path, &st) && S_ISREG(st.st_mode)) {
		sb_addf(input, "%s\n", path);
		set(&f->mode, st.st_mode & 0100 ? "100755" : "100644", 6);
	} else {
		err("%s is gone since it was converted, so %s is left out: run 'rxasync scan' and 'rxasync convert' again",
		    f->path, p->u->name);
		p->unfit = true;
	}
	free(path);
}

/* The line "mode blob name\tpath" of git ls-tree; NULL where it has none. */
static const char *tree_line(const char *listing, const char *path)
{
	size_t len = strlen(path);

	while (*listing) {
		size_t n = strcspn(listing, "\n");
		const char *tab = memchr(listing, '\t', n);

		if (tab && n - (size_t)(tab + 1 - listing) == len &&
		    !strncmp(tab + 1, path, len))
			return listing;
		listing += n + (listing[n] == '\n');
	}
	return NULL;
}

/* Names each touched file that is not in HEAD as it lies there. */
static void compare_with(const char *listing, const struct git_tree *gt,
			 struct patch *patches, size_t n)
{
	struct strvec dirty = {0};
	struct strbuf names = {0};

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < patches[i].file_count; k++) {
			struct patch_file *f = &patches[i].files[k];
			const char *line = tree_line(listing, f->path);
			const char *blob = line ? strstr(line, " blob ") : NULL;

			if (blob && f->before &&
			    starts_with(blob + strlen(" blob "), f->before)) {
				set(&f->mode, line, 6);
				continue;
			}
			if (!patches[i].unfit)
				sv_add_once(&dirty, f->path);
			patches[i].unfit = true;
		}
	}
	for (size_t i = 0; i < dirty.n; i++)
		sb_addf(&names, "%s%s", i ? ", " : "", dirty.v[i]);
	if (dirty.n)
		err("not as in HEAD of %s, so left out: %s; commit or stash that first",
		    gt->path, sb_str(&names));
	sb_free(&names);
	sv_free(&dirty);
}

static int compare_head(const struct git_tree *gt, struct patch *patches,
			size_t n)
{
	struct job *job = git_tree_job(gt, "--literal-pathspecs", "-c",
				       "core.quotePath=false", "ls-tree", "-r",
				       "--full-tree", gt->head, NULL);
	char *listing;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < patches[i].file_count; k++)
			sv_add(&job->argv, patches[i].files[k].path);
	if (git_run(job, &listing))
		return EXIT_ENVIRONMENT;
	compare_with(listing, gt, patches, n);
	free(listing);
	return 0;
}

int commits_look(const struct git_tree *gt, struct patch *patches, size_t n)
{
	struct strbuf input = {0};
	struct strvec blobs = {0};
	size_t b = 0;
	int ret = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < patches[i].file_count; k++)
			look_at_file(gt, &patches[i], &patches[i].files[k],
				     &input);
	if (hash_paths(git_tree_job(gt, "hash-object", NULL), &input, &blobs))
		ret = EXIT_ENVIRONMENT;
	for (size_t i = 0; i < n && !ret; i++) {
		for (size_t k = 0; k < patches[i].file_count; k++) {
			struct patch_file *f = &patches[i].files[k];

			/* Only what is there was hashed. */
			if (f->mode && b < blobs.n) {
				set(&f->before, blobs.v[b],
				    strlen(blobs.v[b]));
				b++;
			}
		}
	}
	if (!ret && gt->head)
		ret = compare_head(gt, patches, n);
	sv_free(&blobs);
	sb_free(&input);
	return ret;
}

/* Brings the originals into our repository and its index. */
static int fill_index(struct commits *c, const char *index,
		      struct patch *patches, size_t n)
{
	struct strbuf paths = {0}, entries = {0};
	struct strvec blobs = {0};
	struct job *job;
	int ret = 0;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < patches[i].file_count; k++) {
			struct patch_file *f = &patches[i].files[k];

			if (!is_first(patches, i, f->path))
				continue;
			sb_addf(&paths, "%s/%s\n", c->s->tree, f->path);
			sb_addf(&entries, "%s %s\t%s\n", f->mode, f->before,
				f->path);
		}
	}
	if (!c->gt->head)
		ret = hash_paths(git_job(c->repo, "hash-object", "-w", NULL),
				 &paths, &blobs);
	if (!ret) {
		job = git_job(c->repo, "update-index", "--index-info", NULL);
		sv_add(&job->env, index);
		job->input = sb_detach(&entries);
		ret = git_run(job, NULL);
	}
	sv_free(&blobs);
	sb_free(&paths);
	sb_free(&entries);
	return ret;
}

/* One patch onto the index, and what its files then are. */
static int apply_one(struct commits *c, const char *index, struct patch *p)
{
	char *path = unit_path(c->s, p->u, "convert.patch"), *out;
	struct job *job = git_job(c->repo, "apply", "--cached", path, NULL);
	int ret;

	free(path);
	sv_add(&job->env, index);
	ret = job_run(job);
	if (!ret && job->code) {
		err("the conversion of %s does not fit %s any more: run 'rxasync convert %s' again",
		    p->u->name, c->s->tree, p->u->name);
		ret = -ESTALE;
	}
	job_free(job);
	if (ret)
		return ret;
	job = git_job(c->repo, "-c", "core.quotePath=false",
		      "--literal-pathspecs", "ls-files", "-s", "--", NULL);
	sv_add(&job->env, index);
	for (size_t i = 0; i < p->file_count; i++)
		sv_add(&job->argv, p->files[i].path);
	ret = git_run(job, &out);
	for (size_t i = 0; i < p->file_count && !ret; i++) {
		const char *line = tree_line(out, p->files[i].path);
		const char *blob = line ? strchr(line, ' ') : NULL;

		if (blob)
			set(&p->files[i].after, blob + 1,
			    strcspn(blob + 1, " "));
		else if (!c->s->dry_run)
			ret = -ESTALE;
	}
	free(out);
	return ret;
}

/* Is what the patches make the very thing that convert checked? */
static int compare_after(struct commits *c, struct patch *patches, size_t n)
{
	struct strbuf input = {0};
	struct strvec blobs = {0};
	size_t b = 0;
	int ret;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < patches[i].file_count; k++) {
			char *after = xasprintf("after/%s",
						patches[i].files[k].path);
			char *path = unit_path(c->s, patches[i].u, after);

			sb_addf(&input, "%s\n", path);
			free(path);
			free(after);
		}
	}
	ret = hash_paths(git_job(c->repo, "hash-object", NULL), &input, &blobs);
	for (size_t i = 0; i < n && !ret; i++) {
		for (size_t k = 0; k < patches[i].file_count; k++, b++) {
			struct patch_file *f = &patches[i].files[k];

			if (b >= blobs.n || !strcmp(f->after, blobs.v[b]) ||
			    is_shared(patches, n, f->path))
				continue;
			err("convert.patch of %s does not make the file that was checked, %s: run 'rxasync convert %s' again",
			    patches[i].u->name, f->path, patches[i].u->name);
			ret = -ESTALE;
		}
	}
	sv_free(&blobs);
	sb_free(&input);
	return ret;
}

int commits_apply(struct commits *c, struct patch *patches, size_t n)
{
	char *index = xasprintf("GIT_INDEX_FILE=%s/index", c->dir);
	int ret;

	c->repo = xasprintf("%s/git", c->dir);
	ret = git_init_private(c->repo, c->gt);
	if (!ret)
		ret = fill_index(c, index, patches, n);
	for (size_t i = 0; i < n && !ret; i++)
		ret = apply_one(c, index, &patches[i]);
	if (!ret)
		ret = compare_after(c, patches, n);
	free(index);
	if (ret == -ESTALE)
		return EXIT_UNIT_FAILED;
	return ret ? EXIT_ENVIRONMENT : 0;
}

static void add_commit(struct strbuf *sb, const struct commits *c,
		       const char *ref, size_t mark, const char *message)
{
	sb_addf(sb, "commit %s\nmark :%zu\n", ref, mark);
	sb_addf(sb, "author %s %lld +0000\n", c->identity, c->date);
	sb_addf(sb, "committer %s %lld +0000\n", c->identity, c->date);
	sb_addf(sb, "data %zu\n%s\n", strlen(message), message);
}

static void add_sparse(struct strbuf *sb, const struct commits *c,
		       struct patch *patches, size_t n)
{
	char *message = xasprintf("Linux %s, the files that the series touches\n",
				  c->s->version);

	add_commit(sb, c, SPARSE_REF, MARK_SPARSE, message);
	free(message);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < patches[i].file_count; k++) {
			const struct patch_file *f = &patches[i].files[k];

			if (is_first(patches, i, f->path))
				sb_addf(sb, "M %s %s %s\n", f->mode, f->before,
					f->path);
		}
	}
	sb_addc(sb, '\n');
}

static void add_patch(struct strbuf *sb, const struct commits *c,
		      const struct patch *p, const char *ref, size_t mark,
		      bool first)
{
	char *message = xasprintf("%s\n\n%s", p->subject, p->log);

	add_commit(sb, c, ref, mark, message);
	free(message);
	if (first && c->gt->head)
		sb_addf(sb, "from %s\n", c->gt->head);
	else if (first)
		sb_addf(sb, "from :%d\n", MARK_SPARSE);
	for (size_t i = 0; i < p->file_count; i++)
		sb_addf(sb, "M %s %s %s\n", p->files[i].mode,
			p->files[i].after, p->files[i].path);
	sb_addc(sb, '\n');
}

static void add_branches(struct strbuf *sb, const struct commits *c,
			 struct patch *patches, size_t n)
{
	char *ref = xasprintf("refs/heads/%s", c->branch);

	for (size_t i = 0; i < n; i++)
		add_patch(sb, c, &patches[i], ref, MARK_SPARSE + 1 + i, !i);
	free(ref);
	for (size_t i = 0; i < n; i++) {
		bool first = !i || patches[i].wave != patches[i - 1].wave;

		ref = xasprintf("refs/heads/%s-wave-%02zu", c->branch,
				patches[i].wave);
		add_patch(sb, c, &patches[i], ref, MARK_WAVES + i, first);
		free(ref);
	}
}

/* ":mark name" lines back into the patches. */
static int read_marks(struct commits *c, const char *path,
		      struct patch *patches, size_t n)
{
	struct strbuf sb = {0};
	struct strvec lines = {0};
	int ret = file_read(path, &sb);

	sv_split(&lines, sb_str(&sb), "\n");
	for (size_t i = 0; i < lines.n; i++) {
		char *name = strchr(lines.v[i], ' ');
		size_t mark = strtoul(lines.v[i] + 1, NULL, 10);

		if (name && mark == MARK_SPARSE)
			set(&c->sparse, name + 1, strlen(name + 1));
		else if (name && mark >= MARK_WAVES && mark - MARK_WAVES < n)
			set(&patches[mark - MARK_WAVES].commit, name + 1,
			    strlen(name + 1));
	}
	sv_free(&lines);
	sb_free(&sb);
	return ret ? ret : c->sparse ? 0 : -EIO;
}

int commits_make(struct commits *c, struct patch *patches, size_t n)
{
	char *marks = xasprintf("%s/marks", c->dir);
	char *head = xasprintf("refs/heads/%s", c->branch);
	struct job *job = git_job(c->repo, "fast-import", "--quiet", NULL);
	struct strbuf stream = {0};
	int ret;

	sv_addf(&job->argv, "--export-marks=%s", marks);
	add_sparse(&stream, c, patches, n);
	add_branches(&stream, c, patches, n);
	job->input = sb_detach(&stream);
	ret = git_run(job, NULL);
	if (!ret)
		ret = git_run(git_job(c->repo, "symbolic-ref", "HEAD", head,
				      NULL), NULL);
	if (!ret && !c->s->dry_run)
		ret = read_marks(c, marks, patches, n);
	if (!ret) {
		const char *base = c->gt->head ? c->gt->head : c->sparse;

		c->base = xstrdup(base ? base : SPARSE_REF);
		if (!c->sparse)
			c->sparse = xstrdup(SPARSE_REF);
	}
	if (!c->s->dry_run)
		remove_tree(marks);
	free(marks);
	free(head);
	return ret;
}

void commits_free(struct commits *c)
{
	free(c->repo);
	free(c->identity);
	free(c->base);
	free(c->sparse);
	*c = (struct commits){0};
}
