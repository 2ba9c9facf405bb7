#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A slice of the real kernel, whole line: a few drivers of different kinds.
. "$(dirname "$0")/lib.sh"
shopt -s extglob

export XDG_CACHE_HOME=${real_cache%/rxasync}
tree=$("$top/scripts/fetch-kernel" 7 2>"$T/log")
ok $? "a kernel to work on: ${tree##*/}" || {
	note "$(<"$T/log")"
	done_testing
}
ws=$T/ws
units=(8139too alx b44 e1000 veth via-rhine)

checker=$(XDG_CACHE_HOME=${real_cache%/rxasync} "$top/scripts/fetch-sparse" 2>"$T/fetch")
[[ -x $checker ]]
ok $? "a sparse that reads today's kernels" || note "$(<"$T/fetch")"
rx -t "$tree" -w "$ws" C=2 CHECK="$checker" run "${units[@]}"
ok "$code" "run of ${units[*]}" || note "$(tail -n 30 <<<"$err")"
report=$ws/report.json
for unit in "${units[@]}"; do
	is "$(json "$report" "[u['verdict'] + ' ' + str(len(u['build'])) for u in j['units'] if u['name'] == '$unit']")" \
		"converted 1" "$unit is converted and was built"
	is "$(json "$report" "[b['result'] + str(b['new_warnings']) for u in j['units'] if u['name'] == '$unit' for b in u['build']]")" \
		"pass[]" "$unit compiles, with no new warning"
	is "$(json "$report" "[[b['sparse']['checked'] == b['objects'], b['compared']['objects'] == b['objects'], b['compared']['unexplained']] for u in j['units'] if u['name'] == '$unit' for b in u['build']]")" \
		"[True, True, []]" "sparse ran on it, and nothing else differs"
done

# The scan has looked at the whole tree all the same.
rx -t "$tree" -w "$ws" --json scan
is "$(python3 -c 'import json, sys; print(sum(len(u["assignments"]) for u in json.load(open(sys.argv[1]))["units"]))' "$ws/scan.json")" \
	"$(cd "$tree" && grep -rhE '^[^*"/]*[.>]ndo_set_rx_mode\s*=' --include='*.[ch]' . | wc -l)" \
	"every assignment of the tree is in scan.json"

git init -q "$T/am"
(cd "$tree" && git -C "$T/am" --work-tree="$tree" add -f drivers/net) 2>/dev/null
git -C "$T/am" commit -q -m base && git -C "$T/am" reset -q --hard
for wave in "$ws"/series/wave-*; do
	git -C "$T/am" am -q "$wave"/!(0000-*).patch >"$T/log" 2>&1
	ok $? "git am takes ${wave##*/}" || note "$(<"$T/log")"
done
is "$(git -C "$T/am" rev-list --count HEAD)" $((${#units[@]} + 1)) \
	"a commit for each unit"
done_testing
