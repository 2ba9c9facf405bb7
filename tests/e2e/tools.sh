#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Outside tools that are missing, too old, broken or hanging; a full disk.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree" git

# without TOOL COMMAND...: rxasync where all programs are but that one.
without() {
	local dir=$T/without-$1 path=$PATH

	if [[ ! -d $dir ]]; then
		mkdir "$dir"
		ln -sf /usr/local/bin/* /usr/bin/* /bin/* /usr/sbin/* "$dir/" 2>/dev/null
		rm -f "$dir/$1"
	fi
	shift
	PATH=$dir
	rx "$@"
	PATH=$path
}
lacking() {	# TOOL PACKAGE COMMAND
	is "$code" 3 "$3 without $1: exit code"
	is "$(grep -c "^rxasync: " <<<"$err")" 1 "$3 without $1: one line" || note "$err"
	like "$err" "$1.*$2" "$3 without $1: names it and its package"
}

for tool in spatch:coccinelle:convert make:make:build git:git:series; do
	IFS=: read -r tool package _ <<<"$tool"
	without "$tool" -t "$tree" -w "$ws-$tool" run
	lacking "$tool" "$package" "run"
	rm -rf "${ws:?}-$tool"
done

good -t "$tree" -w "$ws" scan
wrap spatch 'case "$*" in *--version*) echo "spatch version 1.0.6 compiled with OCaml version 4.05.0"; exit ;; esac'
rx -t "$tree" -w "$ws" convert
is "$code" 3 "an old spatch: exit code"
like "$err" "1\.0\.6" "an old spatch: its version is named"
wrap git 'case "$*" in *--version*) echo "git version 1.7.10"; exit ;; esac'
unwrap spatch
good -t "$tree" -w "$ws" convert toywalk
rx -t "$tree" -w "$ws" series toywalk
is "$code" 3 "an old git: exit code"
like "$err" "git.*too old.*[0-9]\.[0-9]+ or later" "an old git: what is needed is named"
unwrap git

# Hanging.
verdict() { json "$ws/report.json" "[u['verdict'] + ' ' + str(u['reason']) for u in j['units'] if u['name'] == '$1']"; }
rm -rf "$ws"
wrap spatch 'case "$*" in *toywalk*) sleep 98765 & sleep 98765 ;; esac'
RXASYNC_SPATCH_DEADLINE=3 rx -t "$tree" -w "$ws" run
is "$code" 1 "spatch hangs on a unit: exit code"
is "$(verdict toywalk)" "failed timeout" "spatch hangs: that unit has failed, for time"
is "$(verdict toysync)" "converted None" "spatch hangs: the others go on"
! pgrep -f 'sleep 98765' >/dev/null
ok $? "spatch hangs: nothing of it is left running"

# Broken.
wrap spatch 'case "$*" in *--sp-file*toysync*) echo "Fatal error: exception Stack_overflow" >&2; exit 2 ;; esac'
rm -rf "$ws"
rx -t "$tree" -w "$ws" run
is "$code" 1 "spatch dies on a unit: exit code"
is "$(verdict toysync)" "failed spatch" "spatch dies: that unit has failed"
grep -q Stack_overflow "$ws/units/toysync/convert.log"
ok $? "spatch dies: its words are in the log"
unwrap spatch
rx -t "$tree" -w "$ws" run
is "$(verdict toysync)" "converted None" "spatch is well again: so is the unit"

# A full disk.
if [[ $(id -u) != 0 ]] || ! { mkdir "$T/disk" && mount -t tmpfs -o size=40k none "$T/disk" 2>"$T/log"; }; then
	skip "a full disk" "no mount here: $(tail -n 1 "$T/log" 2>/dev/null)"
else
	cleanup+=("umount '$T/disk'")
	for size in 40k 120k 400k; do
		rm -rf "$T/disk/ws"
		mount -o "remount,size=$size" "$T/disk"
		rx -t "$tree" -w "$T/disk/ws" run
		is "$code" 3 "a full disk, $size: exit code"
		like "$err" "No space left on device|disk is full" "a full disk, $size: it says so"
	done
	mount -o remount,size=64m "$T/disk"
	rx -t "$tree" -w "$T/disk/ws" run
	is "$code" 1 "with room again, it goes on to its end" || note "$err"
	is "$(json "$T/disk/ws/report.json" "[u['verdict'] for u in j['units']]")" \
		"$(json "$ws/report.json" "[u['verdict'] for u in j['units']]")" \
		"and finds what it should"
fi
done_testing
