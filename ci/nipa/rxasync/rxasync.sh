#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A check of a mail series for netdev's CI (nipa): hazards that the series
# brings into drivers with ndo_set_rx_mode_async, new users of the legacy
# callback, and every source file of it compiled before and after, on whichever
# architecture has it. It runs in the tree with the series applied.
#
# nipa gives BRANCH_BASE, DESC_FD and RESULTS_DIR. RXASYNC is the program,
# ARCHS the architectures (auto). Exit: 0 good, 250 a warning, 1 bad.

set -uo pipefail

rxasync=${RXASYNC:-rxasync}
results=${RESULTS_DIR:?}
base_rev=${BRANCH_BASE:?}
mkdir -p "$results"
work=$(mktemp -d "${TMPDIR:-/tmp}/rxasync-nipa.XXXXXX")
trap 'git worktree remove --force "$work/base" 2>/dev/null
	git worktree remove --force "$work/head" 2>/dev/null
	rm -rf "$work"' EXIT
rc=0 said=
desc() { said=1; printf '%s;\n' "$*" >&"${DESC_FD:-2}"; }
# Bad is worse than a warning.
bad() { rc=1; desc "$@"; }
warning() { [[ $rc = 1 ]] || rc=250; desc "$@"; }

mapfile -t files < <(git diff --name-only --diff-filter=M "$base_rev" HEAD -- '*.[ch]')
if [[ ${#files[@]} -eq 0 ]]; then
	desc "no source file is changed"
	exit 0
fi
# Two trees of their own: what lies in nipa's is none of ours.
if ! git worktree add -q --detach "$work/base" "$base_rev" ||
	! git worktree add -q --detach "$work/head" HEAD; then
	bad "cannot check the trees out"
	exit 1
fi

# lint TREE OUT: findings without their lines, which move.
lint() {
	"$rxasync" -t "$1" lint >"$2.raw" 2>"$2.err"
	case $? in
	0|1|4) ;;
	*) return 1 ;;
	esac
	sed 's/^\([^:]*\):[0-9]*:/\1:/' "$2.raw" | sort >"$2"
}
if lint "$work/base" "$results/lint.base" &&
	lint "$work/head" "$results/lint.head"; then
	comm -13 "$results/lint.base" "$results/lint.head" >"$results/lint.new"
	n=$(grep -c . "$results/lint.new")
	[[ $n = 0 ]] || bad "lint: $n new: $(head -n 1 "$results/lint.new")"
else
	bad "lint: $(tail -n 1 "$results"/lint.*.err | tail -n 1)"
fi

legacy() {
	cat "${files[@]/#/$1/}" | grep -cE '\.ndo_set_rx_mode[[:space:]]*='
}
new=$(($(legacy "$work/head") - $(legacy "$work/base")))
[[ $new -le 0 ]] || warning "$new new users of ndo_set_rx_mode"

# A workspace with one unit: the series' files as the conversion.
ws=$work/ws
if "$rxasync" -t "$work/base" -w "$ws" scan >"$results/scan.log" 2>&1 &&
	"$(dirname "$0")/given-unit" "$ws" "$work/head" "${files[@]}"; then
	"$rxasync" -t "$work/base" -w "$ws" build -a "${ARCHS:-auto}" series \
		>"$results/build.log" 2>&1
	code=$?
	cp "$ws/units/series/build.json" "$results/" 2>/dev/null
	case $code in
	0) ;;
	1) bad "build: $(grep -m 1 '^fail' "$results/build.log")" ;;
	4) warning "build: no configuration here has any of the files" ;;
	*) bad "build: $(tail -n 1 "$results/build.log")" ;;
	esac
	left=$(grep -c 'is compiled nowhere' "$results/build.log")
	[[ $left = 0 ]] || warning "build: $left objects are compiled nowhere"
else
	bad "scan: $(tail -n 1 "$results/scan.log")"
fi

[[ -n $said ]] || desc "no new finding, ${#files[@]} files compile as before"
exit $rc
