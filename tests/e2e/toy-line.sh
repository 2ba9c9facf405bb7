#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The whole line on the toy tree: verdicts, patches, objects, mails, report;
# and what a second run does.
. "$(dirname "$0")/lib.sh"
shopt -s extglob

here=$(dirname "$0")
tree=$T/tree ws=$T/ws
toy_tree "$tree" git
before=$(fingerprint "$tree")
count_calls spatch gcc
spatch_runs() { grep -cv -e --version "$T/calls.spatch"; }

good_or_failed() {
	[[ $code = 0 || $code = 1 ]]
	ok $? "$1" || note "exit $code
$err"
}

rx -t "$tree" -w "$ws" run
is "$code" 1 "run: one unit can't be converted, which is told by the exit code"
like "$err" "[0-9]+ units converted" "run ends with a summary"
is "$(fingerprint "$tree")" "$before" "the tree is not written"
is "$(git -C "$tree" status --porcelain)" "" "not even its index"
report=$ws/report.json

# Verdicts, against the list and against a search of another kind.
is "$(json "$report" "[' '.join([u['name'], u['verdict'], u['reason'] or '-']) for u in j['units']]")" \
	"$(<"$here/toy.verdicts")" "every unit has the verdict that it should"
is "$(json "$report" "len(j['assignments'])")" \
	"$(grep -rhE '^[^*"]*\.ndo_set_rx_mode\s*=' --include='*.c' "$tree/drivers" | grep -cv '/\*')" \
	"as many assignments as a text search finds"
is "$(json "$report" "[a for a in j['assignments'] if not a['verdict'] or a['verdict'] != 'converted' and not a['reason']]")" \
	"" "none without a verdict and its reason"
is "$(json "$report" "[j['tree']['version'], j['tree']['flavour'], j['tree']['path']]")" \
	"7.3.0-toy
int
$tree" "the report names the tree"

# Patches: applied to a clean clone, they give the converted files.
git clone -q "$tree" "$T/clone"
# same_files FOLDER GIT-TREE: all that is in the one is so in the other.
same_files() {
	diff -r "$1" "$2" | grep -v "^Only in $2" >"$T/log"
	[[ ! -s $T/log ]]
}
for patch in "$ws"/units/*/convert.patch; do
	dir=$(dirname "$patch")
	git -C "$T/clone" apply "$patch" 2>"$T/log"
	ok $? "${dir##*/}: its patch applies" || note "$(<"$T/log")"
	same_files "$dir/after" "$T/clone"
	ok $? "${dir##*/}: and gives the converted file" || note "$(<"$T/log")"
done

# The unit's own semantic patch gives the same tokens with plain spatch.
tokens() { gcc -fpreprocessed -dD -E -P "$1" 2>/dev/null | tr -d ' \t\n'; }
same_by_hand() {
	local file

	while read -r file; do
		spatch --very-quiet --no-includes --sp-file "$1/convert.cocci" \
			"$tree/$file" -o "$T/by-hand.c" >"$T/log" 2>&1 || return
		[[ $(tokens "$T/by-hand.c") = "$(tokens "$1/after/$file")" ]] ||
			return
	done
}
for rule in "$ws"/units/*/convert.patch; do
	dir=$(dirname "$rule")
	(cd "$dir/after" && find . -name '*.c') >"$T/files"
	same_by_hand "$dir" <"$T/files"
	ok $? "${dir##*/}: plain spatch with its semantic patch does the same" ||
		note "$(cat "$T/log" "$T/by-hand.c")"
done

# Objects.
is "$(json "$report" "[u['name'] for u in j['units'] if u['verdict'] == 'converted' and [b['result'] for b in u['build']] != ['pass']]")" \
	oldvme "all that is converted compiles, but for the m68k card"
like "$(json "$report" "[str(u['build']) for u in j['units'] if u['name'] == 'oldvme']")" \
	"not-built.*M68K" "which is not built, for a Kconfig reason"

# Mails: git am takes each wave, and the outcome is the converted files.
git clone -q "$tree" "$T/am"
for wave in "$ws"/series/wave-*; do
	git -C "$T/am" checkout -q -B "${wave##*/}" main
	git -C "$T/am" am -q "$wave"/!(0000-*).patch >"$T/log" 2>&1
	ok $? "git am takes ${wave##*/}" || note "$(<"$T/log")"
	git -C "$T/am" diff --name-only main >"$T/files"
	while read -r file; do
		cmp "$T/am/$file" "$ws"/units/*/after/"$file"
	done <"$T/files" >"$T/log" 2>&1
	is "$(<"$T/log")" "" "${wave##*/} gives the converted files"
	! grep -rq '^Signed-off-by:' "$wave"
	ok $? "${wave##*/}: nobody has signed it off yet"
	is "$(find "$wave" -name '*.patch' ! -name '0000-*' | wc -l | awk '{ print ($1 <= 15) }')" \
		1 "${wave##*/}: at most 15 patches"
done
is "$(cat "$ws"/series/wave-*/*.patch | grep -A 1 '^Subject: ' | grep -c ndo_set_rx_mode_async)" \
	"$(cat "$ws"/series/wave-*/*.patch | grep -c '^Subject: ')" \
	"every subject says what it is about"
is "$(find "$ws"/series/wave-* -name '*.patch' ! -name '0000-*' | wc -l)" \
	"$(find "$ws/units" -name convert.patch | wc -l)" \
	"a mail for each converted unit"

# Once more: nothing to do.
cp "$report" "$T/first.json"
: >"$T/calls.spatch"
: >"$T/calls.gcc"
rx -t "$tree" -w "$ws" run
is "$code" 1 "a second run ends the same"
is "$(spatch_runs)" 0 "it runs no spatch"
is "$(grep -c -e ' -c ' "$T/calls.gcc")" 0 "it compiles nothing"
cmp -s "$report" "$T/first.json"
ok $? "it gives the same report"

# One driver changed: that unit is done again, no other.
sed -i 's/> 32)/> 31)/' "$tree/drivers/net/ethernet/toy/toywalk.c"
rx -t "$tree" -w "$ws" run
good_or_failed "a run after one driver has changed"
is "$(spatch_runs | awk '{ print ($1 > 0) }')" 1 "the driver's unit is converted again"
is "$(grep -v -e --version -e toywalk "$T/calls.spatch")" "" "and no other"
is "$(grep -e ' -c ' "$T/calls.gcc" | grep -v toywalk)" "" "nor compiled"
grep -q '> 31)' "$ws/units/toywalk/after/drivers/net/ethernet/toy/toywalk.c"
ok $? "the new text is in the result"

# Units by name, file and folder.
for unit in toysync drivers/net/ethernet/toy/toysync.c "$tree/drivers/net/ethernet/toy/toysync.c"; do
	rm -rf "$T/ws1"
	rx -t "$tree" -w "$T/ws1" run "$unit"
	is "$code" 0 "run ${unit#"$tree"}"
	is "$(find "$T/ws1" -name convert.patch)" "$T/ws1/units/toysync/convert.patch" \
		"converts that unit alone"
done
rm -rf "$T/ws1"
rx -t "$tree" -w "$T/ws1" run drivers/net/ethernet/old
is "$(find "$T/ws1" -name convert.patch | wc -l)" 2 "a folder: its units"

# A line for each place, as coccicheck has it.
"$RXASYNC" -t "$tree" -w "$T/ws1" scan --lines >"$T/lines" 2>/dev/null
is "$(grep -cE '^drivers/[^:]*\.c:[0-9]+:[0-9]+-[0-9]+: (converted|kept|manual|failed): .' "$T/lines")" \
	"$(json "$report" "len(j['assignments'])")" "scan --lines: one for each"
place=$(sed -n 's/^\([^:]*toywalk.c\):\([0-9]*\):\([0-9]*\)-\([0-9]*\):.*/\1 \2 \3 \4/p' "$T/lines")
read -r file line from to <<<"$place"
is "$(sed -n "${line}p" "$tree/$file" | expand -t 1 | cut -c "$from-$to")" \
	ndo_set_rx_mode "its columns are those of the member"

# Into the tree, when asked.
toy_tree "$T/own"
rx -t "$T/own" -w "$T/own-ws" convert --apply toywalk toydeep
is "$code" 0 "convert --apply" || note "$err"
is "$(cd "$T/own" && diff -rq . "$top/tests/toytree" | awk '{ print $2 }' | sort)" \
	"./drivers/net/ethernet/toy/toydeep.c
./drivers/net/ethernet/toy/toywalk.c" "writes these two files, no other"
cmp -s "$T/own/$file" "$T/own-ws/units/toywalk/after/$file"
ok $? "as they were converted"

# -n: nothing is run.
: >"$T/calls.spatch"
good -t "$tree" -w "$T/ws2" scan
: >"$T/calls.spatch"
rx -t "$tree" -w "$T/ws2" -n convert
is "$code" 0 "convert -n" || note "$err"
is "$(spatch_runs)" 0 "runs no spatch"
like "$out" "spatch.*toywalk" "but prints the commands"
is "$(find "$T/ws2" -name 'convert.*')" "" "and writes no result"
done_testing
