export interface Manners {
  /** Seconds between the request to end (SIGTERM) and the end (SIGKILL). */
  readonly grace: number;
  /** What becomes of its programs when lab ends before them. */
  readonly afterLab: 'end' | 'go-on';
}

/** What starts it where Debian's Python is; a person's own settings and modules are not its business. */
export function residentArguments({ grace, afterLab }: Manners): readonly string[] {
  return ['/usr/bin/python3', '-I', '-S', '-c', residentProgram, String(grace), afterLab];
}

/**
 * What stays in a place while a lab command runs, in the Python that Debian has. Its arguments: the seconds of grace of a
 * program that is asked to end, and `end` or `go-on`, what becomes of those that still run when lab ends. Standard input,
 * a line each:
 *   run NUMBER SECONDS MOST INPUT WORD…   starts a program (hexadecimal, `-` for nothing) and ends it after SECONDS, or
 *                                         when it has said more than MOST bytes
 *   end NUMBER                            ends it now
 * Standard output: `ready`, then for each program that has ended, in the order of their ends, a line and what it said,
 * which is as many bytes as the line tells:
 *   NUMBER STATUS HOW STDOUT STDERR       (HOW: 0 ended, 1 its time was over, 2 could not be started, 3 said too much)
 * The programs run side by side, each in a session of its own. Of one that says too much nothing is kept.
 */
const residentProgram = String.raw`
import errno, os, select, signal, sys, time

grace, after_lab = float(sys.argv[1]), sys.argv[2]
quiet = 0.2
clock = time.monotonic
poll = select.poll()
jobs = {}     # by number
handlers = {} # by file descriptor

class Job:
    """A program: what it is given and says, and when its time is over."""

    def __init__(self, number, seconds, most, given, *words):
        # A view: cutting off what is written does not copy the rest.
        self.number, self.most, self.given = number, int(most), memoryview(octets(given))
        self.said = {'out': bytearray(), 'err': bytearray()}
        self.status, self.how, self.unheard = None, 0, False
        self.deadline, self.kill_at, self.let_go_at = clock() + float(seconds), None, None
        self.open = {}
        jobs[number] = self
        self.spawn([octets(word) for word in words])

    def spawn(self, argv):
        # Unlike a fork, this does not copy the page tables of Python: an eighth of the processor's time.
        (stdin, given), (out, stdout), (err, stderr) = os.pipe(), os.pipe(), os.pipe()
        dups = [(os.POSIX_SPAWN_DUP2, fd, to) for to, fd in enumerate((stdin, stdout, stderr))]
        ours = [signal.SIGPIPE, signal.SIGXFSZ]
        try:
            self.pid = os.posix_spawnp(argv[0], argv, os.environ, file_actions=dups, setsid=True, setsigdef=ours)
        except OSError as error:
            self.status = 127 if error.errno == errno.ENOENT else 126
            self.how, self.deadline, self.let_go_at = 2, None, clock()
            self.said['err'] += argv[0] + b': ' + os.strerror(error.errno).encode() + b'\n'
            for fd in (given, out, err):
                os.close(fd)
        else:
            os.set_blocking(given, False)
            self.watch('end', os.pidfd_open(self.pid), select.POLLIN, self.reap)
            self.watch('in', given, select.POLLOUT, self.give)
            self.watch('out', out, select.POLLIN, lambda: self.take('out'))
            self.watch('err', err, select.POLLIN, lambda: self.take('err'))
        finally:
            for fd in (stdin, stdout, stderr):
                os.close(fd)

    def watch(self, name, fd, event, handler):
        self.open[name], handlers[fd] = fd, handler
        poll.register(fd, event)

    def close(self, name):
        fd = self.open.pop(name)
        poll.unregister(fd)
        del handlers[fd]
        os.close(fd)

    def give(self):
        try:
            self.given = self.given[os.write(self.open['in'], self.given):] if self.given else self.given
        except BlockingIOError:
            return
        except OSError:
            self.given = self.given[:0]
        if not self.given:
            self.close('in')

    def take(self, stream):
        got, said = os.read(self.open[stream], 65536), self.said[stream]
        if not got:
            self.close(stream)
        if self.unheard:
            return
        said += got
        if self.status is not None:
            self.let_go_at = clock() + quiet
        if sum(map(len, self.said.values())) > self.most:
            self.unheard = True
            for said in self.said.values():
                said.clear()
            # One that is asked to end already has its grace.
            if self.kill_at is None:
                self.how = 3
                self.stop()

    def reap(self):
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.status = 128 - code if code < 0 else code
        self.deadline = self.kill_at = None
        self.let_go_at = clock() + quiet
        self.close('end')

    def stop(self):
        self.deadline = None
        if self.status is None:
            self.signal(signal.SIGTERM)
            self.kill_at = clock() + grace

    def signal(self, number):
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            pass

    def look(self, asked):
        if self.deadline is not None and clock() >= self.deadline:
            self.how = 1
            self.stop()
        if self.kill_at is not None and clock() >= self.kill_at:
            self.signal(signal.SIGKILL)
            self.kill_at = None
        # One that has ended closes its streams, or leaves them to another that goes on: then only after a look that began
        # after its time and found nothing. Between two of these lines any time may pass, on a busy machine.
        closed = 'out' not in self.open and 'err' not in self.open
        if self.status is not None and (closed or asked >= self.let_go_at):
            self.finish()

    def finish(self):
        for name in list(self.open):
            self.close(name)
        del jobs[self.number]
        out, err = self.said['out'], self.said['err']
        say(f'{self.number} {self.status} {self.how} {len(out)} {len(err)}\n'.encode(), out, err)

def octets(word):
    return b'' if word == '-' else bytes.fromhex(word)

def say(*pieces):
    # When lab is gone, the end of standard input tells.
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(1, rest):]
    except OSError:
        pass

def patience():
    times = [t for job in jobs.values() for t in (job.deadline, job.kill_at, job.let_go_at) if t is not None]
    return max(0, min(times) - clock()) * 1000 if times else None

def listen(heard=[]):
    got = os.read(0, 65536)
    if not got:
        if after_lab == 'end':
            for job in jobs.values():
                job.signal(signal.SIGTERM)
        os._exit(0)
    # A line is put together once, when its end has come: a long one comes in many pieces.
    *ends, rest = got.split(b'\n')
    lines = []
    for end in ends:
        lines.append(b''.join([*heard, end]))
        heard.clear()
    heard.append(rest)
    for line in lines:
        verb, number, *words = line.decode().split(' ')
        if verb == 'run':
            Job(number, *words)
        elif number in jobs:
            jobs[number].stop()

handlers[0] = listen
poll.register(0, select.POLLIN)
say(b'ready\n')
while True:
    asked = clock()
    # Standard input comes last: what it starts takes over the numbers of descriptors that the others have closed.
    for fd, _ in sorted(poll.poll(patience()), reverse=True):
        handlers[fd]()
    for job in list(jobs.values()):
        job.look(asked)
`;
