#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0-only
# Of the kernel's get_maintainer: the M: and L: lines of the entries whose F:
# covers a file of the patch.
use strict;
use warnings;

my ($patch) = grep { !/^-/ } @ARGV;
my (%files, %seen, @entry, $title, $last);

open(my $in, '<', $patch) or die "$0: $patch: $!\n";
while (<$in>) {
	$files{$1} = 1 if m{^\+\+\+ b/(\S+)};
}
close($in);

sub flush_entry {
	my ($hit, %role);

	for (@entry) {
		if (/^F:\s*(\S+)/) {
			my $f = $1;
			$hit = 1 if grep { index($_, $f) == 0 } keys %files;
		}
	}
	$role{M} = (grep { /^S:\s*Supported/ } @entry) ? 'supporter' : 'maintainer';
	$role{L} = 'open list';
	for (@entry) {
		next unless $hit && /^([ML]):\s*(.*\S)/ && !$seen{$2}++;
		print "$2 ($role{$1}:$title)\n";
	}
	@entry = ();
}

open($in, '<', 'MAINTAINERS') or die "$0: MAINTAINERS: $!\n";
while (<$in>) {
	chomp;
	if (/^[A-Z]:/) {
		$title = $last unless @entry;
		push @entry, $_;
	} else {
		flush_entry();
		$last = $_;
	}
}
flush_entry();
