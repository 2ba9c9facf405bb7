#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the completion offers, in TAP.

cd "${0%/*}/../.." || exit 1
. completion/rxasync.bash
ws=$(mktemp -d)
trap 'rm -rf "$ws"' EXIT
count=0 failed=0

# offers WANTED WORD... : the last word is the one to complete.
offers()
{
	local wanted=$1 got

	shift
	COMP_WORDS=(rxasync "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_rxasync
	got=${COMPREPLY[*]}
	count=$((count + 1))
	if [[ $got == "$wanted" ]]; then
		echo "ok $count - $*"
	else
		echo "not ok $count - $*"
		echo "# got '$got', wanted '$wanted'"
		failed=1
	fi
}

cat >"$ws/scan.json" <<-'END'
	{
	  "units": [
	    {
	      "assignments": [
	        {
	          "name": "no-unit"
	        }
	      ],
	      "name": "zz-one"
	    },
	    {
	      "name": "zz-two",
	      "note": ""
	    }
	  ]
	}
END

offers "scan series" s
offers "help" h
offers "--tree --tested-only" series --t
offers "--tree" scan --t
offers "--apply" convert --a
offers "--check" core --c
offers "int" core --flavour i
offers "$ws" core --patches "${ws%?}"
offers "convert core" help co
offers "zz-one zz-two" -w "$ws" build zz
offers "zz-two" WS = "$ws" convert zz-t
offers "" -w "$ws/none" build zz
offers "" -w "$ws" build no-unit
offers "CROSS_COMPILE=" build CROSS
offers "$ws" -w "${ws%?}"
offers "" series --max ""
echo "1..$count"
exit $failed
