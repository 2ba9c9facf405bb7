#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make install puts a program there that needs nothing of the source folder.
. "$(dirname "$0")/lib.sh"

root=$T/root
make -C "$top" O="$T/build" install DESTDIR="$root" PREFIX=/usr \
	>"$T/log" 2>&1
ok $? "make install" || note "$(tail -n 20 "$T/log")"

is "$("$root/usr/bin/rxasync" --version)" "$("$RXASYNC" --version)" "it runs"
! grep -qF -e "$top/cocci" -e "$top/patches" "$root/usr/bin/rxasync"
ok $? "it does not look back at the source folder"
grep -qF /usr/share/rxasync/cocci "$root/usr/bin/rxasync"
ok $? "it looks for its rules where they are installed"
grep -qF /usr/share/rxasync/patches "$root/usr/bin/rxasync"
ok $? "and for the core series"

is "$(cd "$root/usr/share/rxasync" && find cocci -name '*.cocci' | sort)" \
	"$(cd "$top" && find cocci -name '*.cocci' | sort)" \
	"the rules are there, all of them"
is "$(cd "$root/usr/share/rxasync" && find patches -name '*.patch' 2>/dev/null |
	sort)" "$(cd "$top" && find patches -name '*.patch' | sort)" \
	"the core series too"

man=$root/usr/share/man/man1/rxasync.1
cmp -s "$top/completion/rxasync.bash" \
	"$root/usr/share/bash-completion/completions/rxasync"
ok $? "the completion is there"
cmp -s "$top/doc/rxasync.1" "$man"
ok $? "the man page is there"
if command -v man >/dev/null; then
	is "$(MANROFFSEQ='' man --warnings -l "$man" 2>&1 >/dev/null)" "" \
		"man has nothing to say"
else
	skip "man has nothing to say" "no man"
fi
done_testing
