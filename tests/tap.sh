# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# TAP for shell scripts, which source this and end with done_testing.

tests=0 failed=0
# ok CONDITION-RESULT NAME: 0 is good.
ok() {
	tests=$((tests + 1))
	if [[ $1 = 0 ]]; then
		echo "ok $tests - $2"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $2"
	fi
	return "$1"
}
done_testing() {
	echo "1..$tests"
	exit $((failed > 0))
}
