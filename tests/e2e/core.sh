#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# rxasync core: which series fits, does it apply, and its way into the tree,
# be it a repository or plain files: all of it or none.
. "$(dirname "$0")/lib.sh"

header=include/linux/netdevice.h
none=$T/none
export TMPDIR=$T/tmp
mkdir "$TMPDIR"

# A kernel without the callback, and a series that brings it: with a new file,
# one that moves, one that goes, one that becomes a program.
toy_tree "$none"
sed -i '/^	int.*ndo_set_rx_mode_async/,/;$/d' "$none/$header"
mkdir -p "$none/net/core"
seq -f 'line %g' 40 >"$none/net/core/dev.c"
seq -f 'old %g' 20 >"$none/net/core/old.c"
echo gone >"$none/net/core/gone.h"
echo tool >"$none/net/tool"
cp -r "$none" "$T/work"
work=$T/work
git -C "$work" init -q -b main
git -C "$work" add -A
git -C "$work" commit -q -m base
cd "$work" || exit 1
sed -i 's/^line 5$/line five/' net/core/dev.c
git mv net/core/old.c net/core/new_name.c
git rm -q net/core/gone.h
chmod +x net/tool
git commit -q -a -m 'net: make room for the cafés'
sed -i "s/^\(	void			(\*ndo_set_rx_mode\))(.*/&\n	void (*ndo_set_rx_mode_async)(struct net_device *dev);/" $header
mkdir -p net/core/rx
echo 'int work;' >net/core/rx/work.c
git add net/core/rx/work.c
git commit -q -a -m 'net: add ndo_set_rx_mode_async' -m "A body.
-- >8 --
and more of it."
sed -i 's/^line 30$/line thirty/' net/core/dev.c
sed -i 's/^	void \((\*ndo_set_rx_mode_async\)/	int  \1/' $header
git commit -q -a -m 'net: let ndo_set_rx_mode_async return an int'
cd "$top" || exit 1
export RXASYNC_PATCHES=$T/patches
series=$RXASYNC_PATCHES/linux-7.3
git -C "$work" format-patch -q -3 --cover-letter -o "$series"
touch "$series/README"

# plain NAME: a fresh copy as a folder; repo NAME: as a repository.
plain() { rm -rf "${T:?}/$1"; cp -r "$none" "$T/$1"; tree=$T/$1; }
repo() {
	plain "$1"
	git -C "$tree" init -q -b main
	git -C "$tree" add -A
	git -C "$tree" commit -q -m "Toy kernel 7.3"
	head=$(git -C "$tree" rev-parse HEAD)
}
# unchanged NAME: the tree is as it was, and nothing lies about.
unchanged() {
	is "$(fingerprint "$tree")" "$print" "$1: the files are as they were"
	ok "$([[ ! -e $tree/.rxasync-core ]]; echo $?)" "$1: no folder of ours"
	[[ ! -d $tree/.git ]] || is \
		"$(git -C "$tree" rev-parse HEAD; git -C "$tree" status --short)" \
		"$head${status:+$'\n'$status}" "$1: HEAD, index and status too"
}
remember() {
	print=$(fingerprint "$tree")
	status=
	[[ ! -d $tree/.git ]] || status=$(git -C "$tree" status --short)
}
# equals REVISION NAME: the tree's files are those of the work repository.
equals() {
	rm -rf "$T/want"
	mkdir "$T/want"
	git -C "$work" archive "$1" | tar -x -C "$T/want"
	is "$(diff -r --exclude=.git "$T/want" "$tree")" "" "$2: every file"
	is "$(cd "$tree" && find -L . -name .git -prune -o -type f -perm -u+x -print |
		sort)" "$(cd "$T/want" && find . -type f -perm -u+x | sort)" \
		"$2: who may run"
}
# refused CODE REGEX NAME
refused() {
	is "$code" "$1" "$3: exit code" || note "$out$err"
	like "$err" "$2" "$3: what it says"
}

echo "# what fits"
plain plain
remember
good -t "$tree" core
like "$out" "Linux 7.3.0-toy, flavour none" "it names the tree"
like "$out" "$series
  0001 net: make room for the cafés
  0002 net: add ndo_set_rx_mode_async
  0003 net: let [a-z_ ]* int  \(only with --flavour int\)
State:    applies cleanly, 7 files to write
After it: flavour void" "the series, its patches, the state"
like "$out" "rxasync -t $tree core --apply" "how to apply it"
like "$out" "core --mbox \| git -C $tree apply" "and by hand"
said=$out
good -t "$tree" core --print
is "$out" "$said" "--print is the same"
good -t "$tree" core --check
like "$out" "^linux-7.3 applies cleanly.* 2 patches, 7 files, flavour void" "--check"
good -t "$tree" core --check --flavour int
like "$out" "3 patches, 7 files, flavour int" "--check --flavour int"
good -t "$tree" --json core --check
is "$(json "$T/out" '[j["state"], j["after"], j["series"]["line"],
	len(j["series"]["files"]), [p["wanted"] for p in j["series"]["patches"]],
	j["failure"], j["applied"]]')" \
	$'applies\nvoid\nlinux-7.3\n7\n[True, True, False]\nNone\nNone' "--json"
unchanged "looking"
is "$(ls "$TMPDIR")" "" "nothing is left in the temporary folder"

echo "# plain files"
ln "$tree/net/core/dev.c" "$T/other-name"
chmod 640 "$tree/$header"
good -t "$tree" core --apply
like "$out" "2 patches, files written, no commits.*flavour void" "--apply says what it did"
equals HEAD^ "--apply on plain files"
is "$(sed -n 5p "$T/other-name")" "line 5" "another name of a file keeps the old text"
is "$(stat -c %a "$tree/$header")" 640 "permissions stay"
ok "$([[ ! -e $tree/.rxasync-core ]]; echo $?)" "no folder of ours is left"
good -t "$tree" scan -w "$T/ws"
like "$out" "flavour void" "the tree probes as void"
remember
good -t "$tree" core --apply
like "$out" "has linux-7.3 already, 2 of its 3 patches, flavour void" "twice: it is there"
good -t "$tree" core --check
like "$out" "has linux-7.3 already" "--check: it is there"
rx -t "$tree" core --mbox
is "$code $out" "0 " "--mbox: nothing is left to apply"
like "$err" "already" "and it says so"
unchanged "twice"
good -t "$tree" core --apply --flavour int
like "$out" "1 patch,.*flavour int" "from void to int: the last patch"
equals HEAD "from void to int"
remember
good -t "$tree" core --apply
like "$out" "3 of its 3 patches, flavour int" "without --flavour, what is there is good"
rx -t "$tree" core --apply --flavour void
refused 1 "for void take back 0003" "from int to void: a person"
unchanged "from int to void"
plain int
good -t "$tree" core --apply --flavour int
equals HEAD "at once to int"

echo "# by hand"
plain hand
rx -t "$tree" core
PATH=$(dirname "$RXASYNC"):$PATH bash -c "${out##*By hand:  }"
equals HEAD^ "--mbox | git apply"
repo handgit
rx -t "$tree" core
PATH=$(dirname "$RXASYNC"):$PATH bash -c "${out##*By hand:  }" >"$T/log" 2>&1
ok $? "--mbox | git am" || note "$(<"$T/log")"
equals HEAD^ "--mbox | git am"
good -t "$tree" core --check
like "$out" "already" "what was applied by hand is seen"
git init -q "$T/outer"
plain outer/tree
rx -t "$tree" core
PATH=$(dirname "$RXASYNC"):$PATH bash -c "${out##*By hand:  }"
equals HEAD^ "by hand, in a folder of some larger repository"
plain outer/tree
good -t "$tree" core --apply
equals HEAD^ "--apply, in a folder of some larger repository"
rm -rf "$T/outer"

echo "# a repository"
repo git
echo mine >>"$tree/Makefile"
echo mine >"$tree/untracked"
good -t "$tree" core --apply
like "$out" "as commits on top of ${head:0:12}; flavour void" "--apply makes commits"
is "$(git -C "$tree" log --format='%s%n%b%an' "$head.." )" \
	"$(git -C "$work" log --format='%s%n%b%an' HEAD~3..HEAD^)" \
	"the commits are the patches'"
is "$(git -C "$tree" status --short)" " M Makefile
?? untracked" "other changes stay"
git -C "$tree" checkout -q Makefile
rm "$tree/untracked"
equals HEAD^ "--apply in a repository"
head=$(git -C "$tree" rev-parse HEAD)
remember
good -t "$tree" core --apply
like "$out" "already" "twice"
unchanged "twice, a repository"
good -t "$tree" core --apply --flavour int
is "$(git -C "$tree" log --format=%s "$head..")" \
	"net: let ndo_set_rx_mode_async return an int" "to int: one more commit"
repo partly
git -C "$tree" am -q "$series"/0001*
good -t "$tree" core --apply
like "$out" ": 1 patch, as commits" "a part was there: the rest"
equals HEAD^ "a part was there"

echo "# changes of one's own"
repo own
sed -i 's/^line 20$/mine/' "$tree/net/core/dev.c"
good -t "$tree" core --apply
like "$out" "no commits \(files that the series touches" "in a file of the series: no commits"
is "$(git -C "$tree" rev-parse HEAD)" "$head" "HEAD stays"
is "$(sed -n '5p;20p' "$tree/net/core/dev.c")" $'line five\nmine' "both are in the file"
repo index
echo mine >>"$tree/Makefile"
git -C "$tree" add Makefile
good -t "$tree" core --apply
like "$out" "no commits \(git's index" "in the index: no commits"
is "$(git -C "$tree" diff --cached --name-only)" Makefile "the index stays"

echo "# what does not apply"
for kind in plain repo; do
	$kind bad
	sed -i 's/^line 30$/other/' "$tree/net/core/dev.c"
	[[ $kind = plain ]] || git -C "$tree" commit -q -a -m other
	[[ $kind = plain ]] || head=$(git -C "$tree" rev-parse HEAD)
	remember
	good -t "$tree" core --check
	rx -t "$tree" core --check --flavour int
	refused 1 "does not apply to Linux 7.3.*
  0003-net-let[^ ]*: net/core/dev.c: hunk @@ -27,7 \+27,7 @@ does not apply" \
		"$kind: --check names patch, file, hunk"
	is "$(grep -c . <<<"$err")" 2 "$kind: in two lines"
	rx -t "$tree" core --apply --flavour int
	refused 1 "hunk @@ -27,7" "$kind: --apply"
	rx -t "$tree" --json core --check --flavour int
	is "$code $(json "$T/out" '[j["state"]] + [[p["file"], p["line"]]
		for p in j["failure"]["places"]] + [j["failure"]["patch"][:5]]')" \
		$'1 conflict\n[\'net/core/dev.c\', 27]\n0003-' "$kind: --json"
	good -t "$tree" core --flavour int
	like "$out" "does not apply:" "$kind: --print says it too"
	rx -t "$tree" core --mbox --flavour int
	is "$code $(grep -c '^From ' <<<"$out")" "1 3" "$kind: --mbox prints all the same"
	like "$err" "does not apply" "$kind: and warns"
	unchanged "$kind, a hunk that does not apply"
	mkdir -p "$tree/net/core/rx"
	echo mine >"$tree/net/core/rx/work.c"
	remember
	rx -t "$tree" core --apply
	refused 1 "0002.*net/core/rx/work.c.*exists" "$kind: a new file is there"
	unchanged "$kind, a new file is there"
done

echo "# git am fails on its way"
repo hook
echo mine >>"$tree/Makefile"
printf '#!/bin/sh\n[ ! -e net/core/rx/work.c ]\n' >"$tree/.git/hooks/pre-applypatch"
chmod +x "$tree/.git/hooks/pre-applypatch"
remember
rx -t "$tree" core --apply
refused 1 "not applied, $tree is as it was" "a hook refuses the second patch"
unchanged "a hook refuses"
ok "$([[ ! -e $tree/.git/rebase-apply ]]; echo $?)" "no git am is left under way"
repo midway
git -C "$tree" am -q "$series"/0003* >/dev/null 2>&1
remember
state=$(ls "$tree/.git/rebase-apply")
rx -t "$tree" core --apply
refused 1 "git am or rebase is under way" "somebody's git am is under way"
is "$(ls "$tree/.git/rebase-apply")" "$state" "and still is"
unchanged "a git am under way"
repo nobody
remember
mv "$HOME/.gitconfig" "$HOME/away"
git -C "$tree" config user.useConfigOnly true
rx -t "$tree" core --apply
refused 3 "user.email" "nobody commits"
mv "$HOME/away" "$HOME/.gitconfig"
unchanged "nobody commits"

repo patient
printf '#!/bin/sh\ntouch %q; sleep 0.5\n' "$T/begun" \
	>"$tree/.git/hooks/pre-applypatch"
chmod +x "$tree/.git/hooks/pre-applypatch"
"$RXASYNC" -t "$tree" core --apply >"$T/out" 2>&1 &
until [[ -e $T/begun ]]; do sleep 0.05; done
kill $!
wait $!
is "$? $(tail -n 1 "$T/out" | grep -o 'flavour void')" "0 flavour void" \
	"a signal comes too late for what has begun"
equals HEAD^ "a signal during git am"

echo "# writing fails on its way"
plain blocked
echo mine >"$tree/net/core/rx"
remember
rx -t "$tree" core --apply
refused 3 "cannot write in $tree.*it is as it was" "a file where a folder shall be"
unchanged "a file where a folder shall be"
plain links
mkdir "$T/elsewhere"
mv "$tree/net" "$T/elsewhere/net"
ln -s "$T/elsewhere/net" "$tree/net"
before=$(fingerprint "$T/elsewhere")
remember
good -t "$tree" core --check
rx -t "$tree" core --apply
refused 3 "leads out of the tree" "a folder of the tree is a link"
unchanged "a folder is a link"
is "$(fingerprint "$T/elsewhere")" "$before" "nothing was written behind it"
plain farm
cp -rs "$tree" "$T/farm-of-links"
tree=$T/farm-of-links
good -t "$tree" core --apply
equals HEAD^ "a farm of links"
is "$(fingerprint "$T/farm")" "$(fingerprint "$none")" "what they lead to stays"
plain locked
remember
flock "$tree" "$RXASYNC" -t "$tree" core --apply 2>"$T/err"
is "$? $(grep -c 'another rxasync' "$T/err")" "3 1" "two at once"
unchanged "two at once"

# Killed with only one of the files in place.
plain killed
remember
mkdir -p "$tree/.rxasync-core/old/net/core" "$tree/.rxasync-core/new"
mv "$tree/net/core/dev.c" "$tree/.rxasync-core/old/net/core/"
sed 's/^line 5$/line five/' "$tree/.rxasync-core/old/net/core/dev.c" \
	>"$tree/net/core/dev.c"
mkdir "$tree/net/core/rx"
echo 'int work;' >"$tree/net/core/rx/work.c"
printf 'M\tnet/core/dev.c\nA\tnet/core/rx/work.c\nM\t%s\n' $header \
	>"$tree/.rxasync-core/undo"
rx -t "$tree" core --check
refused 1 "was killed in $tree.*--apply" "after a kill: --check"
cp -r "$tree" "$T/killed-too"
good -t "$tree" core --apply
equals HEAD^ "after a kill: --apply"
tree=$T/killed-too
sed -i 's/line 30/other/' "$tree/.rxasync-core/old/net/core/dev.c"
rx -t "$tree" core --apply --flavour int
sed -i 's/other/line 30/' "$tree/net/core/dev.c"
unchanged "after a kill: what does not apply is taken back"

echo "# other kernels"
other() { sed -i "s/^\(VERSION\|PATCHLEVEL\) = .*/\1 = $1/" "$tree/Makefile"; }
mkdir "$RXASYNC_PATCHES/linux-6.1"
for i in 1 2; do
	sed 's/^[-+ ]line/&s/' "$series/000$i"* \
		>"$RXASYNC_PATCHES/linux-6.1/000$i-other.patch"
done
plain six
other 6
good -t "$tree" core --check
like "$out" "linux-7.3 applies cleanly to Linux 6.6.*another line" \
	"no series of its own: one that applies"
good -t "$tree" core --apply
good -t "$tree" core --apply
like "$out" "has linux-7.3 already" "which is seen afterwards"
plain six
other 6
sed -i 's/^line 5$/other/' "$tree/net/core/dev.c"
remember
for option in --print --check --apply --mbox; do
	rx -t "$tree" core $option
	refused 3 "no core series for Linux 6.6.*linux-6.1, linux-7.3" "none applies, $option"
done
unchanged "none applies"
toy_tree "$T/native"
tree=$T/native
remember
for option in --print --check --apply --flavour=int; do
	good -t "$tree" core $option
	like "$out" "needs no core patch" "a callback of its own, $option"
done
rx -t "$tree" core --apply --flavour void
refused 3 "flavour int: none makes void of it" "a callback of its own, of the other flavour"
unchanged "a callback of its own"
good -t "$tree" --json core
is "$(json "$T/out" '[j["state"], j["series"], j["after"]]')" \
	$'native\nNone\nint' "a callback of its own, --json"

echo "# one's own series"
plain mine
good -t "$tree" core --check --patches "$series"
like "$out" "linux-7.3 applies" "--patches, a series"
good -t "$tree" core --patches "$RXASYNC_PATCHES"
like "$out" "core --apply --patches $RXASYNC_PATCHES" "--patches, a folder of lines"
rx -t "$tree" core --patches "$T/nowhere"
refused 3 "$T/nowhere.*--patches DIR" "--patches, no folder"
rx -t "$tree" core --patches "$HOME"
refused 3 "no core series in $HOME" "--patches, none in it"
mkdir "$T/odd"
cp "$series"/0001* "$series"/0003* "$T/odd"
mv "$T"/odd/0003* "$T/odd/0002-int.patch"
rx -t "$tree" core --check --patches "$T/odd"
is "$code" 1 "a series without the callback: exit code"
like "$err" "flavour none, not void: this is no series" "and why"
echo rubbish >"$T/odd/0002-int.patch"
rx -t "$tree" core --check --patches "$T/odd"
refused 3 "0002-int.patch is no mail" "no mail"
rm "$T"/odd/0002*
rx -t "$tree" core --check --patches "$T/odd"
refused 3 "holds 1 patch" "a series of one patch"

echo "# the command line"
remember
for words in "--nope" "--check --apply" "--flavour none" "toywalk"; do
	# shellcheck disable=SC2086
	rx -t "$tree" core $words
	is "$code" 2 "core $words: exit code"
	is "$(grep -c . <<<"$err")" 1 "core $words: one line"
done
for command in convert build series run; do
	rx -t "$tree" -w "$T/ws-none" $command
	refused 3 "rxasync -t $tree core --apply" "$command names the command"
done
PATH=$T/empty rx -t "$tree" core --apply
refused 3 "package git" "no git"
good -n -t "$tree" core --apply
like "$out" "git .*apply --cached .*0001.*
.*apply --cached .*0002" "-n prints the commands, plain"
unchanged "-n"
repo dry
remember
good -n -t "$tree" core --apply
like "$out" "git -C $tree .* am .*0001[^ ]* [^ ]*0002[^ ]*$" "-n prints git am"
unchanged "-n, a repository"
is "$(ls "$TMPDIR")" "" "nothing is left in the temporary folder"
done_testing
