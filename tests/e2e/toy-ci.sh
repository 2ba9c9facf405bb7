#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The examples for CI: a matrix whose report.json is read, and the check of a
# mail series as nipa runs it.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree" git
export RXASYNC RXASYNC_ARCH=$T/arch CONFIGS=defconfig
mkdir "$T/arch"
printf 'native %s\ncost 1\n' "$(uname -m)" >"$T/arch/x86_64.arch"
printf 'native %s\ncost 3\n' "$(uname -m)" >"$T/arch/m68k.arch"

"$top/ci/compile-matrix" "$tree" "$ws" >"$T/out" 2>"$T/err"
is $? 0 "every conversion is compiled somewhere" || note "$(<"$T/out")"
like "$(<"$T/out")" "1 m68k allmodconfig" "by architecture and configuration"
like "$(<"$T/out")" "commits: [0-9]+ pass, 0 fail, 0 not built" "each commit, too"
rm "$T/arch/m68k.arch"
rm -r "$ws"
"$top/ci/compile-matrix" "$tree" "$ws" >"$T/out" 2>"$T/err"
is $? 1 "one that is compiled nowhere is bad"
like "$(<"$T/out")" "NOWHERE oldvme" "and named"
"$top/ci/compile-matrix" "$tree" "$ws" 1 >"$T/out" 2>"$T/err"
is $? 0 "as many as are allowed are not"

# nipa's way to call it.
check() {
	(cd "$tree" && BRANCH_BASE=main RESULTS_DIR=$T/results DESC_FD=3 \
		"$top/ci/nipa/rxasync/rxasync.sh" >"$T/out" 2>"$T/err" 3>"$T/desc")
	code=$?
	desc=$(<"$T/desc")
}
git -C "$tree" checkout -q -b mails
check
is "$code" 0 "a series without drivers"
find "$ws/series" -path '*/wave-*' \( -name '*toywalk*.patch' -o -name '*toysplit*.patch' \) |
	sort | xargs git -C "$tree" am -q
ok $? "two patches of ours are applied"
git -C "$tree" status --porcelain >"$T/status"
check
is "$code" 0 "it is good" || note "$desc"
like "$desc" "no new finding, [0-9]+ files compile as before" "and described"
is "$(json "$T/results/build.json" "j['build'][0]['result']")" pass \
	"with build.json in the results"

walk=drivers/net/ethernet/toy/toywalk.c
sed -i 's/netdev_hw_addr_list_for_each(ha, mc)/netdev_for_each_mc_addr(ha, dev)/' \
	"$tree/$walk"
git -C "$tree" commit -qam "a live list"
check
is "$code" 1 "a live list in the callback is bad"
like "$desc" "lint: 1 new: .*toywalk" "with the finding"
git -C "$tree" reset -q --hard HEAD^
sed -i '1a int broken(void) { return undeclared; }' "$tree/$walk"
git -C "$tree" commit -qam "does not compile"
check
is "$code" 1 "what does not compile is bad"
like "$desc" "build: fail.*undeclared" "with the compiler's words"
git -C "$tree" reset -q --hard HEAD^
is "$(git -C "$tree" status --porcelain; git -C "$tree" worktree list | wc -l)" \
	"$(cat "$T/status")1" "nothing is left in the tree"
done_testing
