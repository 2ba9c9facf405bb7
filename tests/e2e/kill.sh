#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kill -9 of a run at many moments: a rerun takes up what is there, and the
# final report is the one of a run that nobody disturbed.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree" git

start=$(date +%s%N)
rx -t "$tree" -w "$ws" run
took=$((($(date +%s%N) - start) / 1000000))
is "$code" 1 "a run that nobody disturbs"
cp "$ws/report.json" "$T/wanted.json"
cp -r "$ws/series" "$T/wanted-series"

# killed MILLISECONDS SIGNAL: a run that gets the signal after that time.
killed() {
	"$RXASYNC" -t "$tree" -w "$ws" run >"$T/out" 2>"$T/err" </dev/null &
	pid=$!
	sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))"
	kill "-$2" $pid 2>/dev/null
	wait $pid 2>/dev/null
	code=$?
}
same() {
	rx -t "$tree" -w "$ws" run
	is "$code" 1 "$1: the rerun ends as it should" || note "$err"
	cmp "$ws/report.json" "$T/wanted.json" >"$T/cmp" 2>&1
	ok $? "$1: the same report" || note "$(<"$T/cmp")
$(diff "$T/wanted.json" "$ws/report.json" | head -n 20)"
	is "$(diff -r "$ws/series" "$T/wanted-series")" "" "$1: the same mails"
	is "$(find "$ws" -name '*.tmp.*' | head -n 3)" "" \
		"$1: no half-written file is left"
}

RANDOM=${SEED:-$$}
echo "# SEED=${SEED:-$$}, an undisturbed run takes $took ms"

# Each from nothing, killed once.
for part in 1 2 3 4 5 6; do
	rm -rf "$ws"
	killed $((took * part / 7 + RANDOM % (took / 7 + 1))) KILL
	same "killed once, part $part"
done

# One run killed again and again.
rm -rf "$ws"
for ((i = 0; i < 12; i++)); do
	killed $((RANDOM % (took / 2 + 1))) KILL
done
same "killed 12 times"

# A polite stop.
rm -rf "$ws"
killed $((took / 3)) TERM
ok "$([[ $code != 0 ]]; echo $?)" "a stopped run does not say that all is well"
same "stopped"
done_testing
