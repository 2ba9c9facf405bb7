#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The build as jobs that are carried elsewhere: by any prefix, by hand, by
# Slurm. The result is that of a build here.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree"
mkdir "$T/arch"
export RXASYNC_ARCH=$T/arch
printf 'native %s\ncost 1\n' "$(uname -m)" >"$T/arch/x86_64.arch"
printf 'native %s\ncost 3\n' "$(uname -m)" >"$T/arch/m68k.arch"

good -t "$tree" -w "$ws" scan
rx -t "$tree" -w "$ws" convert
cp -r "$ws" "$T/fresh"
rx -t "$tree" -w "$ws" build -a auto
is "$code" 0 "a build here"
rx -t "$tree" -w "$ws" report
sed "s,$ws,WS," "$ws/report.json" >"$T/here.json"
total=$(python3 -c 'import json, sys; print(sum(len(u["build"]) for u in json.load(open(sys.argv[1]))["units"]))' "$ws/report.json")

# again: the same workspace as before that build.
again() {
	rm -rf "$ws"
	cp -r "$T/fresh" "$ws"
}
# same NAME: is the report what it was?
same() {
	rx -t "$tree" -w "$ws" report
	is "$(sed "s,$ws,WS," "$ws/report.json")" "$(<"$T/here.json")" "$1"
}

cat >"$T/carry" <<END
#!/bin/bash
echo "\$*" >>$T/carried
exec "\$@"
END
chmod +x "$T/carry"
again
rx -t "$tree" -w "$ws" -j 2 build -a auto --chunk 5 --runner "$T/carry -x"
is "$code" 3 "a prefix that fails"
like "$err" "a job ended with exit code.*carry -x" "is told with the command"
rm -f "$T/carried"
rx -t "$tree" -w "$ws" -j 2 build -a auto --chunk 5 --runner "$T/carry env"
is "$code" 0 "each job behind a prefix"
like "$out" "^build: [0-9]+ pass, 0 fail, 0 not built" "the sum is of all jobs"
is "$(grep -c -- '--job -a x86_64' "$T/carried")" 3 "in jobs of five units"
like "$(<"$T/carried")" "env .* build --job -a m68k -K allmodconfig oldvme" \
	"a job is a command of ours"
same "the report is that of a build here"
rx -t "$tree" -w "$ws" -j 2 build -a auto --chunk 5 --runner "$T/carry"
is "$code" 0 "once more"
same "nothing changes"
rx -t "$tree" -w "$ws" build --chunk 0
is "$code" 2 "no chunk of nothing"

again
rx -t "$tree" -w "$ws" jobs -a auto --chunk 100
is "$code" 0 "jobs prints them"
is "$(grep -c . <<<"$out")" 2 "one for each configuration"
[[ ! -e $ws/units/toywalk/build.json ]]
ok $? "and does none"
printf '%s\n' "$out" >"$T/jobs"
# Both at once.
xargs -d '\n' -P 2 -n 1 sh -c <"$T/jobs" >/dev/null 2>"$T/err"
same "run by hand, at the same time"
if parallel --version 2>/dev/null | grep -q GNU; then
	again
	rx -t "$tree" -w "$ws" jobs -a auto --chunk 4
	parallel -j 3 --joblog "$T/joblog" <<<"$out" >"$T/out" 2>"$T/err"
	is $? 0 "by GNU parallel, in chunks" || note "$(<"$T/err")"
	is "$(grep -c -- '--job' "$T/joblog")" "$(grep -c . <<<"$out")" \
		"each job once"
	same "the report is that of a build here, by GNU parallel as well"
else
	skip "by GNU parallel" "not installed"
fi

with=$(dirname "$0")/with-slurm
again
"$with" "$RXASYNC" -t "$tree" -w "$ws" -j 2 build -a auto \
	--runner 'srun -Q -n1' >"$T/out" 2>"$T/err"
code=$?
if [[ $code = 77 ]]; then
	skip "by Slurm" "$(tail -n 1 "$T/err")"
else
	is "$code" 0 "by srun of a real Slurm" || note "$(<"$T/err")"
	same "the report is that of a build here"
	again
	rx -t "$tree" -w "$ws" jobs -a auto --chunk 4
	printf '%s\n' "$out" >"$T/jobs"
	"$with" "$top/ci/slurm-array" "$T/jobs" 3 >"$T/out" 2>"$T/err"
	is $? 0 "by a Slurm array in chunks" || note "$(<"$T/err")"
	is "$(find "$T" -name 'jobs.*.log' | wc -l)" 2 "of three jobs a task"
	same "the report is that of a build here, too"
	echo false >"$T/jobs"
	"$with" "$top/ci/slurm-array" "$T/jobs" >"$T/out" 2>"$T/err"
	is $? 0 "a unit that failed is no failure of the array"
	echo "exit 3" >"$T/jobs"
	"$with" "$top/ci/slurm-array" "$T/jobs" >"$T/out" 2>"$T/err"
	is $? 3 "what could not work is"
fi
is "$total" "$(grep -c '"arch"' "$T/here.json")" "every entry was compared"
done_testing
