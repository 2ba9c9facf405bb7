#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Files that are not what one expects of a driver, and paths that are not
# what one expects of a tree.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree"
toy=$tree/drivers/net/ethernet/toy
verdict() { json "$ws/report.json" "[u['verdict'] for u in j['units'] if u['name'] == '$1']"; }

# 20 MB of rubbish that name the member; before it nothing that would begin a
# comment or a string around it.
{
	head -c 10000000 /dev/urandom | tr '"/\\\047' '____'
	printf '\nstatic struct net_device_ops o = {\n\t.ndo_set_rx_mode = rubbish_set_rx_mode,\n};\n'
	head -c 10000000 /dev/urandom
} >"$toy/toyrubbish.c"
printf '\t.ndo_set_rx_mode = open_set_rx_mode, /* no end' >"$toy/toyopen.c"
printf '\t.ndo_set_rx_mode = "no end' >"$toy/toyquote.c"
printf 'a\0b\n\t.ndo_set_rx_mode = nul_set_rx_mode,\n\0' >"$toy/toynul.c"
: >"$toy/toyempty.c"
ln -s nowhere.c "$toy/toydangling.c"
ln -s toyloop.c "$toy/toyloop.c"
mkdir "$toy/toyfolder.c"
mkfifo "$toy/toyfifo.c"

rx -t "$tree" -w "$ws" scan
[[ $code = 0 || $code = 1 ]]
ok $? "scan goes through them" || note "exit $code
$err"
rx -t "$tree" -w "$ws" convert
rx -t "$tree" -w "$ws" report
ok "$([[ -s $ws/report.json ]]; echo $?)" "and so does the report"
for unit in toyrubbish toyopen toynul; do
	like "$(verdict $unit)" "^(failed|manual)$" "$unit is not converted"
done
is "$(verdict toywalk)" converted "a sound driver beside them is"

# Bytes that are not UTF-8 stay as they are.
file=drivers/net/ethernet/old/oldcafe.c
is "$(verdict oldcafe)" converted "a driver that is not UTF-8 is converted"
is "$(grep -ac $'caf\xe9' "$ws/units/oldcafe/after/$file")" \
	"$(grep -ac $'caf\xe9' "$tree/$file")" "and its letters stay"
python3 -c 'import json, sys; json.load(open(sys.argv[1], encoding="utf-8"))' \
	"$ws/report.json"
ok $? "report.json is UTF-8 all the same"
! iconv -f UTF-8 -t UTF-8 "$ws/report.html" 2>&1 >/dev/null | grep .
ok $? "and so is report.html"

# Blanks and worse in the path.
for name in 'a tree' "it's \$HOME; echo \"x\""; do
	toy_tree "$T/$name"
	rx -t "$T/$name" -w "$T/ws of $name" scan
	is "$code" 0 "scan of '$name'" || note "$err"
	rx -t "$T/$name" -w "$T/ws of $name" convert
	is "$(find "$T/ws of $name" -name convert.patch | wc -l)" \
		"$(find "$ws" -name convert.patch | wc -l)" \
		"'$name' is converted like any other" || note "$err"
	# kbuild itself takes no such tree.
	rx -t "$T/$name" -w "$T/ws of $name" build
	like "$code $err" "^(0|3 .*(blank|space).*)" "build of '$name'"
done
done_testing
