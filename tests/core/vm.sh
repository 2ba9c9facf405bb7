#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# vm.sh [-l LINE] [-f FLAVOUR] kunit | direct | stress [ROUNDS] | bench
#
# The core patch in a virtual machine; prints TAP. LINE is 6.12 (the default)
# or 6.1, FLAVOUR void (the default) or int.
#
#	kunit	the kernel's own unit tests, in a small kernel
#	direct	one change at a time: the filter has it when the call returns
#	stress	KUnit, direct, unloading of drivers, then ROUNDS rounds of
#		everything at random, with KASAN, lockdep, kmemleak
#	bench	legacy against asynchronous callback
#
# Everything is built below ~/.cache/rxasync/build/core-LINE/, and built again
# only where something changed. CORE_TREE= is a tree made ready by tree.sh; SEED=
# of the stress; BREAK= a rule of broken/ to spoil the core with; LOGS= a folder
# for what the machine said; ACCEL=tcg or kvm spares the trial.

set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
line=6.12 flavour=void
while getopts l:f: opt; do
	case $opt in
	l) line=$OPTARG ;;
	f) flavour=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
mode=${1:-stress} rounds=${2:-300}
base=${XDG_CACHE_HOME:-$HOME/.cache}/rxasync/build/core-$line
case $mode in
kunit) config=kunit fragments=(base.config kunit.config) ;;
bench) config=bench fragments=(base.config guest.config) ;;
direct|stress) config=stress fragments=({base,guest,stress}.config) ;;
*) echo "vm.sh: unknown mode $mode" >&2; exit 2 ;;
esac
out=$base/$config
tag="$line $flavour"

# Of a make above; they mean something to kbuild as well.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES V O W C CC KERNEL WERROR ARCH

. "$top/tests/tap.sh"
note() { sed 's/^/# /' >&2; }
bail() { echo "Bail out! $1"; exit 1; }

command -v qemu-system-x86_64 >/dev/null || {
	echo "1..0 # SKIP no qemu-system-x86_64"
	exit 0
}
mkdir -p "$out"
exec 9>"$base/lock"
flock 9
work=$(mktemp -d)
vm=
trap '[[ -z $vm ]] || kill -KILL -- "-$vm" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
logs=${LOGS:-$work}
mkdir -p "$logs"

## Building

kmake() {
	# An old time, always the same: nothing is linked again for the date.
	KBUILD_BUILD_TIMESTAMP='Thu Jan  1 00:00:00 UTC 2026' \
	KBUILD_BUILD_USER=rxasync KBUILD_BUILD_HOST=localhost \
		make -s -j"$(nproc)" -C "$tree" O="$out" \
		CC="$(command -v ccache >/dev/null && echo "ccache ")gcc" "$@"
}

# What Kconfig made of it must be what was wanted.
configure() {
	local key value

	grep -h '^CONFIG_' "${fragments[@]/#/$here/}" | sort >"$out/.want"
	if ! cmp -s "$out/.want" "$out/.configured"; then
		kmake KCONFIG_ALLCONFIG="$out/.want" allnoconfig || return
		cp "$out/.want" "$out/.configured"
	fi
	kmake olddefconfig || return
	while IFS="=" read -r key value; do
		if [[ $value = n ]]; then
			! grep -q "^$key=" "$out/.config"
		else
			grep -q "^$key=$value\$" "$out/.config"
		fi || echo "$key is not $value"
	done <"$out/.want" >"$work/lacking"
	# What this line does not know, it cannot have.
	while read -r key value; do
		grep -rqw "config ${key#CONFIG_}" --include='Kconfig*' "$tree" &&
			echo "$key $value"
	done <"$work/lacking" | tee /dev/stderr | grep -q . && return 1
	return 0
}

module() {
	mkdir -p "$out/module"
	cmp -s "$here/rx_mode_stress.c" "$out/module/rx_mode_stress.c" ||
		cp "$here/rx_mode_stress.c" "$out/module/"
	{
		echo "obj-m := rx_mode_stress.o"
		[[ $flavour != int ]] || echo "ccflags-y := -DRX_MODE_INT"
	} >"$out/module/Kbuild"
	kmake M="$out/module" modules
}

initramfs() {
	local ko

	make -s -C "$top" build/guest/stress || return
	{
		printf 'dir /%s 0755 0 0\n' dev proc sys lib
		echo "nod /dev/console 0600 0 0 c 5 1"
		echo "file /init $top/build/guest/stress 0755 0 0"
		for ko in "$out/drivers/net/dummy.ko" \
			  "$out/module/rx_mode_stress.ko"; do
			echo "file /lib/${ko##*/} $ko 0644 0 0"
		done
	} >"$work/files"
	"$out/usr/gen_init_cpio" "$work/files" >"$out/initramfs"
}

build() {
	configure && kmake bzImage || return
	[[ $config != kunit ]] || return 0
	kmake modules && module && initramfs
}

## Running

# A boot sector that ends QEMU with status 33. A KVM that takes long for that
# is none to rely on.
accelerator() {
	local code=0

	if [[ -w /dev/kvm ]]; then
		{
			# mov $0x10,%al; out %al,$0xf4
			printf '\xb0\x10\xe6\xf4\xfa\xf4'
			head -c 504 /dev/zero
			printf '\x55\xaa'
		} >"$work/trial"
		timeout -k 1 2 qemu-system-x86_64 -accel kvm -nodefaults \
			-display none -no-reboot \
			-device isa-debug-exit,iobase=0xf4,iosize=1 \
			-drive file="$work/trial",format=raw,if=floppy \
			>/dev/null 2>&1 || code=$?
		[[ $code != 33 ]] || { echo kvm; return; }
	fi
	echo tcg
}

# The machine has no ACPI, and with that no clock to measure the TSC by; without
# a TSC there are no high-resolution timers, and every sleep takes a tick. On a
# busy host TCG's timer is late, and the kernel's test of it would panic.
clock() {
	printf 'no_timer_check '
	awk '/^cpu MHz/ {
		printf "tsc_early_khz=%d tsc=reliable", $4 * 1000
		exit
	}' /proc/cpuinfo
}

# run SECONDS WORD...: boots, with the words on the kernel's command line.
# $end says how it ended: end, crash, hang or quit.
run() {
	local limit=$1 started=$SECONDS

	shift
	[[ $accel = tcg ]] || limit=$((limit / 4))
	: >"$logs/console"
	: >"$logs/results"
	setsid qemu-system-x86_64 -accel "$accel" -machine pc -cpu qemu64,vendor=AuthenticAMD \
		-m 640 -smp "$cpus" -nodefaults -display none -no-reboot \
		-serial file:"$logs/console" -serial file:"$logs/results" \
		-netdev hubport,id=n0,hubid=0 \
		-device virtio-net-pci,netdev=n0,romfile= \
		-kernel "$work/bzImage" \
		${initrd:+-initrd "$initrd"} \
		-append "console=ttyS0 panic=-1 $(clock) $*" \
		>"$logs/qemu" 2>&1 9>&- </dev/null &
	vm=$!
	end=
	while [[ -z $end ]]; do
		sleep 0.5
		if ! kill -0 "$vm" 2>/dev/null; then
			end=quit
		elif [[ $((SECONDS - started)) -gt $limit ]]; then
			end=hang
		fi
	done
	kill -KILL -- "-$vm" 2>/dev/null
	wait "$vm" 2>/dev/null
	vm=
	took=$((SECONDS - started))
	sed -i 's/\r$//' "$logs/console" "$logs/results"
	if grep -q '^rxasync-guest: end$' "$logs/results"; then
		end=end
	elif [[ $mode = kunit && $end = quit ]] &&
	     grep -q 'reboot: Restarting system' "$logs/console"; then
		end=end
	elif grep -qE 'Kernel panic|Oops|general protection' "$logs/console"; then
		end=crash
	fi
}

splats='WARNING:|BUG:|Oops|Kernel panic|INFO: (possible|task|rcu|trying)|possible (recursive|circular)|suspicious RCU|ODEBUG:|refcount_t:|ref_tracker:|unregister_netdevice: waiting|unreferenced object'

# The results of KUnit are in the kernel's log, indented, those of the guest's
# init on a line of their own.
results() {
	local result name

	while IFS='|' read -r result name; do
		[[ $result = ok ]]
		ok $? "$tag $name"
	done < <(
		sed -nE 's/^\[[^]]*\] {5}(ok|not ok) [0-9]+ (.*)/\1|kunit \2/p' "$logs/console"
		sed -nE 's/^(ok|not ok) [0-9]+ (.*)/\1|\2/p' "$logs/results"
	)
	sed -nE 's/^# /# /p' "$logs/results" >&2
}

# All that was planned has come.
planned() {
	local plan got

	plan=$(sed -nE 's/^1\.\.([0-9]+)$/\1/p' "$logs/results")
	got=$(grep -cE '^(not )?ok [0-9]+ ' "$logs/results")
	[[ $config = kunit || $plan = "$got" ]]
	ok $? "$tag as many results as planned" ||
		echo "planned $plan, got $got" | note
}

judge() {
	results
	case $end in
	end) ok 0 "$tag $mode: the machine came to its end" ;;
	*) ok 1 "$tag $mode: the machine came to its end: $end" ;;
	esac
	! grep -qE "$splats" "$logs/console"
	ok $? "$tag $mode: no complaint on the console" ||
		grep -E -m1 -B2 -A40 "$splats" "$logs/console" | note
	if [[ $end = end ]]; then
		planned
	else
		tail -n 60 "$logs/console" | note
	fi
	echo "$tag $mode: $took s, accelerator $accel" | note
}

tree=${CORE_TREE:-$base/tree}
[[ -n ${CORE_TREE:-} ]] || "$here/tree.sh" "$line" "$flavour" "$tree" ||
	bail "no tree to test"
started=$SECONDS
build >"$logs/build" 2>&1 || {
	tail -n 30 "$logs/build" | note
	bail "the kernel does not build"
}
echo "built in $((SECONDS - started)) s" | note
# From here on others may build.
cp "$out/arch/x86/boot/bzImage" "$work/"
initrd='' cpus=1
if [[ $config != kunit ]]; then
	initrd=$work/initramfs
	mv "$out/initramfs" "$work/"
fi
flock -u 9

accel=${ACCEL:-$(accelerator)}
case $mode in
kunit) run 120 kunit_shutdown=reboot ;;
direct) run 300 mode=direct tap=ttyS1 ;;
bench) run 300 mode=bench tap=ttyS1 ;;
stress)
	cpus=2
	run $((600 + rounds)) mode=stress rounds="$rounds" \
		unloads=$((5 + rounds / 200)) seed="${SEED:-1}" tap=ttyS1
	;;
esac
judge
done_testing
