#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The stand-alone semantic patch on small files, to the exact text. TAP.
#
#	standalone.sh [-u] [NAME...]
#
# Of standalone/NAME.c, with the files of NAME.files/ beside it where there are any:
#	NAME.report	what report mode prints
#	NAME.res	what patch mode makes of it; without it, nothing changes
#	NAME.void	the same with -D void_return
#	NAME.org	what org mode prints
#	NAME.context	the hunks of context mode
# -u writes anew those that exist, and report and res in any case: read them.

here=$(cd "$(dirname "$0")" && pwd)
cocci=$here/../../cocci/ndo_set_rx_mode_async.cocci
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
update=
[ "$1" = -u ] && update=1 && shift

if ! command -v "${SPATCH:=spatch}" >/dev/null; then
	echo "1..0 # SKIP no spatch"
	exit 0
fi

run()
{
	(cd "$tmp/src" && "$SPATCH" --very-quiet --no-includes \
		--cocci-file "$cocci" "$@" "$name.c") 2>"$tmp/stderr"
}

# The file as patch mode leaves it.
patched()
{
	rm -f "$tmp/after.c"
	run -D patch "$@" -o "$tmp/after.c" >/dev/null || return
	[ -e "$tmp/after.c" ] || cp "$tmp/src/$name.c" "$tmp/after.c"
	cat "$tmp/after.c"
}

# is TEXT EXPECTED_FILE: one line of TAP.
is()
{
	count=$((count + 1))
	if [ ! -s "$tmp/stderr" ] && cmp -s "$tmp/got" "$2"; then
		echo "ok $count - $name: $1"
	else
		echo "not ok $count - $name: $1"
		diff -u "$2" "$tmp/got" | sed 's/^/# /'
		sed 's/^/# stderr: /' "$tmp/stderr"
	fi
}

count=0
for c in "$here"/standalone/*.c; do
	base=${c%.c}
	name=${base##*/}
	if [ $# -gt 0 ]; then
		case " $* " in *" $name "*) ;; *) continue ;; esac
	fi
	rm -rf "$tmp/src"
	mkdir "$tmp/src"
	cp "$c" "$tmp/src"
	[ -d "$base.files" ] && cp "$base.files"/* "$tmp/src"

	run -D report --no-show-diff >"$tmp/got"
	[ "$update" ] && cp "$tmp/got" "$base.report"
	is report "$base.report"

	patched >"$tmp/got"
	if [ "$update" ]; then
		rm -f "$base.res"
		cmp -s "$tmp/got" "$c" || cp "$tmp/got" "$base.res"
	fi
	if [ -e "$base.res" ]; then
		is patch "$base.res"
	else
		is untouched "$c"
	fi

	if [ -e "$base.void" ]; then
		patched -D void_return >"$tmp/got"
		[ "$update" ] && cp "$tmp/got" "$base.void"
		is "patch, void_return" "$base.void"
	fi
	if [ -e "$base.org" ]; then
		run -D org --no-show-diff >"$tmp/got"
		[ "$update" ] && cp "$tmp/got" "$base.org"
		is org "$base.org"
	fi
	if [ -e "$base.context" ]; then
		run -D context | sed '/^\(---\|+++\|diff\) /d' >"$tmp/got"
		[ "$update" ] && cp "$tmp/got" "$base.context"
		is context "$base.context"
	fi
done
echo "1..$count"
