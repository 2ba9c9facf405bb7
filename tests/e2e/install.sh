#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make install puts a program there that needs nothing of the source folder.
. "$(dirname "$0")/lib.sh"

root=$T/root
make -C "$top" O="$T/build" install DESTDIR="$root" PREFIX=/usr \
	>"$T/log" 2>&1
ok $? "make install" || note "$(tail -n 20 "$T/log")"

is "$("$root/usr/bin/rxasync" --version)" "$("$RXASYNC" --version)" "it runs"
! grep -qF "$top/cocci" "$root/usr/bin/rxasync"
ok $? "it does not look back at the source folder"
grep -qF /usr/share/rxasync/cocci "$root/usr/bin/rxasync"
ok $? "it looks for its rules where they are installed"

is "$(cd "$root/usr/share/rxasync" && find cocci -name '*.cocci' | sort)" \
	"$(cd "$top" && find cocci -name '*.cocci' | sort)" \
	"the rules are there, all of them"

man=$root/usr/share/man/man1/rxasync.1
text=$(<"$man")
completion=$(<"$root/usr/share/bash-completion/completions/rxasync")
# Both are written by hand: neither may lack a command or an option.
for word in $("$RXASYNC" help | sed -n 's/^  \([a-z]\{4,\}\) .*/\1/p'); do
	like "$text" "[^a-z]$word" "the man page has $word"
	like "$completion" "[^a-z]$word[^a-z]" "the completion has $word"
	for option in $("$RXASYNC" help "$word" | sed -n 's/^  \(-.,\|   \) \(--[a-z-]*\).*/\2/p'); do
		like "${text//\\/}" "$option[^a-z-]" "the man page has $word $option"
		like "$completion" "$option[^a-z-]" "the completion has $word $option"
	done
done
if command -v man >/dev/null; then
	is "$(MANROFFSEQ='' man --warnings -l "$man" 2>&1 >/dev/null)" "" \
		"man has nothing to say"
else
	skip "man has nothing to say" "no man"
fi
done_testing
