#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What scan and convert make of small drivers, to the exact text. TAP.
#
#	convert.sh [-u] [-k] [NAME...]
#
# NAME.c is one driver, NAME/ (with a Makefile) one of several files; NAME.res or
# NAME/*.res is the wanted text, void/ has those for a tree whose callback
# returns void, collapse/ those for "convert --collapse". A comment in each says
# what is wanted:
#	want: VERDICT [REASON]		one for each unit that it makes
#	want-hazard: ID OUTCOME		each kind of hazard that is noted
#	want-deferral: WHAT [KEEPS]	collapse/: what becomes of its work
# A refusal must point at the line marked "here". -u writes the results anew:
# read them, before they are believed. -k keeps the workspace and says where.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
RXASYNC=${RXASYNC:-$here/../../rxasync}
[[ -x $RXASYNC ]] || {
	echo "Bail out! $RXASYNC is not built"
	exit 1
}
command -v "${SPATCH:=spatch}" >/dev/null || {
	echo "1..0 # SKIP no spatch"
	exit 0
}
unset MAKEFLAGS TREE WS UNITS
update='' keep=''
while [[ ${1:-} = -? ]]; do
	[[ $1 = -u ]] && update=1
	[[ $1 = -k ]] && keep=1
	shift
done
T=$(mktemp -d) || exit 1
if [[ $keep ]]; then
	echo "# $T"
else
	trap 'rm -rf "$T"' EXIT
fi

# make_tree FLAVOUR FOLDER [NAME...]: every case of the folder as a driver.
make_tree() {
	local tree=$T/$1 from=$2 drivers=$T/$1/drivers/net base c collapse=''

	[[ $1 != collapse ]] || collapse=--collapse

	mkdir -p "$drivers"
	printf '%s = %s\n' VERSION 7 PATCHLEVEL 3 SUBLEVEL 0 >"$tree/Makefile"
	: >"$tree/Kbuild"
	cp -r "$here/include" "$tree"
	[[ $1 != void ]] || sed -i '/rx_mode_async/s/int (/void (/' \
		"$tree/include/linux/netdevice.h"
	printf 'obj-y += %s\n' net/ >"$tree/drivers/Makefile"
	shift 2
	for c in "$from"/*.c "$from"/*/Makefile; do
		[[ -e $c ]] || continue
		base=${c#"$from"/}
		base=${base%/Makefile}
		[[ $# = 0 || " $* " == *" ${base%.c} "* ]] || continue
		cp -r "$from/$base" "$drivers"
		if [[ $base = *.c ]]; then
			echo "obj-m += ${base%.c}.o"
		else
			rm -f "$drivers/$base"/*.res
			echo "obj-y += $base/"
		fi
	done >"$drivers/Makefile"
	"$RXASYNC" -t "$tree" -w "$tree.ws" --json scan >"$tree.json" 2>"$T/err"
	[[ $? -le 1 ]] || {
		sed 's/^/# /' "$T/err"
		echo "Bail out! scan"
		exit 1
	}
	"$RXASYNC" -t "$tree" -w "$tree.ws" convert $collapse >"$T/out" 2>"$T/err"
	[[ $? -le 1 ]] || {
		sed 's/^/# /' "$T/err"
		echo "Bail out! convert"
		exit 1
	}
	judge "$tree" "$from" >"$tree.got"
}

# Per case: what was wanted and what came, and its units.
judge() {
	python3 - "$1" "$2" <<'END'
import json, os, re, sys
tree, cases = sys.argv[1:]
ws = tree + '.ws'
units = {}
for u in json.load(open(tree + '.json'))['units']:
    path = u['assignments'][0]['file'].split('/')[2:]
    case = path[0].removesuffix('.c') if len(path) == 1 else path[0]
    try:
        u.update(json.load(open('%s/units/%s/convert.json' % (ws, u['name']))))
    except OSError:
        pass
    units.setdefault(case, []).append(u)
made = os.path.join(tree, 'drivers/net')
for case in sorted(f.removesuffix('.c') for f in os.listdir(made)):
    if case == 'Makefile':
        continue
    files = [case + '.c']
    if not os.path.exists('%s/%s.c' % (made, case)):
        files = ['%s/%s' % (case, f) for f in os.listdir(made + '/' + case)]
    text, marks = '', []
    for f in files:
        source = open('%s/%s' % (made, f), errors='replace').read()
        text += source
        for n, line in enumerate(source.split('\n'), 1):
            if re.search(r'\bhere \*/', line):
                marks.append('drivers/net/%s:%d' % (f, n))
    wanted = re.findall(r'(?m)^.*?\b(want: \w+(?: [\w-]+)?)', text)
    wanted += re.findall(r'\b(want-hazard: \w+ [\w-]+)', text)
    deferral = re.findall(r'\b(want-deferral: [\w-]+(?: [\w-]+)?)', text)
    wanted += deferral
    got, places = [], set()
    for u in units.get(case, []):
        got.append(' '.join(['want:', u['verdict'], u['reason'] or '']).strip())
        got += {'want-hazard: %s %s' % (h['id'], h['outcome'])
                for h in u['hazards']}
        d = u['deferral'] or {}
        if deferral:
            got.append(' '.join(['want-deferral:', d.get('what') or '',
                                 d.get('keeps') or '']).strip())
        if u['reason'] or (deferral and d.get('keeps')):
            u['note'] = u['note'] if u['reason'] else d['note']
            places.add(re.match(r'[^: ]*(:\d+)?', u['note']).group(0))
    if marks:
        wanted += ['here: ' + m for m in marks]
        got += ['here: ' + p for p in places]
    note = ' | '.join(u['note'] or '' for u in units.get(case, []))
    print('\t'.join([case, '; '.join(sorted(set(wanted))), '; '.join(sorted(set(got))),
                     ' '.join(u['name'] for u in units.get(case, [])), note]))
END
}

. "$here/../tap.sh"

# The tokens of a C file without its comments.
tokens() { gcc -fpreprocessed -dD -E -P "$1" 2>/dev/null | tr -d '[:space:]'; }

# One converted file of a unit: text, tokens by plain spatch, compilation.
check_file() {
	local flavour=$1 unit=$2 path=$3 res=$4 name=$5
	local after=$T/$flavour.ws/units/$unit/after/$path

	if [[ $update ]]; then
		cp "$after" "$res"
	fi
	diff -u "$res" "$after" >"$T/diff" 2>&1
	ok $? "$name: text" || sed 's/^/# /' "$T/diff"
	gcc -std=gnu11 -fsyntax-only -Wall -Wno-unused-function -Werror \
		-I"$T/$flavour/include" -I"$(dirname "$T/$flavour/$path")" \
		-include linux/netdevice.h -x c "$after" 2>"$T/err"
	ok $? "$name: compiles" || sed 's/^/# /' "$T/err"
}

# The unit's own semantic patch by hand: the same tokens.
check_rule() {
	local flavour=$1 unit=$2 name=$3 dir=$T/$1.ws/units/$2 files

	rm -rf "$T/hand"
	cp -r "$T/$flavour" "$T/hand"
	mapfile -t files < <(cd "$dir/after" && find . -type f | sort)
	(cd "$T/hand" && "$SPATCH" --very-quiet --in-place --sp-file \
		"$dir/convert.cocci" "${files[@]}" >/dev/null 2>&1)
	for f in "${files[@]}"; do
		[[ $(tokens "$T/hand/$f") = "$(tokens "$dir/after/$f")" ]]
		ok $? "$name: ${f##*/} by plain spatch"
	done
}

check_case() {	# FLAVOUR FOLDER CASE WANTED GOT UNITS NOTE
	local flavour=$1 from=$2 case=$3 name=$1/$3 unit f res left

	[[ $4 = "$5" && $4 ]]
	ok $? "$name: $4" || printf '# wanted %s\n# got    %s\n# %s\n' "$4" "$5" "$7"
	left=$(find "$from/$case.res" "$from/$case/" -name '*.res' 2>/dev/null |
		wc -l)
	for unit in $6; do
		[[ -d $T/$flavour.ws/units/$unit/after ]] || continue
		while read -r f; do
			res=$from/${f#drivers/net/}
			res=${res%.c}.res
			[[ $f = *.h ]] && res=$from/${f#drivers/net/}.res
			left=$((left - 1))
			check_file "$flavour" "$unit" "$f" "$res" "$name ${f##*/}"
		done < <(cd "$T/$flavour.ws/units/$unit/after" &&
			find . -type f | sed 's,^\./,,' | sort)
		check_rule "$flavour" "$unit" "$name"
	done
	[[ $update || $left = 0 ]] || ok 1 "$name: $left wanted results did not come"
}

for flavour in int void collapse; do
	from=$here
	[[ $flavour = int ]] || from=$here/$flavour
	make_tree $flavour "$from" "$@"
	while IFS=$'\t' read -r case wanted got units note; do
		check_case $flavour "$from" "$case" "$wanted" "$got" "$units" \
			"$note"
	done <"$T/$flavour.got"
done
done_testing
