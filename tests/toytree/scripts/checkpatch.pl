#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0-only
# Of the kernel's checkpatch only the form of its output and one check: added
# lines of more than 80 columns.
use strict;
use warnings;

my ($file) = grep { !/^-./ } @ARGV;
my ($path, $line, $number, $found) = ('', 0, 0, 0);
my $in = \*STDIN;

if ($file ne '-') {
	open($in, '<', $file) or die "$0: $file: $!\n";
}
while (my $text = <$in>) {
	chomp $text;
	$number++;
	if ($text =~ m{^\+\+\+ b/(.*)}) {
		$path = $1;
	} elsif ($text =~ /^@@ -\S+ \+(\d+)/) {
		$line = $1;
	} elsif ($path && $text =~ /^[ +](.*)/) {
		my $row = $1;

		1 while $row =~ s/\t/' ' x (8 - length($`) % 8)/e;
		if ($text =~ /^\+/ && length($row) > 80) {
			print "WARNING:LONG_LINE: line length of ", length($row),
			      " exceeds 80 columns\n",
			      "#$number: FILE: $path:$line:\n$text\n\n";
			$found = 1;
		}
		$line++;
	} elsif ($text =~ /^-- $/) {
		$path = '';
	}
}
exit $found;
