# SPDX-License-Identifier: GPL-2.0-only
#
# Completion of rxasync for bash: commands, options, units. The units come
# from the scan.json of the workspace that -w or WS= names, if it is there.

# The value of an option or variable that stands on the line already.
_rxasync_value()
{
	local i

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		"$1"|"$2")
			# "=" is a word of its own where it breaks words.
			i=$((i + 1))
			[[ ${COMP_WORDS[i]} != = ]] || i=$((i + 1))
			echo "${COMP_WORDS[i]/#\~\//$HOME/}"
			return ;;
		esac
	done
}

_rxasync_command()
{
	local i word

	for ((i = 1; i < COMP_CWORD; i++)); do
		for word in $1; do
			if [[ ${COMP_WORDS[i]} == "$word" ]]; then
				echo "$word"
				return
			fi
		done
	done
}

# In scan.json a unit's name has a line of its own, four spaces less deep
# than what its assignments hold.
_rxasync_units()
{
	local ws

	ws=$(_rxasync_value -w --workspace)
	[[ -n $ws ]] || ws=$(_rxasync_value WS WS)
	[[ -n $ws ]] || ws=${WS-}
	[[ -n $ws && -r $ws/scan.json ]] || return
	sed -n 's/^      "name": "\([^"]*\)",*$/\1/p' "$ws/scan.json"
}

_rxasync()
{
	local commands="scan convert build jobs boot series report core lint run help"
	local options="-t --tree -w --workspace -j --jobs -k --keep-going -n"
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local command variables="TREE= WS= UNITS= J= V= ARCH= CROSS_COMPILE="

	options+=" --dry-run -v --verbose --json -h --help --version"
	variables+=" LLVM= W= C= KCFLAGS="
	COMPREPLY=()
	command=$(_rxasync_command "$commands")
	case $command in
	scan)	options+=" --explain --lines --reasons" ;;
	convert) options+=" --apply --collapse" ;;
	build)	options+=" -a --arch -K --config --runner --chunk --job --commits" ;;
	jobs)	options+=" -a --arch -K --config --chunk" ;;
	boot)	options+=" -M --machine --variant --accel --again --timeout" ;;
	core)	options+=" --print --check --apply --mbox --flavour --patches" ;;
	series)	options+=" --max --branch --prefix --tested-only" ;;
	run)
		options+=" -a --arch -K --config --boot --runner --chunk"
		options+=" -M --machine --variant --accel --again --timeout"
		options+=" --max --branch --prefix --tested-only" ;;
	esac
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $prev in
	-t|--tree|-w|--workspace|--patches|TREE|WS)
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		compopt -o filenames 2>/dev/null
		return ;;
	-j|--jobs|J)
		mapfile -t COMPREPLY < <(compgen -W "1 2 $(nproc)" -- "$cur")
		return ;;
	-a|--arch)
		mapfile -t COMPREPLY < <(compgen -W "auto all alpha arc arm \
			arm64 i386 m68k mips parisc powerpc riscv s390 sh \
			sparc64 um x86_64 xtensa" -- "$cur")
		return ;;
	-K|--config)
		mapfile -t COMPREPLY < <(compgen -W "allmodconfig allyesconfig \
			defconfig randconfig" -- "$cur"
			compgen -f -- "$cur")
		return ;;
	--max|--branch|--prefix|--runner|--chunk|-M|--machine|--timeout)
		return ;;
	--accel)
		mapfile -t COMPREPLY < <(compgen -W "kvm tcg" -- "$cur")
		return ;;
	--variant)
		mapfile -t COMPREPLY < <(
			compgen -W "lockdep bench kasan" -- "$cur")
		return ;;
	--flavour)
		mapfile -t COMPREPLY < <(compgen -W "void int" -- "$cur")
		return ;;
	help)
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur")
		return ;;
	esac
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
	elif [[ -z $command ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur")
	else
		mapfile -t COMPREPLY < <(
			compgen -W "$(_rxasync_units) $variables" -- "$cur"
			compgen -f -- "$cur")
		[[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
	fi
}

complete -F _rxasync rxasync
