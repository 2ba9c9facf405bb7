#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What lint says of small async drivers: each line marked with a hazard's id in
# a comment, and no other. TAP.
#
#	lint.sh [NAME...]

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
RXASYNC=${RXASYNC:-$here/../../rxasync}
[[ -x $RXASYNC ]] || {
	echo "Bail out! $RXASYNC is not built"
	exit 1
}
unset MAKEFLAGS TREE WS UNITS
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
tree=$T/tree
mkdir -p "$tree/drivers/net"
printf '%s = %s\n' VERSION 7 PATCHLEVEL 3 SUBLEVEL 0 >"$tree/Makefile"
: >"$tree/Kbuild"
cp -r "$here/include" "$tree"
echo 'obj-y += net/' >"$tree/drivers/Makefile"
for c in "$here"/lint/*.c; do
	name=$(basename "$c" .c)
	cp "$c" "$tree/drivers/net"
	echo "obj-m += $name.o"
done >"$tree/drivers/net/Makefile"

. "$here/../tap.sh"

"$RXASYNC" -t "$tree" lint >"$T/all" 2>"$T/err"
[[ $? = 1 ]]
ok $? "findings: exit code 1" || sed 's/^/# /' "$T/err"
for c in "$tree"/drivers/net/*.c; do
	name=$(basename "$c" .c)
	[[ $# = 0 || " $* " == *" $name "* ]] || continue
	grep -nE '\bH[0-9]+ \*/' "$c" |
		sed -E "s,^([0-9]+):.*\b(H[0-9]+) \*/.*,drivers/net/$name.c:\1: \2," |
		sort >"$T/wanted"
	sed -nE "s,^(drivers/net/$name.c:[0-9]+: H[0-9]+): .*,\1,p" "$T/all" |
		sort >"$T/got"
	diff -u "$T/wanted" "$T/got" >"$T/diff"
	ok $? "$name: $(wc -l <"$T/wanted") findings, where they are marked" || {
		sed 's/^/# /' "$T/diff"
		grep "/$name.c" "$T/all" | sed 's/^/# /'
	}
done
"$RXASYNC" -t "$tree" lint clean >"$T/out" 2>"$T/err"
[[ $? = 0 && ! -s $T/out ]]
ok $? "nothing found: exit code 0, and no word on stdout"
grep -q '\[x_deep <- x_update <- x_rx_mode\]$' "$T/all"
ok $? "a finding names the chain of calls"
"$RXASYNC" -t "$tree" --json lint live callers >"$T/json" 2>"$T/err"
[[ $? = 1 ]] && python3 - "$T" <<'END'
import json, sys
j = json.load(open(sys.argv[1] + '/json'))
lines = ['%s:%d: %s: %s%s\n' % (f['file'], f['line'], f['id'], f['text'],
         ' [%s]' % f['chain'] if f['chain'] else '') for f in j['findings']]
wanted = [l for l in open(sys.argv[1] + '/all')
          if '/live.c' in l or '/callers.c' in l]
sys.exit(lines != wanted or j['units'] != ['callers', 'live'])
END
ok $? "--json: the same as data"
"$RXASYNC" -t "$tree" lint drivers/net/live.c >"$T/out" 2>"$T/err"
[[ $? = 1 && $(wc -l <"$T/out") = 2 ]]
ok $? "a unit by its file"
"$RXASYNC" -t "$tree" lint drivers/nosuch >"$T/out" 2>"$T/err"
[[ $? = 4 ]] && grep -q "no driver.*answers to drivers/nosuch" "$T/err"
ok $? "no async driver of that name: exit code 4"
rm "$tree"/drivers/net/*.c
"$RXASYNC" -t "$tree" lint >"$T/out" 2>"$T/err"
[[ $? = 4 ]] && grep -q 'no driver with' "$T/err"
ok $? "no async driver at all: exit code 4"
done_testing
