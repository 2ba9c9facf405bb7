// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "bootwire.h"

#define ETHERTYPE_TAG 0x8100

static uint8_t *put16(uint8_t *at, unsigned int value)
{
	at[0] = value >> 8;
	at[1] = value;
	return at + 2;
}

static uint8_t *put32(uint8_t *at, uint32_t value)
{
	return put16(put16(at, value >> 16), value & 0xffff);
}

static unsigned int get16(const uint8_t *at)
{
	return (unsigned int)at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
	return (uint32_t)get16(at) << 16 | get16(at + 2);
}

size_t bootwire_encode(const struct bootwire *w, uint8_t *buf)
{
	uint8_t *at = buf + 12;
	size_t len;

	if (w->kind == BOOTWIRE_READY && w->count > BOOTWIRE_ADDRS)
		return 0;
	memset(buf, 0, BOOTWIRE_ROOM);
	memcpy(buf, w->dst, 6);
	memcpy(buf + 6, w->src, 6);
	if (w->kind == BOOTWIRE_FRAME && w->tag)
		at = put16(put16(at, ETHERTYPE_TAG), w->tag);
	at = put16(at, BOOTWIRE_ETHERTYPE);
	at = put32(at, BOOTWIRE_MAGIC);
	*at++ = w->kind;
	*at++ = 0;
	at = put16(at, w->row);
	at = put16(at, w->attempt);
	at = put16(at, w->count);
	at = put16(at, w->tag);
	if (w->kind == BOOTWIRE_READY) {
		memcpy(at, w->addr, (size_t)w->count * 6);
		at += (size_t)w->count * 6;
	}
	len = at - buf;
	return len < BOOTWIRE_MIN ? BOOTWIRE_MIN : len;
}

bool bootwire_decode(struct bootwire *w, const uint8_t *buf, size_t len)
{
	const uint8_t *at = buf + 12;

	memset(w, 0, sizeof(*w));
	if (len < BOOTWIRE_HEAD)
		return false;
	if (get16(at) == ETHERTYPE_TAG)
		at += 4;
	if (at - buf + BOOTWIRE_HEAD - 12 > (ptrdiff_t)len ||
	    get16(at) != BOOTWIRE_ETHERTYPE ||
	    get32(at + 2) != BOOTWIRE_MAGIC ||
	    at[6] < BOOTWIRE_READY || at[6] > BOOTWIRE_END)
		return false;
	memcpy(w->dst, buf, 6);
	memcpy(w->src, buf + 6, 6);
	w->kind = at[6];
	w->row = get16(at + 8);
	w->attempt = get16(at + 10);
	w->count = get16(at + 12);
	w->tag = get16(at + 14);
	if (w->kind != BOOTWIRE_READY)
		return true;
	at += 16;
	if (w->count > BOOTWIRE_ADDRS ||
	    (size_t)(at - buf) + (size_t)w->count * 6 > len)
		return false;
	memcpy(w->addr, at, (size_t)w->count * 6);
	return true;
}
