#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Bad input: one line that names the thing and the way out, the right exit
# code, nothing half-written.
. "$(dirname "$0")/lib.sh"

tree=$T/tree
toy_tree "$tree"
before=$(fingerprint "$tree")

# refused CODE REGEX NAME: how the last rx must have ended.
refused() {
	is "$code" "$1" "$3: exit code"
	# Lines of progress begin with blanks.
	is "$(grep -c '^[^ ]' <<<"$err")" 1 "$3: one line" || note "$err"
	like "$err" "$2" "$3: what it says"
}

# The command line.
rx;				is "$code" 2 "no command: exit code"
like "$out" Usage: "no command: the help"
rx -t "$tree" biuld;		refused 2 "'build'" "a mistyped command"
rx -t "$tree" scan --nope;	refused 2 "--nope.*help" "an unknown option"
rx -t "$tree" -j 0 scan;	refused 2 "-j 0" "no jobs"
rx -t "$tree" -w;		refused 2 "-w wants a value" "no value"
rx -t "$tree" scan --apply;	refused 2 "--apply.*convert" "another's option"

# The tree.
rx -t "$T/nowhere" scan;	refused 2 "$T/nowhere.*TREE=" "no such folder"
rx -t "$HOME" scan;		refused 2 "$HOME is no kernel tree.*TREE=" "no kernel tree"
rx -t "$tree/Makefile" scan;	refused 2 "is no folder" "a file as the tree"
toy_tree "$T/headless"
: >"$T/headless/include/linux/netdevice.h"
rx -t "$T/headless" scan;	refused 2 "net_device_ops" "an empty netdevice.h"
is "$(ls -A "$HOME")" .gitconfig "nothing was written so far"

toy_tree "$T/none"
sed -i '/^	int.*ndo_set_rx_mode_async/,/;$/d' "$T/none/include/linux/netdevice.h"
for command in convert build series; do
	rx -t "$T/none" -w "$T/none-ws" $command
	refused 3 "core patch.*rxasync -t $T/none core --apply" "flavour none, $command"
done
RXASYNC_PATCHES=$T/none rx -t "$T/none" core
refused 3 "no core series in $T/none.*--patches DIR" "flavour none, no series"
ok "$([[ ! -e $T/none-ws ]]; echo $?)" "flavour none: no workspace was made"
rx -t "$T/none" -w "$T/none-ws" scan
is "$code" 0 "flavour none: scan works all the same" || note "$err"
rx -t "$T/none" -w "$T/none-ws" run
is "$code" 3 "flavour none: run scans and stops"
like "$err" "core patch" "flavour none: run says why"
rx -t "$tree" core
is "$code" 0 "core: a tree that has the callback needs no patch"
rx -t "$tree" boot;		refused 2 "rxasync scan" "boot before a scan"

# The workspace.
echo text >"$T/file"
rx -t "$tree" -w "$T/file" scan
refused 3 "$T/file.*-w DIR" "a file as the workspace"
rx -t "$tree" -w /proc/rxasync scan
refused 3 "/proc/rxasync.*-w DIR" "an unwritable workspace"
rx -t "$tree" -w "$tree/ws" scan
refused 2 "never written" "a workspace in the tree"
mkdir "$T/letters"
echo dear >"$T/letters/one"
rx -t "$tree" -w "$T/letters" scan
refused 2 "$T/letters.*holds one" "somebody's folder as the workspace"
is "$(ls -A "$T/letters")" one "which stays as it was"

ws=$T/ws
good -t "$tree" -w "$ws" scan
rx -t "$T/none" -w "$ws" scan
refused 2 "belongs to the tree $tree" "another tree's workspace"
flock "$ws/lock" "$RXASYNC" -t "$tree" -w "$ws" scan >"$T/out" 2>"$T/err"
code=$? err=$(<"$T/err")
refused 3 "process [0-9]+.*$ws" "two runs at once"
sed -i 's/"format": [0-9]*/"format": 99/' "$ws/rxasync.json"
rx -t "$tree" -w "$ws" scan
refused 2 "another version.*-w DIR" "another version's workspace"
rm -r "$ws"

# Units.
good -t "$tree" -w "$ws" scan
for command in scan convert build series report; do
	rx -t "$tree" -w "$ws" $command toywalk nosuchunit
	refused 2 nosuchunit "an unknown unit, $command"
done
for command in build series report; do
	rm -r "$ws"
	rx -t "$tree" -w "$ws" $command
	like "$code $(grep -c . <<<"$err") $err" "^[234] 1 .*rxasync scan" \
		"$command before scan: one line that names scan"
done

is "$(fingerprint "$tree")" "$before" "the tree is as it was"
done_testing
