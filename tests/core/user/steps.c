// SPDX-License-Identifier: GPL-2.0-only
/* The interpreter of steps, and where random ones come from. */
#include "steps.h"

struct step {
	uint8_t op, key, arg, mask;
};

static void step_add_global(struct world *w, const struct step *s)
{
	world_add_global(w, s->key, s->arg & 1);
}

/* Often all succeeds, sometimes some of the addresses fail, or all do. */
static unsigned int failing(const struct step *s)
{
	return s->mask < 128 ? 0 : s->mask > 240 ? ~0u : s->mask * 0x9e37u >> 4;
}

#define STEP(name, call) \
	static void step_##name(struct world *w, const struct step *s) \
	{ \
		(void)s; \
		call; \
	}

STEP(add, world_add(w, s->key))
STEP(del, world_del(w, s->key))
STEP(del_global, world_del_global(w, s->key))
STEP(upper_add, world_upper_add(w, s->key))
STEP(upper_del, world_upper_del(w, s->key))
STEP(upper_sync, world_upper_sync(w))
STEP(upper_unsync, world_upper_unsync(w))
STEP(lower_add, world_lower_add(w, s->arg & 1, s->key))
STEP(lower_del, world_lower_del(w, s->arg & 1, s->key))
STEP(flush, world_flush(w))
STEP(fail_alloc, world_fail_alloc(w, s->arg % 12 + 1))
STEP(fill, world_fill(w, s->arg % 16 - 8))
STEP(trim, world_trim(w, s->arg))
STEP(begin, world_begin(w, s->arg % 8))
STEP(act, world_act(w, s->arg, failing(s)))
STEP(act_real, world_act_real(w, s->arg, failing(s)))
STEP(end, world_end(w))
STEP(read, world_read(w))
STEP(rcu, world_rcu(w))
STEP(quiet, world_quiet(w))

static const struct {
	unsigned int weight;
	void (*go)(struct world *w, const struct step *s);
} table[] = {
	{16, step_add},		{16, step_del},		{3, step_add_global},
	{3, step_del_global},	{4, step_upper_add},	{4, step_upper_del},
	{4, step_upper_sync},	{1, step_upper_unsync},	{2, step_lower_add},
	{2, step_lower_del},	{1, step_flush},	{2, step_fail_alloc},
	{2, step_fill},		{1, step_trim},		{12, step_begin},
	{14, step_act},		{2, step_act_real},	{8, step_end},
	{8, step_read},		{2, step_rcu},		{1, step_quiet},
};

uint32_t random_below(uint64_t *rng, uint32_t n)
{
	uint64_t z = (*rng += 0x9e3779b97f4a7c15u);

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 32) % n;
}

void config_read(struct world_config *cfg, const uint8_t *bytes)
{
	static const int lens[] = {6, 8, 20, MAX_ADDR_LEN};

	cfg->driver = bytes[0] % DRIVERS;
	cfg->careless = bytes[1] & 1;
	cfg->kind = (bytes[1] >> 1) % LIST_KINDS;
	cfg->addr_len = lens[bytes[2] % ARRAY_SIZE(lens)];
	cfg->keys = bytes[3] % MAX_KEYS + 1;
}

void config_random(uint8_t *bytes, uint64_t *rng, enum driver driver,
		   bool careless)
{
	bytes[0] = (uint8_t)driver;
	bytes[1] = (uint8_t)(random_below(rng, LIST_KINDS) << 1 | careless);
	/* Most have 6 bytes, and few addresses meet more often. */
	bytes[2] = (uint8_t)(random_below(rng, 2) * random_below(rng, 4));
	bytes[3] = (uint8_t)random_below(rng, random_below(rng, 4) ? 8 :
								MAX_KEYS);
}

void step_random(uint8_t *bytes, uint64_t *rng)
{
	unsigned int all = 0, op = 0, at;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		all += table[i].weight;
	for (at = random_below(rng, all); at >= table[op].weight; op++)
		at -= table[op].weight;
	bytes[0] = (uint8_t)op;
	for (int i = 1; i < STEP_BYTES; i++)
		bytes[i] = (uint8_t)random_below(rng, 256);
}

void walk(const uint8_t *bytes, size_t size, long *events, bool trace)
{
	struct world_config cfg;
	struct world w;

	if (size < STEP_BYTES)
		return;
	config_read(&cfg, bytes);
	world_init(&w, &cfg, events);
	w.trace = trace;
	if (trace)
		printf("# driver %d, list %d, %d bytes, %d keys, %s\n",
		       cfg.driver, cfg.kind, cfg.addr_len, cfg.keys,
		       cfg.careless ? "careless" : "careful");
	for (size_t at = STEP_BYTES; at + STEP_BYTES <= size;
	     at += STEP_BYTES) {
		struct step s = {
			.op = bytes[at] % ARRAY_SIZE(table),
			.key = (uint8_t)(bytes[at + 1] % cfg.keys),
			.arg = bytes[at + 2],
			.mask = bytes[at + 3],
		};

		w.step++;
		table[s.op].go(&w, &s);
		world_check(&w);
	}
	world_quiet(&w);
	world_free(&w);
}
