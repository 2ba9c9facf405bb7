// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random walks through worlds of address lists. TAP. SEED= chooses the walks,
 * STEPS= their length in all. A walk that fails is made as short as it still
 * fails, and printed; test_hw_addr HEX walks it again.
 */
#include <ctype.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "steps.h"
#include "../../unit/tap.h"

#define WALK	250		/* steps of one walk */
#define BATCH	50		/* walks of one process */
#define BYTES	(STEP_BYTES * (WALK + 1))

static long *events;

static const char *const drivers[] = {
	[DRIVER_SYNC] = "sync_dev",
	[DRIVER_REF_SYNC] = "ref_sync_dev",
	[DRIVER_LOWER] = "sync to a lower device",
	[DRIVER_LOWERS] = "sync to two lower devices",
	[DRIVER_WALK] = "plain walk",
};

static const char *const event_texts[] = {
	[EVENT_RUN] = "runs of a driver",
	[EVENT_CHANGED_IN_RUN] = "changes during a run",
	[EVENT_GONE_IN_RUN] = "entries that went during a run",
	[EVENT_AGAIN_IN_RUN] = "entries that went and came again in a run",
	[EVENT_STALE] = "addresses came back to be unsynced",
	[EVENT_DROPPED] = "entries dropped at the end of a run",
	[EVENT_CLAMPED] = "syncs lost meanwhile, not counted twice",
	[EVENT_SHORT] = "snapshots with too few entries",
	[EVENT_FILL_FAILED] = "caches that could not be filled",
	[EVENT_ADD_FAILED] = "additions without memory",
	[EVENT_DRIVER_FAILED] = "calls in which the driver failed",
	[EVENT_READ] = "readers came to the end",
	[EVENT_QUIET] = "times all was at rest and right",
};

/* Walk number n of this seed. */
static void walk_bytes(uint8_t *bytes, uint64_t seed, long n,
		       enum driver driver, bool careless)
{
	uint64_t rng = seed * 0x2545f4914f6cdd1du +
		       (uint64_t)n * 0x632be59bd9b4e019u;

	config_random(bytes, &rng, driver, careless);
	for (int i = 1; i <= WALK; i++)
		step_random(bytes + i * STEP_BYTES, &rng);
}

/* Whether a child process comes to the end of the walk. */
static bool survives(const uint8_t *bytes, size_t size, bool quiet)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		stand_in_die("fork: %m");
	if (!pid) {
		alarm(20);
		if (quiet && (!freopen("/dev/null", "w", stdout) ||
			      !freopen("/dev/null", "w", stderr)))
			_exit(1);
		dup2(1, 2);
		walk(bytes, size, events, !quiet);
		exit(0);
	}
	while (waitpid(pid, &status, 0) < 0)
		;
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

/* Leaves out steps as long as the walk still fails. */
static size_t shorten(uint8_t *bytes, size_t size)
{
	size_t part = (size / STEP_BYTES + 1) / 2;

	while (part) {
		bool shorter = false;

		for (size_t at = STEP_BYTES; at < size;) {
			size_t cut = part * STEP_BYTES;
			uint8_t less[BYTES];

			if (cut > size - at)
				cut = size - at;
			memcpy(less, bytes, at);
			memcpy(less + at, bytes + at + cut, size - at - cut);
			if (survives(less, size - cut, true)) {
				at += cut;
				continue;
			}
			size -= cut;
			memcpy(bytes, less, size);
			shorter = true;
		}
		if (part > 1 || !shorter)
			part /= 2;
	}
	return size;
}

static void show(uint8_t *bytes, size_t size)
{
	size = shorten(bytes, size);
	printf("# the shortest walk that fails, %zu steps: test_hw_addr ",
	       size / STEP_BYTES - 1);
	for (size_t i = 0; i < size; i++)
		printf("%02x", bytes[i]);
	putchar('\n');
	survives(bytes, size, false);
}

/* Walks first to last in one process, and if that fails, one by one. */
static bool batch(uint64_t seed, long first, long last, enum driver driver,
		  bool careless)
{
	uint8_t bytes[BYTES];
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		stand_in_die("fork: %m");
	if (!pid) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		alarm(300);
		for (long n = first; n < last; n++) {
			walk_bytes(bytes, seed, n, driver, careless);
			walk(bytes, BYTES, events, false);
		}
		exit(0);
	}
	while (waitpid(pid, &status, 0) < 0)
		;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	if (getenv("FIRST_ONLY"))
		exit(1);
	for (long n = first; n < last; n++) {
		walk_bytes(bytes, seed, n, driver, careless);
		if (survives(bytes, BYTES, true))
			continue;
		printf("# SEED=%llu, walk %ld\n", (unsigned long long)seed, n);
		show(bytes, BYTES);
		break;
	}
	return false;
}

static void walks(uint64_t seed, long steps, enum driver driver, bool careless)
{
	long n = (steps + WALK - 1) / WALK;
	bool good = true;

	for (long at = 0; good && at < n; at += BATCH)
		good = batch(seed, at, at + BATCH < n ? at + BATCH : n, driver,
			     careless);
	ok(good, "%s, %s callers: %ld steps, SEED=%llu", drivers[driver],
	   careless ? "careless" : "careful", n * WALK,
	   (unsigned long long)seed);
}

static int again(const char *hex)
{
	uint8_t bytes[1 << 16];
	size_t n = 0;

	for (; isxdigit(hex[0]) && isxdigit(hex[1]) && n < sizeof(bytes);
	     hex += 2) {
		char two[] = {hex[0], hex[1], '\0'};

		bytes[n++] = (uint8_t)strtoul(two, NULL, 16);
	}
	walk(bytes, n, events, true);
	return 0;
}

/* Short walks to start from, for the fuzzer. */
static int seeds(const char *dir)
{
	for (int i = 0; i < 2 * DRIVERS; i++) {
		uint8_t bytes[BYTES];
		char path[4096];
		FILE *f;

		walk_bytes(bytes, 1, i, i / 2, i & 1);
		snprintf(path, sizeof(path), "%s/%d", dir, i);
		f = fopen(path, "w");
		if (!f || fwrite(bytes, 40 * STEP_BYTES, 1, f) != 1 ||
		    fclose(f))
			stand_in_die("%s: %m", path);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *seed = getenv("SEED"), *steps = getenv("STEPS");
	uint64_t s = seed ? strtoull(seed, NULL, 0) : 1;
	long n = steps ? strtol(steps, NULL, 0) : 50000;

	events = mmap(NULL, EVENTS * sizeof(*events), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (events == MAP_FAILED)
		stand_in_die("mmap: %m");
	if (argc > 2 && !strcmp(argv[1], "--seeds"))
		return seeds(argv[2]);
	if (argc > 1)
		return again(argv[1]);
	for (int d = 0; d < DRIVERS; d++) {
		walks(s, n * 7 / 10 / DRIVERS, d, false);
		walks(s, n * 3 / 10 / DRIVERS, d, true);
	}
	for (int e = 0; e < EVENTS; e++)
		ok(events[e], "%ld %s", events[e], event_texts[e]);
	return done_testing();
}
