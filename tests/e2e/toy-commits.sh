#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The series' commits compile in their order; what the units' own builds have
# shown is not compiled again.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree" git
result() { json "$ws/units/$1/commit.json" "$2"; }

rx -t "$tree" -w "$ws" build --commits
is "$code" 2 "nothing without a scan"
rx -t "$tree" -w "$ws" scan
rx -t "$tree" -w "$ws" convert
rx -t "$tree" -w "$ws" build
rx -t "$tree" -w "$ws" build --commits
is "$code" 2 "nothing without a series"
like "$err" "has no series: run" "which it says"
rx -t "$tree" -w "$ws" series
rx -t "$tree" -w "$ws" build --commits
is "$code" 0 "all commits build"
like "$out" "commits: [1-9][0-9]* pass, 0 fail, 1 not built; 0 objects compiled" \
	"without compiling anything twice"
is "$(result toywalk "j['result']")" pass "each has its result"
is "$(result oldvme "j['result']")" not-built "what was not built proves nothing"
is "$(result toywalk "j['commit']")" \
	"$(json "$ws/units/toywalk/series.json" "j['commit']")" "by its commit"

# The commit is not what was built: it is compiled as it is.
after=$ws/units/toywalk/after/drivers/net/ethernet/toy/toywalk.c
cp "$after" "$T/toywalk.c"
echo "/* Not in the commit. */" >>"$after"
rx -t "$tree" -w "$ws" build
rx -t "$tree" -w "$ws" build --commits
like "$out" "0 fail, 1 not built; 1 objects compiled" "from the commit itself"
is "$(result toywalk "j['compiled']")" \
	"x86_64 allmodconfig drivers/net/ethernet/toy/toywalk.o" "which is told"
FAIL=toywalk AFTER=1 rx -t "$tree" -w "$ws" build --commits
is "$code" 1 "a commit that does not compile: exit code"
like "$out" "fail +toywalk \(wave 1, [0-9]+\): .*injected failure" \
	"with the compiler's words"
WARN=toywalk AFTER=1 rx -t "$tree" -w "$ws" build --commits toywalk
is "$code" 1 "a new warning is a failure"
like "$out" "injected warning" "with its text"
is "$(result toywalk "j['result']")" fail "in its result, too"

# The files of the shadow are the tree's again, and the build is as it was.
cp "$T/toywalk.c" "$after"
rx -t "$tree" -w "$ws" build
like "$out" "; 1 objects compiled" "only what has changed is built again"
rx -t "$tree" -w "$ws" build --commits
like "$out" "0 fail, 1 not built; 0 objects compiled" "all is well again"

# Jobs work in places of their own: their results count as well.
rm -rf "$ws/build" "$ws"/units/*/{build,commit}.json
rx -t "$tree" -w "$ws" -j 2 build --runner env --chunk 5
rx -t "$tree" -w "$ws" build --commits
like "$out" "commits: [1-9][0-9]* pass, 0 fail, 1 not built; 0 objects compiled" \
	"what jobs have built is known"
echo "/* Not in the commit. */" >>"$after"
rx -t "$tree" -w "$ws" -j 2 build --runner env --chunk 5
rx -t "$tree" -w "$ws" build --commits
like "$out" "0 fail, 1 not built; 1 objects compiled" \
	"a commit is compiled where its unit was"
done_testing
