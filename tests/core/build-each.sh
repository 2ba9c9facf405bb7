#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# build-each.sh [LINE]...
#
# Each patch of the core series on its own, in order, for x86_64 and for i386:
# the network core and what else the series touches compiles with W=1 and
# sparse, with no warning that the pristine tree has not. TAP. Long: about ten
# compilations of net/core/ a line.

set -uo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/rxasync
[[ $# -gt 0 ]] || set -- 6.12 6.1

. "$top/tests/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

options='64BIT NET INET IPV6 PACKET NETDEVICES DUMMY VLAN_8021Q SYSFS PROC_FS
	KUNIT NETDEV_RX_MODE_TEST PROVE_LOCKING NET_DEV_REFCNT_TRACKER'
kmake() {	# ARCH ARG...
	local arch=$1

	shift
	make -s -k -C "$tree" O="$out/$arch" ARCH="$arch" -j"$(nproc)" \
		CC="$(command -v ccache >/dev/null && echo "ccache ")gcc" "$@"
}
configure() {	# ARCH
	local option

	mkdir -p "$out/$1"
	for option in $options DEBUG_KERNEL; do
		echo "CONFIG_$option=y"
	done >"$work/options"
	[[ $1 != i386 ]] || sed -i 's/CONFIG_64BIT=y/# CONFIG_64BIT is not set/' "$work/options"
	kmake "$1" KCONFIG_ALLCONFIG="$work/options" allnoconfig
}
# The warnings of a build, without places that move. Exits as make does.
build() {	# ARCH WARNINGS
	local code

	kmake "$1" W=1 C=1 CHECK="sparse" net/core/ drivers/net/dummy.o \
		"${objects[@]}" >"$work/log" 2>&1
	code=$?
	grep -aE 'warning:|error:' "$work/log" | sed -E "s,^[^ ]*/each-[0-9.]*/tree/,,; s/:[0-9]+(:[0-9]+)?:/:/g" |
		sort -u >"$2"
	return $code
}

for line; do
	pristine=$("$top/scripts/fetch-kernel" "$line" 2>/dev/null) || {
		ok 1 "a kernel of the line $line"
		continue
	}
	out=$cache/build/each-$line
	tree=$out/tree
	# What was compiled before would keep its warnings for itself.
	rm -rf "$out"
	mkdir -p "$out"
	cp -al "$pristine" "$tree" 2>/dev/null || cp -a "$pristine" "$tree"
	mapfile -t objects < <(sed -nE 's,^\+\+\+ b/(.*)\.c$,\1.o,p' \
		"$top/patches/linux-$line"/*.patch | grep -v ^net/core/ | sort -u)
	for arch in x86_64 i386; do
		configure $arch >/dev/null 2>&1 &&
			build $arch "$work/pristine-$arch"
		ok $? "linux-$line pristine builds, $arch" || tail -n 5 "$work/log" >&2
	done
	for patch in "$top/patches/linux-$line"/*.patch; do
		name=$(basename "$patch" | cut -c-4)
		(cd "$tree" && git apply "$patch") || ok 1 "linux-$line $name applies"
		for arch in x86_64 i386; do
			configure $arch >/dev/null 2>&1
			build $arch "$work/after"
			ok $? "linux-$line up to $name builds, $arch" ||
				tail -n 5 "$work/log" >&2
			comm -13 "$work/pristine-$arch" "$work/after" >"$work/new"
			[[ ! -s $work/new ]]
			ok $? "linux-$line up to $name has no new warning, $arch" ||
				head "$work/new" >&2
		done
	done
done
done_testing
