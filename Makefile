# SPDX-License-Identifier: GPL-2.0-only
#
# rxasync: build, test, run. The kernel's own habits: V=1, O=, -j, -k.
#
#	make			build ./rxasync (CC=clang, WERROR=1)
#	make run		the whole job on a real kernel
#				(UNITS="8139too e1000", TREE=, WS=, KERNEL=6.12)
#	make check		all tests, with a slice of the real kernel
#	make check-full		the whole real kernel
#	make bench		ratios against the bare tools
#	make install		PREFIX=/usr/local, DESTDIR=

ifeq ($(origin CC),default)
CC	:= gcc
endif
O	?= build
V	?= 0
Q	:= $(if $(filter 1,$(V)),,@)
PREFIX	?= /usr/local

# Where the program looks for its semantic patches, for the core's, for
# the machines of the boot check, and for the architectures.
COCCI_DIR ?= $(CURDIR)/cocci
PATCHES_DIR ?= $(CURDIR)/patches
MACHINES_DIR ?= $(CURDIR)/machines
ARCH_DIR ?= $(CURDIR)/arch
# Where the boot check finds the sources of its guest.
SRC_DIR	?= $(CURDIR)/src
# Another O= has a program of its own.
BIN	?= $(if $(filter build,$(O)),rxasync,$(O)/rxasync)

CFLAGS	?= -O2 -g
WARN	:= -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Wshadow \
	   -Wformat=2 -Wvla $(if $(WERROR),-Werror)
CPPFLAGS += -D_GNU_SOURCE -DRXASYNC_COCCI_DIR='"$(COCCI_DIR)"' \
	    -DRXASYNC_PATCHES_DIR='"$(PATCHES_DIR)"' \
	    -DRXASYNC_MACHINES_DIR='"$(MACHINES_DIR)"' \
	    -DRXASYNC_ARCH_DIR='"$(ARCH_DIR)"' \
	    -DRXASYNC_SRC_DIR='"$(SRC_DIR)"'
LDLIBS	+= -ljansson -lelf
SAN	:= -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FUZZ_CC	?= clang

src	:= $(wildcard src/*.c)
lib	:= $(filter-out src/main.c,$(src))
tests	:= $(wildcard tests/unit/test_*.c)
fuzzers	:= $(wildcard tests/fuzz/fuzz_*.c)
unit	:= $(tests:tests/unit/%.c=$(O)/unit/%)
fuzz	:= $(fuzzers:tests/fuzz/%.c=$(O)/fuzz/%)
scripts	:= $(sort $(wildcard tests/cocci/*.sh) \
	   $(filter-out %/lib.sh,$(wildcard tests/e2e/*.sh)))

all: $(BIN)

$(BIN): $(src:%.c=$(O)/%.o)
	@echo "  LD      $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(O)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC      $@"
	$(Q)$(CC) -std=gnu11 $(CPPFLAGS) $(CFLAGS) $(WARN) -MMD -MP -c -o $@ $<

# The unit tests, and with them the program's own files, under sanitizers.
$(O)/san/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC      $@"
	$(Q)$(CC) -std=gnu11 $(CPPFLAGS) -Isrc -O1 -g $(SAN) $(WARN) -MMD -MP -c -o $@ $<

$(O)/unit/%: $(O)/san/tests/unit/%.o $(lib:%.c=$(O)/san/%.o)
	@mkdir -p $(@D)
	@echo "  LD      $@"
	$(Q)$(CC) $(SAN) -o $@ $^ $(LDLIBS)

# The same once more with libFuzzer's counters.
$(O)/fuzz/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC      $@"
	$(Q)$(FUZZ_CC) -std=gnu11 $(CPPFLAGS) -Isrc -O1 -g $(SAN) -fsanitize=fuzzer-no-link \
		$(WARN) -MMD -MP -c -o $@ $<

$(O)/fuzz/%: $(O)/fuzz/tests/fuzz/%.o $(lib:%.c=$(O)/fuzz/%.o)
	@echo "  LD      $@"
	$(Q)$(FUZZ_CC) $(SAN) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

# Process 1 of the test machines: static, for their kernel alone. Each of
# guest_inits has a main(); the other files are common to all.
guest_inits := stress boot
guest_lib := $(filter-out $(guest_inits:%=src/guest/%.c),$(wildcard src/guest/*.c))
guest	:= $(guest_inits:%=$(O)/guest/%)
# What host and guest have in common.
guest_both := src/bootwire.c src/bootplan.c src/bootrow.c
# What the boot check compiles for a machine, by its own compiler.
guest_src := $(wildcard src/guest/*.[ch]) $(guest_both) $(guest_both:.c=.h)
$(guest): $(O)/guest/%: $(O)/src/guest/%.o \
		$(guest_lib:%.c=$(O)/%.o) $(guest_both:%.c=$(O)/%.o)
	@mkdir -p $(@D)
	@echo "  LD      $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -static -o $@ $^

guest: $(guest)

# For another machine: make O=DIR guest-boot CROSS_COMPILE=arm-linux-gnueabi-
guest-boot: CC = $(CROSS_COMPILE)gcc
guest-boot: $(O)/guest/boot

unit: $(unit)
	$(Q)prove --exec '' $^

fuzz: $(fuzz)

# The core patch's list algebra, in user space.
.PHONY: core-user
core-user:
	$(Q)prove $(if $(filter 1,$(V)),-v) --timer --exec '' tests/core/user/run

# Many at a time, unless the caller said how many.
jobs	= $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

run:
	$(Q)scripts/setup run
	$(Q)$(MAKE) --no-print-directory $(jobs) all
	$(Q)scripts/run $(BIN)

check:
	$(Q)scripts/setup check
	$(Q)$(MAKE) --no-print-directory $(jobs) $(BIN) $(unit) $(fuzz)
	$(Q)RXASYNC=$(abspath $(BIN)) FUZZERS="$(abspath $(fuzz))" \
		prove $(if $(filter 1,$(V)),-v) --timer --exec '' \
		$(unit) tests/core/user/run tests/fuzz/run $(scripts) \
		tests/core/vm-check tests/boot/check

check-full bench: %: setup-check all
	$(Q)RXASYNC=$(abspath $(BIN)) scripts/$@

setup-check:
	$(Q)scripts/setup check

# The installed program looks for its patches elsewhere.
install: share := $(PREFIX)/share
install:
	$(Q)$(MAKE) --no-print-directory $(jobs) O=$(O)/install \
		BIN=$(O)/install/rxasync COCCI_DIR=$(share)/rxasync/cocci \
		PATCHES_DIR=$(share)/rxasync/patches \
		MACHINES_DIR=$(share)/rxasync/machines \
		ARCH_DIR=$(share)/rxasync/arch \
		SRC_DIR=$(share)/rxasync/src all
	$(Q)install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(share)/man/man1 \
		$(DESTDIR)$(share)/bash-completion/completions
	$(Q)install $(O)/install/rxasync $(DESTDIR)$(PREFIX)/bin/
	$(Q)for f in $$(find cocci -name '*.cocci' -o -name '*.h') \
			$$(find patches -name '*.patch') \
			$$(find machines arch -type f) $(guest_src); do \
		install -D -m 644 $$f $(DESTDIR)$(share)/rxasync/$$f || exit; done
	$(Q)install -m 644 doc/rxasync.1 $(DESTDIR)$(share)/man/man1/
	$(Q)install -m 644 completion/rxasync.bash \
		$(DESTDIR)$(share)/bash-completion/completions/rxasync

clean:
	$(Q)rm -rf $(O) rxasync

.PHONY: all unit fuzz guest guest-boot run check check-full bench setup-check install clean
.SECONDARY:

-include $(patsubst %.c,$(O)/%.d,$(src)) \
	 $(patsubst %.c,$(O)/%.d,$(wildcard src/guest/*.c)) \
	 $(patsubst %.c,$(O)/san/%.d,$(src) $(tests)) \
	 $(patsubst %.c,$(O)/fuzz/%.d,$(src) $(fuzzers))
