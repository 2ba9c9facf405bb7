#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# broken.sh [RULE...]
#
# The test of the test: for each semantic patch in broken/ a kernel with the
# core spoilt so, which vm.sh must fail, for the reason that the patch names
# ("want:", a regular expression on what the machine said; "run:", vm.sh's
# arguments). TAP. LOGS= is a folder to keep what the machines said.

set -u

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[[ $# -gt 0 ]] || set -- "$here"/broken/*.cocci
tests=0 failed=0
for rule; do
	name=$(basename "$rule" .cocci)
	logs=${LOGS:-$work}/$name
	want=$(sed -n 's,^// want: ,,p' "$rule")
	read -ra run < <(sed -n 's,^// run: ,,p' "$rule")
	code=0
	mkdir -p "$logs"
	BREAK=$rule LOGS=$logs "$here/vm.sh" "${run[@]}" >"$logs/tap" 2>&1 ||
		code=$?
	tests=$((tests + 1))
	if [[ $code != 0 ]] && ! grep -q 'Bail out!' "$logs/tap" &&
	   grep -qE "$want" "$logs/tap" "$logs/console"; then
		echo "ok $tests - $name is caught"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $name is caught"
		echo "# vm.sh ended with $code; wanted: $want" >&2
		grep -E '^(not ok|Bail)' "$logs/tap" | head -n 20 |
			sed 's/^/# /' >&2
	fi
done
echo "1..$tests"
exit $((failed > 0))
