#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Why a unit has its verdict, and what a person may rule out of it.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree" git
toy=drivers/net/ethernet/toy
at=$(grep -n -m 1 netif_addr_lock_bh "$tree/$toy/toyaddrlock.c" | cut -d: -f1)

good -t "$tree" -w "$ws" scan --explain toyaddrlock
like "$out" "^toyaddrlock: manual, addr-lock" "explain: the verdict"
like "$out" "$toy/toyaddrlock.c:[0-9]+ toyaddrlock_ops = toyaddrlock_set_rx_mode" \
	"explain: the ops struct"
like "$out" "H8 +open +:$at: toyaddrlock_tx_timeout\(\)" "explain: the hazard and its place"
like "$out" "mc: count, 'dev' is own device  :" "explain: the use of the list"
is "$(wc -l <<<"$out" | awk '{ print ($1 < 40) }')" 1 "explain: one screen"
line=$(grep -o "toyaddrlock H8 $toy/toyaddrlock.c:$at@[0-9a-f]*" <<<"$out")
ok $? "explain: the line that would rule it out"
good -t "$tree" -w "$ws" --json scan --explain toyaddrlock toycaller
is "$(json "$T/out" "[e['unit']['name'] + ' ' + e['unit']['verdict'] for e in j]")" \
	"toyaddrlock manual
toycaller converted" "explain --json: an array of units"
is "$(json "$T/out" "[u['use'] + ' ' + u['device'] for n in j[0]['path'] for u in n['uses']]")" \
	"count own device" "explain --json: uses of lists"
like "$(json "$T/out" "j[1]['callers']")" "'context': 'process'" \
	"explain --json: who calls it from elsewhere"
is "$(json "$T/out" "j[0]['may_override'][0]")" "$line" "explain --json: the same line"
good -t "$tree" -w "$ws" scan --explain
is "$(grep -cE '^[a-z]+: (converted|manual|kept|failed)' <<<"$out")" \
	"$(wc -l <"$(dirname "$0")/toy.verdicts")" "explain: every unit"

# Ruled out.
verdict() { json "$ws/report.json" "[u['verdict'] + ' ' + str(u['reason']) for u in j['units'] if u['name'] == '$1'][0]"; }
both() {
	rx -t "$tree" -w "$ws" convert toyaddrlock toywalk
	said=$err
	rx -t "$tree" -w "$ws" report
}
both
is "$(verdict toyaddrlock)" "manual addr-lock" "nothing ruled out: manual"
echo "# looked at
$line Jane Doe <jane@toy.example>: the flag is read once" >"$ws/overrides"
count_calls spatch
good -t "$tree" -w "$ws" run toyaddrlock
is "$err" "$(grep -v stale <<<"$err")" "ruled out: nothing is stale"
is "$(verdict toyaddrlock)" "converted None" "ruled out: it is converted"
like "$(json "$ws/report.json" "[h['id'] + ' ' + h['outcome'] + ' ' + h['note'] for a in j['assignments'] if a['unit'] == 'toyaddrlock' for h in a['hazards']]")" \
	"H8 ruled-out .*ruled out by Jane Doe <jane@toy.example>: the flag is read once" \
	"ruled out: the report says by whom"
like "$(json "$ws/units/toyaddrlock/convert.json" "j['hazards']")" "Jane Doe" \
	"ruled out: so does the result"
like "$(tr -s ' \n' ' ' <"$(grep -l toyaddrlock "$ws"/series/wave-*/*.patch | tail -n 1)")" \
	"ruled out by Jane Doe" "ruled out: so does the mail"
: >"$T/calls.spatch"
good -t "$tree" -w "$ws" convert toyaddrlock
is "$(grep -c cocci "$T/calls.spatch")" 0 "ruled out: a second run does nothing"
sed -i 's/the flag is read once/read twice/' "$ws/overrides"
good -t "$tree" -w "$ws" convert toyaddrlock
is "$(grep -c cocci "$T/calls.spatch")" 1 "another word of hers: it is done again"
like "$(json "$ws/units/toyaddrlock/convert.json" "j['hazards']")" "read twice" \
	"and the result has it"

# Stale: the place, the function, the hazard, the unit.
cp "$ws/overrides" "$T/overrides"
sed -i 's/card->resetting = false/card->resetting = 0/' "$tree/$toy/toyaddrlock.c"
both
like "$said" "overrides:2: stale: the function at .*:$at is not the one" \
	"the function has changed: it is said"
is "$(verdict toyaddrlock)" "manual addr-lock" "the function has changed: it does not count"
sed -i "s/:$at@[0-9a-f]* /:$at /" "$ws/overrides"
both
is "$(verdict toyaddrlock)" "converted None" "without a sum, the place alone counts"
sed -i '1a/* one more line */' "$tree/$toy/toyaddrlock.c"
both
like "$said" "overrides:2: stale: no open H8 at .*:$at; now at .*:$((at + 1))" \
	"the place has moved: it is said, and to where"
is "$(verdict toyaddrlock)" "manual addr-lock" "the place has moved: it does not count"
echo "toywalk H8 $toy/toywalk.c:1 Jane Doe: nothing there
nosuch H8 $toy/toywalk.c:1 Jane Doe: no unit" >"$ws/overrides"
both
like "$said" "overrides:1: stale: no open H8 at $toy/toywalk.c:1" "no such hazard: it is said"
like "$said" "overrides:2: stale: no unit 'nosuch'" "no such unit: it is said"

# Bad lines.
printf '%s\n' "toywalk H8" "toywalk H8 nowhere Jane: why" \
	"toywalk H99 a.c:1 Jane: why" "toywalk H8 a.c:1 Jane why" \
	"toywalk H8 a.c:1 Jane: " "toywalk signature a.c:1 Jane: why" \
	$'toywalk H8 a.c:1 J\377ne: why' "# fine" "" \
	"toywalk H8 a.c:1 Jane: why" >"$ws/overrides"
rx -t "$tree" -w "$ws" scan
is "$code" 2 "bad lines: exit code"
is "$(grep -o 'overrides:[0-9]*' <<<"$err" | cut -d: -f2 | tr '\n' ' ')" \
	"1 2 3 4 5 6 7 " "bad lines: each is named by its number"
is "$out" "" "bad lines: nothing else is printed"
rx -t "$tree" -w "$ws" convert
is "$code" 2 "bad lines: convert does not start, either"

# A reason that is not for persons to rule out.
rx -t "$tree" -w "$ws" scan
printf '%s\n' "toystack H19 $toy/toystack.c:1 Jane: it is not stacked" >"$ws/overrides"
rx -t "$tree" -w "$ws" scan --explain toystack
like "$out" "^toystack: kept" "a stacked device stays so"
! grep -q '^A person' <<<"$out"
ok $? "and no line for it is offered"
nameless=$(grep -oh '"H[0-9]\+"' "$top"/src/*.c | sort -u | while read -r id; do
	grep -q "{$id, \"" "$top/src/reason.c" || echo "$id"
done)
is "$nameless" "" "each hazard has a name"

done_testing
