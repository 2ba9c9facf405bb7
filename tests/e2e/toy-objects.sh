#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The objects before and after are compared, and sparse has to have run.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree"
unset C CHECK CF
entry() { json "$ws/units/$1/build.json" "j['build'][0]$2"; }
after() { find "$ws/units/$1/after" -name "${2:-$1}.c"; }

rx -t "$tree" -w "$ws" scan
rx -t "$tree" -w "$ws" convert
good -t "$tree" -w "$ws" C=0 build
is "$(json "$ws/units/toywalk/build.json" "[e['compared']['unexplained'] for e in j['build']]")" \
	"[]" "nothing but what the plan changes differs"
like "$(entry toywalk "['compared']['changed']")" "toywalk_" \
	"what it changes does"
like "$(entry toywalk "['compared']['data']")" "ops" "and so does the ops struct"
is "$(entry toywalk "['sparse']")" None "C=0: sparse did not run, and no word else"

# What another plan made of the objects is not today's result.
cp "$ws/units/toywalk/convert.json" "$T/convert.json"
python3 - "$ws/units/toywalk/convert.json" <<'END'
import json, sys
j = json.load(open(sys.argv[1]))
j['changes'] = j['functions'] = []
json.dump(j, open(sys.argv[1], 'w'))
END
rx -t "$tree" -w "$ws" C=0 build toywalk
is "$code" 1 "another plan: the objects are compared anew"
like "$out" "toywalk_.*differs, and the plan does not" "and by that plan"
rx -t "$tree" -w "$ws" C=0 build toywalk
like "$code $out" "^1 .*; 0 objects" "a fail is made once"
cp "$RXASYNC" "$T/rxasync"
echo >>"$T/rxasync"
out=$("$T/rxasync" -t "$tree" -w "$ws" C=0 build toywalk 2>&1)
like "$? $out" "^1 .*; 1 objects" "and once more by another program"
cp "$T/convert.json" "$ws/units/toywalk/convert.json"
rx -t "$tree" -w "$ws" C=0 build toywalk
is "$code" 0 "its fail does not outlive it"

# Somebody else's function changes on the way.
file=$(after toywalk)
victim=$(grep -oE '^static [a-z_ ]+ \*?toywalk_[a-z]+\(' "$file" |
	grep -oE 'toywalk_[a-z]+' | grep -vE 'rx|mc|filter|hash' | head -n 1)
cp "$file" "$T/good.c"
python3 - "$file" "$victim" <<'END'
import re, sys
path, name = sys.argv[1:]
text = open(path).read()
at = re.search(r'^static [a-z_ ]+\*?' + name + r'\([^;{]*\)\n\{\n', text, re.M)
end = text.index('\n}\n', at.end())
ret = text.rindex('\treturn', at.end(), end)
text = text[:ret] + '\t*(volatile int *)16 = 5;\n' + text[ret:]
open(path, 'w').write(text)
END
rx -t "$tree" -w "$ws" C=0 build toywalk
is "$code" 1 "a conversion that changes an untouched function fails"
like "$out" "$victim\\(\\): differs, and the plan does not" "which is named"
like "$(entry toywalk "['compared']['unexplained']")" "toywalk.o: $victim\\(\\)" \
	"in build.json, too"
rx -t "$tree" -w "$ws" report
is "$(json "$ws/report.json" "[u['verdict'] for u in j['units'] if u['name'] == 'toywalk'][0]")" \
	failed "and it counts as failed"

# Lines that only move are no difference.
{ echo; echo; echo; cat "$T/good.c"; } >"$file"
rx -t "$tree" -w "$ws" C=0 build toywalk
is "$code" 0 "other line numbers are no difference"

# kernel-doc, also of headers: what it said before is not new.
export DOCWARN=toysplit.h
rx -t "$tree" -w "$ws" C=0 build toysplit
is "$code $(entry toysplit "['new_warnings']")" "0 " "kernel-doc as before"
rm "$ws/units/toysplit/build.json"
AFTER=1 rx -t "$tree" -w "$ws" C=0 build toysplit
is "$code" 1 "a new complaint about a header"
like "$(entry toysplit "['new_warnings']")" \
	"^Warning: drivers/net/ethernet/toy/split/toysplit.h:[0-9]+ injected" \
	"by its name in the tree"
unset DOCWARN

# A checker that says what it is told to.
mkdir -p "$T/bin"
cat >"$T/bin/checker" <<END
#!/bin/bash
proof="context imbalance in 'rxasync_sparse_ran' - wrong count at exit"
for last; do :; done
if [[ \$last = - ]]; then
	echo "-:6:6: warning: \$proof"
	exit
fi
[[ \$last = *toyflags.c ]] && [[ -e $T/mute ]] ||
	echo "$ws/build/sparse-check.h:21:6: warning: \$proof" >&2
if [[ \$last = *toycount.c ]]; then
	echo "\$last:1\$RANDOM:3: warning: always the same"
	! grep -q ndo_set_rx_mode_async "\$last" || [[ ! -e $T/bad ]] ||
		echo "\$last:33:3: warning: context imbalance in 'toycount_x' - unexpected unlock"
fi
END
chmod +x "$T/bin/checker"
touch "$T/mute"
good -t "$tree" -w "$ws" CHECK="$T/bin/checker" C=2 build toycount toyflags
like "$(entry toycount "['sparse']['checked']")" "toycount.o" \
	"what sparse looked at is named"
is "$(entry toycount "['new_warnings']")" "" "what it said before is not new"
like "$(entry toyflags "['sparse']['unchecked']")" "toyflags.o" \
	"a check that did not run is none"
is "$("$ws/build/tree/scripts/checker-valid.sh" no)" 1 \
	"kbuild's own trial of the checker does not stand in the way"
good -t "$tree" -w "$ws" CHECK="$T/bin/checker" C=2 build toycount toyflags
like "$out" "; 0 objects" "nor is it tried twice"
out=$("$T/rxasync" -t "$tree" -w "$ws" CHECK="$T/bin/checker" C=2 \
	build toycount toyflags 2>&1)
like "$out" "; 2 objects" "but by another program"
touch "$T/bad"
# Its results are kept: another unit's word makes it run again.
touch "$T/bin/checker"
echo '# another' >>"$T/bin/checker"
rx -t "$tree" -w "$ws" CHECK="$T/bin/checker" C=2 build toycount
is "$code" 1 "a new complaint of sparse: exit code"
like "$(entry toycount "['new_warnings']")" "unexpected unlock" \
	"it is told, with its text"

printf '#!/bin/sh\nexit 0\n' >"$T/bin/blind"
chmod +x "$T/bin/blind"
rx -t "$tree" -w "$ws" CHECK="$T/bin/blind" C=2 build toycount
is "$code" 3 "a checker that sees nothing is none"
like "$err" "fetch-sparse" "and the way out is told"
done_testing
