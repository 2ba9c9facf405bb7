#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Architectures and configurations: which unit builds where, and what is told
# of those that build nowhere.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree"
before=$(fingerprint "$tree")
# entries UNIT: "arch config result" of each.
entries() {
	json "$ws/units/$1/build.json" \
		"[e['arch'] + ' ' + e['config'] + ' ' + e['result'] for e in j['build']]"
}
# The toy's m68k is compiled by the machine's own compiler.
mkdir "$T/arch"
export RXASYNC_ARCH=$T/arch
printf 'native %s\ncost 1\n' "$(uname -m)" >"$T/arch/x86_64.arch"
printf 'native %s\ncost 3\n' "$(uname -m)" >"$T/arch/m68k.arch"
printf 'package gcc-none\ncross none-\ncost 2\n' >"$T/arch/sparc64.arch"

good -t "$tree" -w "$ws" scan
rx -t "$tree" -w "$ws" convert

rx -t "$tree" -w "$ws" build -a auto
is "$code" 0 "-a auto: exit code"
is "$(entries toywalk)" "x86_64 allmodconfig pass" "the machine's own first"
is "$(entries oldvme)" "m68k allmodconfig pass" \
	"a card of another architecture, there alone"
like "$out" "[1-9][0-9]* pass, 0 fail, 0 not built" "all are built"
rx -t "$tree" -w "$ws" build -a auto
like "$out" "pass, 0 fail, 0 not built; 0 objects" "nothing twice"
touch -d '1 day ago' "$tree/drivers/net/ethernet/old/oldvme.c"
rx -t "$tree" -w "$ws" build -a auto
like "$out" "; 0 objects" "nor for a new date"

# Without a compiler for it, the unit is named with the reason.
mv "$T/arch/m68k.arch" "$T/m68k.arch"
printf 'package gcc-toy\ncross toy-none-\ncost 3\n' >"$T/arch/m68k.arch"
rm -r "$ws/units/oldvme/build.json"
rx -t "$tree" -w "$ws" build -a auto
is "$code" 0 "without a compiler, the others are built"
is "$(entries oldvme)" "auto allmodconfig not-built" "nothing is silent"
like "$err" "oldvme.o is compiled nowhere: m68k: lacks gcc-toy" \
	"with the package that it takes"
like "$out" "not-built oldvme \(auto allmodconfig\): m68k: lacks gcc-toy" \
	"and in the result"
mv "$T/m68k.arch" "$T/arch/m68k.arch"
rx -t "$tree" -w "$ws" build -a auto oldvme
is "$(entries oldvme)" "m68k allmodconfig pass" "what is not so any more goes"

# An object of another architecture is none.
printf 'native %s\nelf 4\n' "$(uname -m)" >"$T/arch/m68k.arch"
rm -r "$ws/build" "$ws/units/oldvme/build.json"
rx -t "$tree" -w "$ws" build -a m68k oldvme
is "$(entries oldvme)" "m68k allmodconfig not-built" \
	"an object of another architecture proves nothing"
printf 'native %s\ncost 3\n' "$(uname -m)" >"$T/arch/m68k.arch"

rx -t "$tree" -w "$ws" build -a all toyflags oldvme
is "$(entries toyflags)" "m68k allmodconfig pass
x86_64 allmodconfig pass" "-a all: each that the tree has, in one order"
is "$(entries oldvme | tail -n 1)" "x86_64 allmodconfig not-built" \
	"with those that do not have it"

# Configurations.
rx -t "$tree" -w "$ws" build -K allmodconfig-TOYWALK toywalk toyflags
is "$(entries toywalk | head -n 1)" "x86_64 allmodconfig pass" \
	"a symbol can be taken away: the plain one is another"
is "$(entries toywalk | tail -n 1)" "x86_64 allmodconfig-TOYWALK not-built" \
	"without it, the unit is not built"
is "$(entries toyflags | tail -n 1)" "x86_64 allmodconfig-TOYWALK pass" \
	"others are"
rx -t "$tree" -w "$ws" build -K nonsense
is "$code" 2 "neither a configuration nor a file"
rx -t "$tree" -w "$ws" build -a auto -K defconfig
is "$code" 2 "-a auto chooses by itself"
rx -t "$tree" -w "$ws" -n build -a auto
is "$code" 0 "-n builds nothing"

# A compiler that is too old for the tree.
mkdir "$T/clang"
printf '#!/bin/sh\necho 14.0.6\n' >"$T/clang/clang"
printf '#!/bin/sh\necho 17.0.1\n' >"$tree/scripts/min-tool-version.sh"
chmod +x "$T/clang/clang"
PATH=$T/clang:$PATH rx -t "$tree" -w "$ws" build toywalk LLVM=1
is "$code" 3 "a clang that is too old for the tree"
like "$err" "clang is 14.0.6, and the tree wants 17.0.1" "is told"
rm "$tree/scripts/min-tool-version.sh"
is "$(fingerprint "$tree")" "$before" "the tree is as it was"
done_testing
