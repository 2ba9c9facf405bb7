# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2001,SC2016,SC2034
#
# For the end-to-end tests: TAP, a toy tree to work on, wrappers around the
# outside tools. A test sources this, calls the functions below, and ends with
# done_testing. All that it makes lies in $T, which goes away at its end.

set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
RXASYNC=${RXASYNC:-$top/rxasync}
[[ -x $RXASYNC ]] || {
	echo "Bail out! $RXASYNC is not built"
	exit 1
}
T=$(mktemp -d "${TMPDIR:-/tmp}/rxasync-e2e.XXXXXX")
cleanup=()
at_exit() {
	local i

	for ((i = ${#cleanup[@]} - 1; i >= 0; i--)); do
		eval "${cleanup[i]}"
	done
	rm -rf "$T"
}
trap at_exit EXIT

# Nothing of the caller's shall show through, and nothing of ours get out.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES V O TREE WS UNITS
real_cache=${XDG_CACHE_HOME:-$HOME/.cache}/rxasync
export HOME=$T/home LC_ALL=C
unset XDG_CACHE_HOME
mkdir "$HOME"
cat >"$HOME/.gitconfig" <<'END'
[user]
	name = Test Person
	email = test@toy.example
END

. "$top/tests/tap.sh"
# On stderr, so that prove shows it.
note() { sed 's/^/# /' <<<"$1" >&2; }
is() {	# GOT WANTED NAME
	[[ $1 = "$2" ]]
	ok $? "$3" || {
		note "got:    $(head -n 30 <<<"$1")
wanted: $(head -n 30 <<<"$2")"
		return 1
	}
}
like() {	# TEXT REGEX NAME
	[[ $1 =~ $2 ]]
	ok $? "$3" || note "got:    $1
wanted: $2"
}
skip() {	# NAME WHY
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# rx ARG...: runs rxasync; $code, $out and $err hold how it went.
rx() {
	"$RXASYNC" "$@" >"$T/out" 2>"$T/err" </dev/null
	code=$?
	out=$(<"$T/out")
	err=$(<"$T/err")
}
# good ARG...: runs it, and it must end well.
good() {
	rx "$@"
	ok "$code" "rxasync $*" || note "exit $code
$err"
}

# toy_tree DIR [git]: a fresh copy of the toy tree; with git, as a repository.
toy_tree() {
	mkdir -p "$1"
	cp -r "$top/tests/toytree/." "$1"
	if [[ ${2:-} = git ]]; then
		git -C "$1" init -q -b main
		git -C "$1" add -A
		git -C "$1" commit -q -m "Toy kernel 7.3"
	fi
}
# A text that changes when any file of the folder does.
fingerprint() {
	(cd "$1" && find . -type f -not -path './.git/*' -print0 | sort -z |
		xargs -0 sha256sum | sha256sum)
}

# wrap TOOL TEXT: a script in front of the tool, in $T/bin. The text runs
# before the real one, which is "$real".
wrap() {
	local real

	real=$(PATH=${PATH#"$T/bin:"} command -v "$1")
	mkdir -p "$T/bin"
	printf '#!/bin/bash\nreal=%q\n%s\nexec "$real" "$@"\n' "$real" "$2" \
		>"$T/bin/$1"
	chmod +x "$T/bin/$1"
	[[ $PATH = "$T/bin:"* ]] || PATH=$T/bin:$PATH
}
unwrap() { rm -f "$T/bin/$1"; }
# count_calls TOOL...: each call adds a line to $T/calls.TOOL.
count_calls() {
	local tool

	for tool; do
		wrap "$tool" "echo \"\$*\" >>$(printf %q "$T/calls.$tool")"
	done
}
calls() { [[ ! -e $T/calls.$1 ]] || grep -c . "$T/calls.$1"; }

# json FILE EXPRESSION: what a Python expression on the JSON `j` gives.
json() {
	python3 -c '
import json, sys
j = json.load(open(sys.argv[1]))
r = eval(sys.argv[2])
print(r if not isinstance(r, list) else "\n".join(map(str, r)))' "$1" "$2"
}
