/**
 * What stays in a node while a lab command runs, in the Perl that every Debian has. Standard input, a line each:
 *   run NUMBER SECONDS INPUT WORD…   starts a program (hexadecimal, `-` for nothing) and ends it after SECONDS
 *   end NUMBER                       ends it now
 * Standard output: `ready`, then a line for each program that has ended, in the order of their ends:
 *   NUMBER STATUS TIMED_OUT STDOUT STDERR
 * The programs run side by side, each in a session of its own, and end with standard input. Of a long output the end is
 * kept.
 */
export const residentProgram = String.raw`
use strict; use warnings;
use Errno; use IO::Handle; use IO::Select; use List::Util qw(min max); use POSIX qw(WNOHANG);

my ($grace, $quiet, $kept) = (2, 0.2, 16 << 20);
my $ticks = POSIX::sysconf(POSIX::_SC_CLK_TCK());
sub now { (POSIX::times())[0] / $ticks }
sub bytes { $_[0] eq '-' ? '' : pack 'H*', $_[0] }
sub hexadecimal { $_[0] eq '' ? '-' : unpack 'H*', $_[0] }

$| = 1;
$SIG{PIPE} = 'IGNORE';

my (%jobs, $heard);
$heard = '';
print "ready\n";
while (1) {
  my $reading = IO::Select->new(\*STDIN, map { grep defined, @$_{'out', 'err'} } values %jobs);
  my $writing = IO::Select->new(map { grep defined, $_->{in} } values %jobs);
  my $asked = now();
  my ($read, $write) = IO::Select->select($reading, $writing, undef, patience());
  my %read = map { $_ => 1 } @{ $read || [] };
  my %write = map { $_ => 1 } @{ $write || [] };
  if ($read{ \*STDIN }) { listen_to_lab() or last }
  while ((my $pid = waitpid -1, WNOHANG) > 0) {
    for (grep { $_->{pid} == $pid } values %jobs) {
      $_->{status} = $? & 127 ? 128 + ($? & 127) : $? >> 8;
      delete @$_{'deadline', 'kill'};
      $_->{let_go} = now() + $quiet;
    }
  }
  for my $job (values %jobs) {
    give($job) if $job->{in} && $write{ $job->{in} };
    for my $stream ('out', 'err') { take($job, $stream) if $job->{$stream} && $read{ $job->{$stream} } }
    if (defined $job->{deadline} && now() >= $job->{deadline}) { $job->{timed_out} = 1; stop($job) }
    if (defined $job->{kill} && now() >= $job->{kill}) { kill 'KILL', -$job->{pid}; delete $job->{kill} }
    # Only after a look that began after its time and found nothing: between two of these lines any time may pass, on a
    # busy machine, and while lab does not read what is printed here.
    finish($job) if defined $job->{status} && (!($job->{out} || $job->{err}) || $asked >= $job->{let_go});
  }
}
kill 'TERM', map { -$_->{pid} } values %jobs;

# A program that has ended closes its streams; one may also close them before, and leave them to another that goes on.
sub patience {
  return undef unless %jobs;
  my $next = min(map { grep defined, @$_{'deadline', 'kill', 'let_go'} } values %jobs) // now() + 1;
  my $look = (grep { !$_->{out} && !$_->{err} } values %jobs) ? 0.01 : 0.1;
  return max(0, min($next - now(), $look));
}

sub listen_to_lab {
  my $got = sysread STDIN, $heard, 65536, length $heard;
  return 0 unless $got;
  while ($heard =~ s/^(.*)\n//) {
    my ($verb, $number, @rest) = split / /, $1;
    if ($verb eq 'run') { start($number, @rest) }
    elsif ($jobs{$number}) { stop($jobs{$number}) }
  }
  return 1;
}

sub start {
  my ($number, $seconds, $input, @words) = @_;
  my @argv = map { bytes($_) } @words;
  pipe my $stdin, my $in or die $!;
  pipe my $out, my $stdout or die $!;
  pipe my $err, my $stderr or die $!;
  defined(my $pid = fork) or die $!;
  if (!$pid) {
    POSIX::setsid();
    $SIG{PIPE} = 'DEFAULT';
    POSIX::dup2(fileno $stdin, 0); POSIX::dup2(fileno $stdout, 1); POSIX::dup2(fileno $stderr, 2);
    no warnings;
    exec { $argv[0] } @argv;
    my ($status, $why) = ($!{ENOENT} ? 127 : 126, "$argv[0]: $!\n");
    syswrite STDERR, $why;
    POSIX::_exit($status);
  }
  $in->blocking(0);
  $jobs{$number} = {
    number => $number, pid => $pid, deadline => now() + $seconds, timed_out => 0,
    in => $in, input => bytes($input), out => $out, err => $err, said => { out => '', err => '' },
  };
}

sub give {
  my ($job) = @_;
  my $given = $job->{input} eq '' ? 0 : syswrite $job->{in}, $job->{input};
  return if !defined $given && ($!{EAGAIN} || $!{EINTR});
  substr $job->{input}, 0, $given // length $job->{input}, '';
  delete $job->{in} if $job->{input} eq '';
}

sub take {
  my ($job, $stream) = @_;
  my $got = sysread $job->{$stream}, $job->{said}{$stream}, 65536, length $job->{said}{$stream};
  return if !defined $got && $!{EINTR};
  delete $job->{$stream} unless $got;
  $job->{let_go} = now() + $quiet if defined $job->{status};
  my $over = length($job->{said}{$stream}) - $kept;
  substr $job->{said}{$stream}, 0, $over, '' if $over > $kept;
}

sub stop {
  my ($job) = @_;
  delete $job->{deadline};
  return if defined $job->{status};
  kill 'TERM', -$job->{pid};
  $job->{kill} = now() + $grace;
}

sub finish {
  my ($job) = @_;
  delete $jobs{ $job->{number} };
  print join(' ', @$job{'number', 'status', 'timed_out'}, map { hexadecimal($_) } @{ $job->{said} }{'out', 'err'}), "\n";
}
`;
