#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# wrong.sh [FAULT...]: does the boot check see what is wrong?
#
# Converts two drivers of a real kernel and boots them, which must pass; then,
# for each fault of wrong/ (all of them, if none is named), spoils one of them
# with that semantic patch, which must fail, and for the right reason. Where
# there was no kernel yet, building it takes most of the time.
. "$(dirname "$0")/../e2e/lib.sh"

export XDG_CACHE_HOME=${real_cache%/rxasync}
command -v qemu-system-x86_64 >/dev/null || skip_all "no qemu-system-x86_64"
faults=("$@")
((${#faults[@]})) || faults=(nothing list sleep bh)
machine=x86_64-pc
units=(8139cp virtio_net)
victim=8139cp file=drivers/net/ethernet/realtek/8139cp.c
# What the check has to say of each.
declare -A reason=(
	[nothing]='^row mc-'
	[list]='^row '
	[sleep]='sleeping function|scheduling while atomic'
	[bh]='inconsistent lock state|possible irq lock inversion'
)
# The first row that differs must have lost a frame that legacy had.
declare -A rows=([nothing]=1 [list]=1 [sleep]=0 [bh]=0)

tree=${TREE:-$("$top/scripts/fetch-kernel" 7 2>"$T/log")}
ok $? "a kernel to work on: ${tree##*/}" || {
	note "$(<"$T/log")"
	done_testing
}

# boot WS UNIT...: the result lines are in $out.
boot() {
	local ws=$1

	shift
	rx -t "$tree" -w "$ws" boot --machine "$machine" "$@"
}
# entry WS UNIT EXPRESSION: on the hardware entry `b` of the unit.
entry() {
	json "$1/units/$2/boot.json" "[$3 for b in j['boot'] if b['machine'] == '$machine']"
}
differing='len([r for r in b.get("rows", []) if r["legacy"] != r["converted"]])'

good -t "$tree" -w "$T/ws" convert "${units[@]}"
started=$SECONDS
boot "$T/ws" "${units[@]}"
ok "$code" "the right conversions pass" || note "exit $code
$out
$(tail -n 40 <<<"$err")"
echo "# $((SECONDS - started)) s with kernels" >&2
for unit in "${units[@]}"; do
	is "$(entry "$T/ws" "$unit" 'b["result"]')" pass "$unit passes"
	[[ $(entry "$T/ws" "$unit" 'len(b["rows"])') -ge 20 ]]
	ok $? "$unit was seen in 20 states or more"
done

for fault in "${faults[@]}"; do
	ws=$T/$fault
	cp -r "$T/ws" "$ws"
	rm -f "$ws/units/$victim/boot.json"
	started=$SECONDS
	spatch --very-quiet --no-includes --in-place \
		--sp-file "$top/tests/boot/wrong/$fault.cocci" \
		"$ws/units/$victim/after/$file" >"$T/log" 2>&1
	! cmp -s "$ws/units/$victim/after/$file" "$T/ws/units/$victim/after/$file"
	ok $? "$fault: the conversion is spoiled" || note "$(<"$T/log")"
	# What has deadlocked needs no four minutes to be known.
	boot "$ws" --timeout 120 "$victim"
	is "$code" 1 "$fault: caught" || note "$out
$(tail -n 40 <<<"$err")"
	is "$(entry "$ws" "$victim" 'b["result"]')" fail "$fault: a fail"
	like "$(entry "$ws" "$victim" 'b["why"]')" "${reason[$fault]}" \
		"$fault: by what it does"
	if ((rows[$fault])); then
		[[ $(entry "$ws" "$victim" "$differing") -gt 0 ]]
		ok $? "$fault: rows that differ from legacy"
	fi
	echo "# $fault: $((SECONDS - started)) s" >&2
done
done_testing
