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
completion=$root/usr/share/bash-completion/completions/rxasync
# Both come from the tables of the help text: nothing may be missing.
for word in $("$RXASYNC" help | sed -n 's/^  \([a-z]\{4,\}\) .*/\1/p'); do
	like "$text" "\.B $word" "the man page has $word"
	like "$(<"$completion")" "$word " "the completion has $word"
done
like "$text" 'keep\\-going' "the man page has the options"
if command -v man >/dev/null; then
	is "$(MANROFFSEQ='' man --warnings -l "$man" 2>&1 >/dev/null)" "" \
		"man has nothing to say"
else
	skip "man has nothing to say" "no man"
fi

# The completion completes.
text=$(bash -c ". '$completion'; COMP_WORDS=(rxasync con); COMP_CWORD=1
	_rxasync; echo \"\${COMPREPLY[*]}\"")
is "$text" "convert" "con<TAB> is convert"
text=$(bash -c ". '$completion'; COMP_WORDS=(rxasync --work); COMP_CWORD=1
	_rxasync; echo \"\${COMPREPLY[*]}\"")
is "$text" "--workspace" "--work<TAB> is --workspace"
done_testing
