#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the compiler says of a unit, before and after, decides.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree"
result() { json "$ws/report.json" "[u for u in j['units'] if u['name'] == '$1'][0]$2"; }

rx -t "$tree" -w "$ws" scan
rx -t "$tree" -w "$ws" convert
export FAIL=toywalk WARN=toyflags AFTER=1
rx -t "$tree" -w "$ws" build
is "$code" 1 "a unit that no longer compiles: exit code"
like "$out$err" "toywalk.*injected failure" "the compiler's line is told"
rx -t "$tree" -w "$ws" report
is "$(result toywalk "['verdict']")" failed "it is no longer converted"
is "$(result toywalk "['reason']")" build "for what the build said"
is "$(result toywalk "['build'][0]['result']")" fail "the build has failed"
like "$(result toyflags "['build'][0]['new_warnings']")" "injected warning" \
	"a new warning is told, with its text"
is "$(result toycount "['build'][0]['result']")" pass "others go on as before"

# What was wrong before is not the conversion's fault.
rm -r "$ws"
export AFTER=0 FAIL='' WARN=toyflags
rx -t "$tree" -w "$ws" scan
rx -t "$tree" -w "$ws" convert
rx -t "$tree" -w "$ws" build
rx -t "$tree" -w "$ws" report
is "$(result toyflags "['build'][0]['new_warnings']")" "" \
	"a warning that was there before is none of ours"
is "$(result toyflags "['build'][0]['result']")" pass "and the build passes"

rm -r "$ws"
export WARN='' FAIL=toycount
rx -t "$tree" -w "$ws" run
like "$(result toycount "['build'][0]['result']")" "not-built|skip" \
	"what did not compile before either proves nothing"
done_testing
