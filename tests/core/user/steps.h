/* SPDX-License-Identifier: GPL-2.0-only */
/* A walk through a world: bytes, four for its configuration, four a step. */
#ifndef STEPS_H
#define STEPS_H

#include "world.h"

#define STEP_BYTES 4

/* Any four bytes are a configuration. */
void config_read(struct world_config *cfg, const uint8_t *bytes);
/* The bytes of a configuration with this driver. */
void config_random(uint8_t *bytes, uint64_t *rng, enum driver driver,
		   bool careless);
/* The bytes of a step, with the weights of the table. */
void step_random(uint8_t *bytes, uint64_t *rng);
/*
 * Walks all the steps, checks after each and once more at rest. Any bytes will
 * do; what is left over at the end is ignored. Aborts on what is wrong.
 */
void walk(const uint8_t *bytes, size_t size, long *events, bool trace);

uint32_t random_below(uint64_t *rng, uint32_t n);

#endif
