#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The stand-alone semantic patch under the kernel's own coccicheck, in all
# modes, on one directory of a real tree: TREE, or what fetch-kernel has. M=dir
# picks another directory. J=1, since spatch --jobs keeps its files in the
# directory that it looks at; so nothing is written in the tree. TAP.

here=$(cd "$(dirname "$0")" && pwd)
cocci=$here/../../cocci/ndo_set_rx_mode_async.cocci
[ "${TREE:-}" ] || TREE=$("$here/../../scripts/fetch-kernel" 7 | tail -n 1)
: "${M:=drivers/net/ethernet/realtek}"

skip()
{
	echo "1..0 # SKIP $1"
	exit 0
}

[ -e "$TREE/scripts/coccicheck" ] || skip "no kernel tree: set TREE"
[ -d "$TREE/$M" ] || skip "no $M in $TREE"
command -v "${SPATCH:-spatch}" >/dev/null || skip "no spatch"

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/out"
touch "$tmp/stamp"
count=0

ok()
{
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		sed 's/^/# /' "$tmp/log"
	fi
}

coccicheck()
{
	make -s -C "$TREE" O="$tmp/out" coccicheck COCCI="$cocci" MODE="$1" \
		M="$TREE/$M" J=1 DEBUG_FILE="$tmp/err.$1" >"$tmp/log" 2>&1
}

there=$(cd "$TREE/$M" && grep -rcE --include=*.c '\<ndo_set_rx_mode[[:space:]]*=' . |
	awk -F: '{ n += $2 } END { print n }')

coccicheck report
ok $? "report mode runs"
[ "$(grep -cE ':[0-9]+:[0-9]+-[0-9]+: (WARNING|.*not converted)' \
	"$tmp/log")" -eq "$there" ]
ok $? "each of the $there assignments gets its line"
good=$(grep -c 'WARNING opportunity' "$tmp/log")

coccicheck org
ok $? "org mode runs"
[ "$(grep -c '^\* TODO \[\[view:' "$tmp/log")" -eq "$there" ]
ok $? "each assignment gets its org line"

coccicheck context
ok $? "context mode runs"
[ "$(grep -cE '^-.*\<ndo_set_rx_mode[[:space:]]*=' "$tmp/log")" -eq "$there" ]
ok $? "context mode marks each assignment"

coccicheck patch
ok $? "patch mode runs"
[ "$(grep -cE '^\+.*\<ndo_set_rx_mode_async[[:space:]]*=' "$tmp/log")" -eq \
	"$good" ]
ok $? "the $good opportunities are converted"
sed -n '/^diff /,$p' "$tmp/log" >"$tmp/patch"
mkdir -p "$tmp/copy/$M"
cp -R "$TREE/$M/." "$tmp/copy/$M"
[ ! -s "$tmp/patch" ] || (cd "$tmp/copy" && patch -p1 --dry-run <"$tmp/patch") \
	>"$tmp/log" 2>&1
ok $? "the patch applies"

find "$TREE/$M" "$TREE/scripts" "$TREE" -maxdepth 1 -newer "$tmp/stamp" \
	>"$tmp/log"
[ ! -s "$tmp/log" ]
ok $? "nothing was written in the tree"

echo "1..$count"
