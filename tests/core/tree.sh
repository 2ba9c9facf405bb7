#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# tree.sh LINE FLAVOUR DIR
#
# A throw-away kernel tree in DIR: the pristine one of LINE (6.12, 6.1; or of
# PRISTINE=) by hard links, with the core series applied, dummy and virtio_net
# converted by rxasync, and a random sleep at the start of their callbacks.
# Run again, it does only what has changed, and leaves alone the times of
# files that did not, so that a build in it goes on. BREAK= is a semantic patch
# that spoils the core: of broken/.
#
# Exit: 0 good, 1 something did not apply or convert, 3 the environment.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
line=$1 flavour=$2 dir=$3
rxasync=${RXASYNC:-$top/rxasync}
pristine=${PRISTINE:-$("$top/scripts/fetch-kernel" "$line" | tail -n 1)}
drivers=(drivers/net/dummy.c drivers/net/virtio_net.c)
patches=$top/patches/linux-$line
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

die() { echo "tree.sh: $1" >&2; exit "${2:-1}"; }
[[ -f $pristine/Makefile ]] || die "no kernel tree at $pristine" 3
[[ -x $rxasync ]] || die "$rxasync is not built" 3

key=$(cat "$patches"/*.patch "$0" "$here/sleep.cocci" \
	"$top"/cocci/pieces/*.cocci ${BREAK:+"$BREAK"} | sha256sum)
key="$pristine $flavour ${key%% *}"
[[ ! -f $dir/.core-key || $(<"$dir/.core-key") != "$key" ]] || exit 0

if [[ ! -d $dir ]]; then
	rm -rf "$dir.new"
	mkdir -p "$(dirname "$dir")"
	cp -al "$pristine" "$dir.new" 2>/dev/null || {
		rm -rf "$dir.new"
		cp -a --reflink=auto "$pristine" "$dir.new"
	}
	mv "$dir.new" "$dir"
fi
rm -f "$dir/.core-key"

# What patches write must be files of the tree's own, and as they once were.
touched=$( (sed -n 's,^+++ b/,,p' "$patches"/*.patch
	printf '%s\n' "${drivers[@]}") | sort -u)
# Files that another flavour has made, or that are of a former series.
[[ ! -f $dir/.core-touched ]] ||
	touched=$(sort -u "$dir/.core-touched" - <<<"$touched")
mkdir "$work/before"
for f in $touched; do
	[[ ! -f $dir/$f ]] || (cd "$dir" && cp -a --parents "$f" "$work/before")
	rm -f "$dir/$f"
	[[ ! -f $pristine/$f ]] || cp -p "$pristine/$f" "$dir/$f"
done
echo "$touched" >"$dir/.core-touched"

"$rxasync" -t "$dir" -w "$work/ws" core --apply --flavour "$flavour" \
	>"$work/log" 2>&1 || { cat "$work/log" >&2; die "the series does not apply"; }
"$rxasync" -t "$dir" -w "$work/ws" convert --apply "${drivers[@]}" \
	>"$work/log" 2>&1 || { cat "$work/log" >&2; die "rxasync does not convert"; }
# rewrite FILE RULES: it must change something.
rewrite() {
	spatch --very-quiet --sp-file "$2" "$dir/$1" -o "$work/rewritten.c" \
		>"$work/log" 2>&1 || { cat "$work/log" >&2; die "$2 does not run"; }
	! cmp -s "$work/rewritten.c" "$dir/$1" || die "$2 does not match in $1"
	cp "$work/rewritten.c" "$dir/$1"
}
for f in "${drivers[@]}"; do
	grep -q 'ndo_set_rx_mode_async' "$dir/$f" ||
		{ cat "$work/log" >&2; die "$f is not converted"; }
	rewrite "$f" "$here/sleep.cocci"
done
if [[ -n ${BREAK:-} ]]; then
	f=$(sed -n 's,^// file: ,,p' "$BREAK")
	rewrite "${f:-net/core/dev_rx_mode.c}" "$BREAK"
fi

for f in $touched; do
	[[ -f $dir/$f && -f $work/before/$f ]] || continue
	! cmp -s "$dir/$f" "$work/before/$f" || touch -r "$work/before/$f" "$dir/$f"
done
echo "$key" >"$dir/.core-key"
