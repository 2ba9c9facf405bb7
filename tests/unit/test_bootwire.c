// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <stdlib.h>

#include "bootwire.h"

static const uint8_t host[6] = BOOTWIRE_HOST;
static const uint8_t guest[6] = { 0x52, 0x54, 0, 1, 2, 3 };

static struct bootwire frame(enum bootwire_kind kind)
{
	struct bootwire w = { .kind = kind, .row = 0x1234, .attempt = 0xfedc,
			      .count = 2 };

	memcpy(w.dst, guest, 6);
	memcpy(w.src, host, 6);
	for (int i = 0; i < 6 && kind == BOOTWIRE_READY; i++) {
		w.addr[0][i] = 0x10 + i;
		w.addr[1][i] = 0xf0 + i;
	}
	return w;
}

static void test_bytes(void)
{
	static const uint8_t wanted[] = {
		0x52, 0x54, 0, 1, 2, 3, 2, 0, 0, 0, 0, 1, 0x88, 0xb5,
		'r', 'x', 'a', 'c', 1, 0, 0x12, 0x34, 0xfe, 0xdc, 0, 2, 0, 0,
		0x10, 0x11, 0x12, 0x13, 0x14, 0x15,
		0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5,
	};
	struct bootwire w = frame(BOOTWIRE_READY);
	uint8_t buf[BOOTWIRE_ROOM];

	ok(bootwire_encode(&w, buf) == BOOTWIRE_MIN, "a short one is filled");
	ok(!memcmp(buf, wanted, sizeof(wanted)), "the bytes of READY");

	w = frame(BOOTWIRE_FRAME);
	w.tag = 5;
	ok(bootwire_encode(&w, buf) == BOOTWIRE_MIN, "a tagged FRAME");
	ok(!memcmp(buf + 12, "\x81\0\0\5\x88\xb5rxac\2", 11), "has its tag");
	w.kind = BOOTWIRE_END;
	bootwire_encode(&w, buf);
	ok(!memcmp(buf + 12, "\x88\xb5rxac\3", 7), "END has none");
}

static void test_there_and_back(void)
{
	for (int kind = BOOTWIRE_READY; kind <= BOOTWIRE_END; kind++) {
		for (int tag = 0; tag < 2; tag++) {
			struct bootwire w = frame(kind), back;
			uint8_t buf[BOOTWIRE_ROOM];
			size_t len;

			w.tag = tag;
			len = bootwire_encode(&w, buf);
			ok(bootwire_decode(&back, buf, len) &&
			   !memcmp(&w, &back, sizeof(w)),
			   "kind %d with tag %d comes back", kind, tag);
		}
	}
}

static void test_most(void)
{
	struct bootwire w = frame(BOOTWIRE_READY), back;
	uint8_t buf[BOOTWIRE_ROOM];
	size_t len;

	w.count = BOOTWIRE_ADDRS;
	memset(w.addr, 0x42, sizeof(w.addr));
	len = bootwire_encode(&w, buf);
	ok(len == BOOTWIRE_HEAD + BOOTWIRE_ADDRS * 6, "as many as may be");
	ok(bootwire_decode(&back, buf, len) && !memcmp(&w, &back, sizeof(w)),
	   "come back");
	ok(!bootwire_decode(&back, buf, len - 1), "cut short");
	w.count++;
	ok(!bootwire_encode(&w, buf), "one too many");
}

static void test_others(void)
{
	struct bootwire w = frame(BOOTWIRE_READY), back;
	uint8_t good[BOOTWIRE_ROOM], buf[BOOTWIRE_ROOM];
	size_t len = bootwire_encode(&w, good);
	static const struct {
		int at;
		uint8_t value;
		const char *what;
	} wrong[] = {
		{ 13, 0, "another ethertype" },
		{ 14, 0, "another magic" },
		{ 18, 0, "kind 0" },
		{ 18, 4, "kind 4" },
		{ 24, 1, "more addresses than a frame has" },
		{ 25, 60, "more addresses than are there" },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		memcpy(buf, good, sizeof(buf));
		buf[wrong[i].at] = wrong[i].value;
		ok(!bootwire_decode(&back, buf, len), "%s", wrong[i].what);
	}
	ok(!bootwire_decode(&back, good, BOOTWIRE_HEAD - 1), "too short");
	w = frame(BOOTWIRE_FRAME);
	w.tag = 1;
	bootwire_encode(&w, good);
	ok(!bootwire_decode(&back, good, BOOTWIRE_HEAD + 3),
	   "too short with a tag");
}

int main(void)
{
	test_bytes();
	test_there_and_back();
	test_most();
	test_others();
	return done_testing();
}
