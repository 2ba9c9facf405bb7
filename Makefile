# SPDX-License-Identifier: GPL-2.0-only
#
# rxasync: build, test, run.
#
#	make			build ./rxasync (CC=clang, WERROR=1, V=1, O=dir)
#	make run		the whole job on a real kernel
#	make check		all tests

CC	?= gcc
O	?= build
V	?= 0
Q	:= $(if $(filter 1,$(V)),,@)

CFLAGS	?= -O2 -g
WARN	:= -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Wshadow \
	   -Wformat=2 -Wvla $(if $(WERROR),-Werror)
CPPFLAGS += -D_GNU_SOURCE -DRXASYNC_COCCI_DIR='"$(CURDIR)/cocci"'
LDLIBS	+= -ljansson -lelf
SAN	:= -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

src	:= $(wildcard src/*.c)
lib	:= $(filter-out src/main.c,$(src))
tests	:= $(wildcard tests/unit/test_*.c)

all: rxasync

rxasync: $(src:%.c=$(O)/%.o)
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

unit: $(tests:tests/unit/%.c=$(O)/unit/%)
	$(Q)prove --exec '' $^

clean:
	$(Q)rm -rf $(O) rxasync

.PHONY: all unit clean
.SECONDARY:

-include $(patsubst %.c,$(O)/%.d,$(src)) $(patsubst %.c,$(O)/san/%.d,$(src) $(tests))
