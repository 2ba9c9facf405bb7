#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Both compilers build the program without a warning; the scripts are clean.
. "$(dirname "$0")/lib.sh"

for cc in gcc clang; do
	if ! command -v $cc >/dev/null; then
		skip "$cc builds without a warning" "no $cc"
		continue
	fi
	make -C "$top" -j"$(nproc)" O="$T/$cc" CC=$cc WERROR=1 \
		>"$T/$cc.log" 2>&1
	ok $? "$cc builds without a warning" ||
		note "$(grep -E 'error|warning' "$T/$cc.log" | head -n 20)"
	is "$("$T/$cc/rxasync" --version 2>&1)" \
		"$("$RXASYNC" --version)" "and what it built runs"
done

if command -v shellcheck >/dev/null; then
	cd "$top" || exit 1
	text=$(shellcheck scripts/fetch-kernel scripts/fetch-sparse \
		scripts/apt-apart scripts/setup scripts/run scripts/bench \
		scripts/check-full .ci/run tests/fuzz/run \
		ci/slurm-array ci/compile-matrix ci/nipa/rxasync/rxasync.sh \
		tests/e2e/with-slurm tests/e2e/*.sh tests/toytree/scripts/kconf \
		tests/toytree/scripts/compile 2>&1)
	ok $? "shellcheck has nothing to say" || note "$text"
else
	skip "shellcheck has nothing to say" "no shellcheck"
fi
done_testing
