#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The core patch series, as a maintainer receives them: on the pristine trees.
. "$(dirname "$0")/lib.sh"

export XDG_CACHE_HOME=${real_cache%/rxasync}

# am REPO TREE PATCH...: a repository with the touched files of the tree, and
# the patches on top of them by git am.
am() {
	local repo=$1 tree=$2

	shift 2
	git init -q "$repo"
	(cd "$tree" && sed -n 's,^+++ b/,,p' "$@" | sort -u |
		while read -r file; do
			[[ ! -f $file ]] || cp --parents "$file" "$repo"
		done)
	git -C "$repo" add -A
	git -C "$repo" commit -q -m pristine
	git -C "$repo" am -q "$@"
}

# Remarks of checkpatch as netdev's CI asks for them; whoever sends the series
# adds a Signed-off-by.
remarks() {	# TREE PATCH
	local words=/usr/lib/python3/dist-packages/codespell_lib/data/dictionary.txt
	local spell=()

	[[ ! -f $words ]] || spell=(--codespell --codespellfile "$words")
	(cd "$1" && perl scripts/checkpatch.pl --strict --terse --show-types \
		--no-summary --no-signoff --max-line-length=80 \
		"${spell[@]}" --ignore FILE_PATH_CHANGES "$2" 2>/dev/null)
}

for line in 6.12 6.1; do
	tree=$("$top/scripts/fetch-kernel" $line 2>"$T/log")
	ok $? "a kernel of the line $line: ${tree##*/}" || {
		note "$(<"$T/log")"
		continue
	}
	patches=("$top/patches/linux-$line"/*.patch)
	"$top/scripts/core-patches" --check "$line=$tree" >"$T/log" 2>&1
	ok $? "linux-$line: the patches are what src/core/ gives" ||
		note "$(<"$T/log")"
	am "$T/$line" "$tree" "${patches[@]}" >"$T/log" 2>&1
	ok $? "linux-$line: git am takes the series" || note "$(<"$T/log")"
	for patch in "${patches[@]}"; do
		is "$(remarks "$tree" "$patch")" "" \
			"linux-$line: checkpatch has nothing to say on $(basename "$patch" | cut -c-4)"
	done
	for file in hw_addr_snapshot.c dev_rx_mode.c; do
		is "$(perl "$tree/scripts/kernel-doc" -none \
			"$T/$line/net/core/$file" 2>&1)" "" \
			"linux-$line: kernel-doc of $file"
	done
done
done_testing
