#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The boot stage with a QEMU that runs no kernel: all that can happen to a boot.
. "$(dirname "$0")/lib.sh"

tree=$T/tree ws=$T/ws
toy_tree "$tree"
mkdir -p "$T/qemu" "$T/machines/config"
cp "$top/tests/e2e/fake-qemu" "$T/qemu/qemu-system-toy"
PATH=$T/qemu:$PATH
export RXASYNC_MACHINES=$T/machines
printf 'CONFIG_NETDEVICES=y\nCONFIG_NET_VENDOR_TOY=y\n' \
	>"$T/machines/config/base.config"
: >"$T/machines/config/lockdep.config"
card() {	# NAME [MODEL]
	cat <<-END
	[nic $1]
	device = -device ${2:-toycard},netdev=@net@,mac=@mac@
	driver = $1
	source = drivers/net/ethernet/toy/$1.c
	config = CONFIG_${1^^}
	uc = none
	mc = hash
	allmulti = yes
	promisc = yes
	END
}
{
	cat <<-END
	arch = x86_64
	qemu = qemu-system-toy
	qemu-package = qemu-system-toy
	options = -M toy
	image = arch/x86/boot/bzImage
	target = bzImage
	console = ttyS0
	tap = ttyS1
	config = base
	soft = toystack:drivers/net/soft/toystack.c
	END
	card toywalk
	card toycount
	card toysync nosuchcard
} >"$T/machines/toy.machine"

entry() { json "$ws/units/$1/boot.json" "j['boot'][0]$2"; }
fake() { export FAKE=$1; shift; rx -t "$tree" -w "$ws" boot "$@"; export FAKE=; }

rx -t "$tree" -w "$ws" scan
good -t "$tree" -w "$ws" convert toywalk toycount toysync toyflags
before=$(fingerprint "$tree")

rx -t "$tree" -w "$ws" -n boot toywalk
like "$out" "qemu-system-toy .*-device toycard,netdev=net0,mac=52:54:" \
	"-n prints what would run"
[[ ! -e $ws/units/toywalk/boot.json ]]
ok $? "and runs nothing"

rx -t "$tree" -w "$ws" boot
is "$code" 0 "all that has a model boots" || note "$out$err"
is "$(entry toywalk "['result']")" pass "a card passes"
is "$(entry toywalk "['states']")" 3 "by its rows"
is "$(entry toywalk "['rows'][1]['converted']")" 110 "which are kept"
is "$(entry toywalk "['qemu']")" 9.9.9 "QEMU's version is from its monitor"
like "$(entry toywalk "['rows']")" "toystack/mc-join" \
	"what is on top of a card belongs to it"
is "$(entry toysync "['result']")" skip "a card that QEMU lacks"
like "$(entry toysync "['why']")" "no-model.*9.9.9.*nosuchcard" "says so"
is "$(entry toyflags "['result']")" skip "a unit of no machine"
like "$(entry toyflags "['why']")" "no-model" "says so, too"
like "$out" "skip  1 units: no-model" "the terminal has their number"
is "$(entry toystack "['nic']")" soft:toystack "a stacked device rides along"
is "$(fingerprint "$tree")" "$before" "the tree is as it was"

count_calls qemu-system-toy
rx -t "$tree" -w "$ws" boot
is "$code:$(grep -c kernel "$T/calls.qemu-system-toy")" 0:0 \
	"what is unchanged is not booted again"
rm "$T/calls.qemu-system-toy"
fake '' --again toywalk
is "$code:$(grep -c kernel "$T/calls.qemu-system-toy")" 0:2 "but with --again"
unwrap qemu-system-toy

rx -t "$tree" -w "$ws" report
grep -q "mc-join.*<td class=m>110</td>" "$ws/report.html"
ok $? "report.html has the tables"
is "$(json "$ws/report.json" "[u for u in j['units'] if u['name'] == 'toywalk'][0]['boot'][0]['nic']")" \
	toywalk "report.json has the boot"

fake converted:toywalk:lose --again
is "$code" 1 "a lost frame: exit code"
is "$(entry toywalk "['result']")" fail "the card fails"
like "$(entry toywalk "['why']")" \
	"mc-join: legacy 110, converted 100, right 110" "by row and both sides"
is "$(entry toycount "['result']")" pass "the other does not"
rx -t "$tree" -w "$ws" report
is "$(json "$ws/report.json" "[u for u in j['units'] if u['name'] == 'toywalk'][0]['reason']")" \
	boot "it counts as converted no more"

fake "legacy:toywalk:both converted:toywalk:both" --again
like "$(entry toywalk "['why']")" "legacy driver does the same" \
	"what the legacy driver does wrong as well"
is "$(entry toywalk "['legacy_too']")" True "is told apart"

fake converted:toywalk:above --again
like "$(entry toywalk "['why']")" "toystack/mc-join: legacy 11, converted 10" \
	"a device on top that works no more is the card's fault"
fake "legacy:toywalk:above converted:toywalk:above" --again
is "$(entry toywalk "['result']")" pass "one that never did is not"

fake converted:toycount:splat --again
is "$code:$(entry toycount "['result']"):$(entry toywalk "['result']")" \
	1:fail:pass "a splat is put down to the card that has it alone, too"
like "$(entry toycount "['why']")" \
	"splat: BUG: sleeping .* x.c:N . toycount_set_rx_mode" "by fingerprint"
fake "legacy:toycount:splat converted:toycount:splat" --again
is "$code" 0 "one that the legacy kernel has is none of ours"

fake converted:toywalk:crash --again
is "$(entry toywalk "['result']"):$(entry toycount "['result']")" fail:pass \
	"a crash, too"
like "$(entry toywalk "['why']")" "crash: BUG: kernel NULL.*toywalk_set_rx_mode" \
	"with what was said last"

fake converted:*:splat --again
is "$(entry toywalk "['result']"):$(entry toycount "['result']")" fail:fail \
	"what only all together do is everybody's"
like "$(entry toycount "['why']")" "together with the others" "and says so"

fake converted:toywalk:deaf --again --timeout 20
is "$code" 0 "a card that hears again once the machine was stopped" ||
	note "$out$err"

fake converted:toywalk:hang --again --timeout 2 toywalk
like "$(entry toywalk "['result'], j['boot'][0]['why']")" "fail.*hang after" \
	"a machine without a word hangs"
! pgrep -f "$T/qemu/qemu-system-toy" >/dev/null
ok $? "and is not left running"

fake converted:toywalk:linger --again --timeout 20 toywalk
is "$(entry toywalk "['result']")" pass \
	"one that has said all and does not end is ended"

fake converted:toywalk:absent --again toywalk
like "$(entry toywalk "['result'], j['boot'][0]['why']")" \
	"fail.*no-probe: no driver of the converted" "a card that is not taken"
fake "legacy:toywalk:absent converted:toywalk:absent" --again toywalk
is "$code:$(entry toywalk "['result']")" 4:skip "by neither: nothing was tested"
fake "legacy:*:refuse converted:toywalk:refuse legacy:toywalk:refuse" --again toywalk
is "$code:$(entry toywalk "['result']")" 4:skip "a QEMU that does not start"
like "$(entry toywalk "['why']")" "no-start.*does not take" "with its words"

# A stop loses nothing of what was there.
export FAKE=converted:toycount:hang
timeout -s INT 4 "$RXASYNC" -t "$tree" -w "$ws" boot --again >/dev/null 2>&1
export FAKE=
json "$ws/units/toywalk/boot.json" "j['boot'][0]['result']" >/dev/null
ok $? "a boot.json is whole after an interrupt"
! pgrep -f "$T/qemu/qemu-system-toy" >/dev/null
ok $? "no machine survives it"

rx -t "$tree" -w "$ws" boot --machine nowhere
is "$code" 2 "an unknown machine"
rx -t "$tree" -w "$ws" boot --accel steam
is "$code" 2 "an unknown accelerator"
rx -t "$tree" -w "$ws" boot toyflags
is "$code" 4 "nothing that could be booted"
sed -i '/^soft/d' "$T/machines/toy.machine"
export FAKE_FIRST=$T/first
fake "legacy:toywalk:later converted:toywalk:splat" --again toywalk
is "$(entry toywalk "['result']")" pass \
	"a splat that the legacy kernel has now and then is none of ours"
fake converted:toywalk:splat --again toywalk
is "$(entry toywalk "['result']")" fail "one that it never has is"

rm "$T/qemu/qemu-system-toy"
rx -t "$tree" -w "$ws" boot --again toywalk
is "$code" 3 "no QEMU"
like "$err" "qemu-system-toy" "names the package"
done_testing
