"""The witness: loaded as `sitecustomize` by every Python of a run, tells the harness which thread printed what.

Theory of operation. The harness puts this file's folder on PYTHONPATH, so it runs in the program and in every Python
it starts, before the student's code: children by spawn, forkserver and subprocess load it anew, forked ones inherit it.
It writes what it sees to the FIFO named by THREADMARK_WITNESS, one JSON object a line, each by a single write of at
most PIPE_BUF bytes, so that records of many threads and processes never mix. Nothing is trusted that is read there: a
program that disturbs the witness only loses the explanations.

Every print reaches the real stream first, unchanged, in the same writes as without a witness, so a line torn between
two threads stays torn. What a thread printed is reported when its line is complete.

In a stretched run (THREADMARK_STRETCH=1) a new thread or worker stops at the gate before its first line of student
code: a `waitpid` for a process group that cannot exist, which the keeper sees and answers when everything else waits.
In a muted run the answer is that the thread or worker must end at once.

In a varied run new threads and workers begin a little later (THREADMARK_DELAYS) or take turns more often
(THREADMARK_SWITCH, microseconds).

At the end of a run that hangs, the keeper asks what each thread waits for, by two signals: faulthandler answers one with
the stacks of all threads, even when none can run; the main thread answers the other, with answer.py, once a signal
has interrupted what it waits for. Nothing is recorded for this beforehand.

Hooks are chosen so that no frame of this file shows up in a student's traceback.
"""

import _io
import _signal
import _thread
import atexit
import os
import sys

try:  # Built in, both; imported here, before the Finder is there, which would place the student's folder too early.
    import faulthandler
except ImportError:
    faulthandler = None

GATE = 1952539748
ASKS_WAITS, ASKS_STACKS = 52, 53
RECORD = 4096  # PIPE_BUF of Linux: a write up to here is atomic.
CHUNK = 256  # Characters; each takes at most 12 bytes escaped, and head and name fit beside them.
HELPERS = ("asyncio", "concurrent", "logging", "multiprocessing", "threading")
WORKERS = (
    "concurrent.futures.process._process_worker",
    "concurrent.futures.thread._worker",
    "multiprocessing.pool.worker",
)
STARTERS = (
    "threading", "multiprocessing.context", "multiprocessing.dummy", "multiprocessing.pool", "multiprocessing.process",
    "concurrent.futures._base", "concurrent.futures.process", "concurrent.futures.thread",
)
STREAMS = ',"stream":"out"', ',"stream":"err"'
FORKS_ELSEWHERE = ("multiprocessing.forkserver", "multiprocessing.popen_fork", "subprocess")

get_ident, get_native_id, getframe = _thread.get_ident, _thread.get_native_id, sys._getframe
getpid, write, waitpid, nohang = os.getpid, os.write, os.waitpid, os.WNOHANG
start_thread, modules = _thread.start_new_thread, sys.modules
files = os.environ.get("THREADMARK_FILES")
is_stretched = os.environ.get("THREADMARK_STRETCH") == "1"
delays = int(os.environ.get("THREADMARK_DELAYS") or 0)  # What the delays of new threads come from; 0 for none.
started_threads = 0
# One for each stream, held while a thread writes: see `before_fork`.
writing, forking = (_thread.RLock(), _thread.RLock()), {}
main_ident = get_ident()
process, worker_name, channel = getpid(), None, -1
folder, was_forked = os.path.dirname(__file__), False
natives = {}  # Of the threads that are alive, by their idents.
active = {}  # Replaced by the threading module's own table of threads once that is imported.
pending = {}, {}  # Of standard output and error: what each thread printed since its last line end.
escapes = {code: "\\u%04x" % code for code in range(32)}
escapes.update({34: '\\"', 92: "\\\\", 10: "\\n"})


def open_channel(path):
    """Opens the FIFO without waiting for a reader, at a number out of the way of the student's own files."""
    try:
        low = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        os.set_blocking(low, True)
    except OSError:
        return -1
    for number in (250, 249, 248, 120, 60, 30):
        try:
            os.fstat(number)
        except OSError:
            try:
                os.dup2(low, number, inheritable=False)
            except OSError:
                continue
            os.close(low)
            return number
    return low


def quote(text):
    """The text as a JSON string of ASCII characters; a byte that could not be decoded stays a lone surrogate."""
    if text.isascii():
        if text.replace("\n", "").isprintable():  # Several times faster than translate, and nearly always so.
            return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return '"%s"' % text.translate(escapes)
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (units[at] << 8 | units[at + 1] for at in range(0, len(units), 2))
    return '"%s"' % "".join(chr(code).translate(escapes) if code < 127 else "\\u%04x" % code for code in codes)


def send(record):
    global channel
    try:
        write(channel, record.encode("ascii"))
    except OSError as error:
        if error.errno is None:  # Raised by a signal handler of the student's, not by the write.
            raise
        channel = -1


def name_of(ident, native):
    thread = active.get(ident)
    if ident == main_ident:
        return worker_name or (thread._name if thread else "MainThread")
    return thread._name if thread else "thread %d" % native


def report(kind, name, facts="", text=None):
    """Sends one record about the calling thread; a long text goes in several, all but the last marked as continued."""
    if channel < 0:
        return
    native = get_native_id()
    if name is None:
        name = name_of(get_ident(), native)
    head = '{"kind":"%s","pid":%d,"tid":%d,"name":%s%s' % (kind, process, native, quote(str(name)[:64]), facts)
    if text is None:
        return send(head + "}\n")
    record = '%s,"text":%s}\n' % (head, quote(text))
    if len(record) <= RECORD:
        return send(record)
    for at in range(0, len(text), CHUNK):
        more = ',"more":true' if at + CHUNK < len(text) else ""
        send('%s,"text":%s%s}\n' % (head, quote(text[at : at + CHUNK]), more))


def note(stream, text):
    """Collects what the calling thread printed and reports it up to the last line end."""
    if channel < 0:
        return
    ident, held = get_ident(), pending[stream]
    if "\n" not in text:
        if ident in held:
            held[ident].append(text)
        else:
            held[ident] = [text]
        return
    lines, end, rest = text.rpartition("\n")
    pieces = held.pop(ident, ())
    if rest:
        held[ident] = [rest]
    report("print", None, STREAMS[stream], "".join(pieces) + lines + end)


def flush_pending(ident=None, name=None):
    """Reports what was printed without a line end, of one thread or, at the end of the process, of all."""
    for held, facts in zip(pending, STREAMS):
        for key in list(held) if ident is None else (ident,):
            rest = "".join(held.pop(key, ()))
            if rest:
                report("print", name, facts, rest)


def replace_stream(attribute, stream):
    """Puts a TextIOWrapper over the same buffer that notes what is written to it.

    It is line-buffered as on a terminal: what was printed before a run is killed is then there to be seen.
    """
    old = getattr(sys, attribute)
    if type(old) is not _io.TextIOWrapper:
        return
    text_write = _io.TextIOWrapper.write

    class TextIOWrapper(_io.TextIOWrapper):
        def write(self, text):
            with writing[stream]:
                count = text_write(self, text)
            note(stream, text if type(text) is str else str.__str__(text))
            return count

    TextIOWrapper.__module__, TextIOWrapper.__qualname__ = "_io", "TextIOWrapper"
    encoding, errors, through = old.encoding, old.errors, old.write_through
    new = TextIOWrapper(old.detach(), encoding, errors, "\n", True, through)
    new.mode = "w"
    setattr(sys, attribute, new)
    setattr(sys, "__%s__" % attribute, new)


def gate():
    """Waits until the keeper lets go; true where the thread or worker is to end without doing anything."""
    try:
        return waitpid(-GATE, nohang)[0] == GATE
    except OSError:
        return False


def delay(number):
    """Lets the calling thread begin up to 2 ms later, every second one not; the same for the same seed and number."""
    bits = (delays ^ number * 0x9E3779B9) & 0xFFFFFFFF
    bits = (bits ^ bits >> 16) * 0x45D9F3B & 0xFFFFFFFF
    bits ^= bits >> 16
    if bits & 1:  # No sleep: none of the student's must be counted, and who sleeps is.
        lock = _thread.allocate_lock()
        lock.acquire()
        lock.acquire(True, (bits >> 1) % 2000 / 1e6)


def next_number():
    """The number of the next thread that this process starts; two that start at once may share one."""
    global started_threads
    started_threads += 1
    return started_threads


def is_worker(task):
    """Whether a thread or process does the student's work; the standard library's helpers are never held."""
    run = getattr(type(task), "run", None)
    if getattr(run, "__qualname__", "") in ("Thread.run", "BaseProcess.run"):
        run = getattr(task, "_target", None)
    module = str(getattr(run, "__module__", ""))
    name = "%s.%s" % (module, getattr(run, "__qualname__", ""))
    return name in WORKERS or module.partition(".")[0] not in HELPERS


def place_of(frame):
    """The file and line of the frame that started a thread, as facts of a record."""
    while frame is not None and (frame.f_globals.get("__name__") in STARTERS or frame.f_globals is globals()):
        frame = frame.f_back
    if frame is None:
        return ""
    return ',"file":%s,"line":%d' % (quote(frame.f_code.co_filename[-128:]), frame.f_lineno or 0)


def thread_began(name, place):
    for held in pending:  # An ident is used again as soon as its thread has ended.
        held.pop(get_ident(), None)
    natives[get_ident()] = get_native_id()
    report("thread", name, ',"event":"start","ident":%d%s' % (get_ident(), place))


def thread_ended(name):
    flush_pending(get_ident(), name)
    natives.pop(get_ident(), None)
    report("thread", name, ',"event":"end","ident":%d' % get_ident())


def report_exception(name, kind, value, trace):
    try:
        import traceback

        lines = traceback.format_exception(kind, value, trace)
        only = traceback.format_exception_only(kind, value)
        summary = next((line for line in only if line[:1].strip()), "").strip()
        text = "".join(lines)
        if len(text) > 12000:
            text = text[:4000] + "\n...\n" + text[-8000:]
        report("exception", name, ',"summary":%s' % quote(summary[:128]), text)
    except Exception:
        pass  # The program's own hook still prints it.


class Bootstrap:
    """Stands for `Thread._bootstrap`, which `Thread.start` fetches to hand it to the new thread.

    So the fetch happens in the starting thread, where the place is known, and the call in the new one. The gate comes
    when the new thread has said that it started: `start` can return then, and `run` has not been called.
    """

    def __init__(self, original):
        self.original = original

    def __get__(self, thread, kind=None):
        original = self.original
        if thread is None:
            return original
        place, number = place_of(getframe(1)), next_number()

        def bootstrap():
            thread_began(thread._name, place)
            started = getattr(thread, "_started", None)
            if (is_stretched or delays) and started is not None and is_worker(thread):
                hold_when_set(started, thread, number)
            try:
                original(thread)
            finally:
                thread_ended(thread._name)

        return bootstrap


def hold_when_set(started, thread, number):
    """Holds or delays a new thread when `start` in the starting one can return, and `run` has not been called."""

    def set():
        del started.set
        started.set()
        if delays:
            delay(number)
        elif gate():
            thread.run = int

    started.set = set


def watch_threading(threading):
    global active
    active = threading._active
    # Fetched from `_thread` when that was already replaced; Thread.start needs no second wrapper.
    if hasattr(threading, "_start_new_thread"):
        threading._start_new_thread = start_thread
    threading.Thread._bootstrap = Bootstrap(threading.Thread._bootstrap)
    previous = threading.excepthook

    def excepthook(args, /):
        if args.exc_type is not SystemExit:
            name = args.thread._name if args.thread is not None else None
            report_exception(name, args.exc_type, args.exc_value, args.exc_traceback)
        previous(args)

    threading.excepthook = excepthook


class RawThread:
    """A function started by `_thread.start_new_thread`, without a Thread object."""

    __slots__ = "function", "place", "number"

    def __init__(self, function, place):
        self.function, self.place, self.number = function, place, next_number()

    def __repr__(self):
        return repr(self.function)

    def __call__(self, *arguments, **keywords):
        thread_began(None, self.place)
        if delays:
            delay(self.number)
        elif is_stretched and gate():
            return
        try:
            return self.function(*arguments, **keywords)
        except SystemExit:
            raise
        except BaseException as error:
            report_exception(None, type(error), error, error.__traceback__.tb_next)
            raise
        finally:
            thread_ended(None)


def start_new_thread(function, args, *rest):
    return start_thread(RawThread(function, place_of(getframe(1))) if callable(function) else function, args, *rest)


class Started:
    """Stands for the attribute `_popen` of a process, which `Process.start` sets when the child is there.

    So the place is known without a frame of this file between a student's call and an exception of `start`.
    """

    def __get__(self, task, kind=None):
        if task is None:
            return self
        try:
            return task.__dict__["_popen"]
        except KeyError:
            raise AttributeError("_popen") from None

    def __set__(self, task, popen):
        task.__dict__["_popen"] = popen
        child = getattr(popen, "pid", None)
        if type(child) is int:
            report("process", None, ',"event":"started","child":%d%s' % (child, place_of(getframe(1))))


def watch_processes(module):
    """Names workers of multiprocessing and holds them at the gate, whichever way they were started."""
    original = module.BaseProcess._bootstrap

    def bootstrap(self, *arguments, **keywords):
        global worker_name
        worker_name = str(self._name)
        report("process", None, ',"event":"name"')
        if delays and is_worker(self):
            delay(sum(worker_name.encode()))
        if is_stretched and is_worker(self) and gate():
            return 0
        try:
            return original(self, *arguments, **keywords)
        finally:
            process_ended()

    module.BaseProcess._bootstrap = bootstrap
    module.BaseProcess._popen = Started()


def process_began(how):
    """Says where its standard output goes too: what is printed into a pipe of the program's own is not the run's."""
    try:
        output = os.fstat(1).st_ino
    except OSError:
        output = 0
    facts = ',"event":"start","ident":%d,"how":"%s","parent":%d,"output":%d'
    report("process", None, facts % (get_ident(), how, os.getppid(), output))


def process_ended():
    flush_pending()
    report("process", None, ',"event":"end"')


def before_fork():
    """Waits until no other thread is in the middle of a write: its lock would never be given back in the child.

    Without a witness that is rare, since a pipe's lines are kept until the end; here they are written at once, as on a
    terminal. A writer that waits for the child to read what it wrote is not waited for.
    """
    forking[get_ident()] = [lock for lock in writing if lock.acquire(True, 1)]


def release_streams():
    for lock in forking.pop(get_ident(), ()):
        lock.release()


def leave_streams():
    """At the very end no lock is waited for: a daemon thread that holds it may be gone already."""
    global writing
    writing = _thread.RLock(), _thread.RLock()


def after_fork():
    global process, main_ident, was_forked
    process, main_ident, was_forked = getpid(), get_ident(), True
    natives.clear()
    for held in pending:
        held.clear()
    process_began("fork")
    # A worker of multiprocessing is held later, when it is known what it does; a child about to exec never.
    if is_stretched and getframe(1).f_globals.get("__name__") not in FORKS_ELSEWHERE and gate():
        os._exit(0)


def answer_questions():
    """Without faulthandler only the main thread answers; where it handles no signals, nobody does."""
    try:
        if faulthandler:
            faulthandler.register(ASKS_STACKS, file=channel)
        _signal.signal(ASKS_WAITS, answer)
    except (OSError, ValueError, RuntimeError, AttributeError):
        pass


def answer(number, frame):
    """Says who waits for whom; whatever goes wrong here, the stacks are there all the same."""
    try:
        path = folder + "/answer.py"
        with _io.FileIO(path) as file:
            answering = {"__name__": "answer", "__file__": path}
            exec(compile(file.readall(), path, "exec"), answering)
        answering["answer"](globals(), frame)
    except BaseException:
        report_exception(None, *sys.exc_info())
    report("answer", None, ',"event":"answered"')


class Finder:
    """First in `sys.meta_path`: sees imports, finds nothing itself but hooks the modules that start threads."""

    def __init__(self, hooks):
        self.hooks, self.is_placed = hooks, False

    def find_spec(self, name, path=None, target=None):
        # `site` asks for usercustomize after sitecustomize; the student's folder must not answer.
        if files and name != "usercustomize" and (not self.is_placed or sys.path[:1] in ([""], [files])):
            self.is_placed = True
            place_files()
        hook = self.hooks.pop(name, None)
        spec = hook and modules["_frozen_importlib_external"].PathFinder.find_spec(name, path, target)
        if not spec or spec.loader is None:
            return None
        spec.loader = Loader(spec.loader, hook)
        return spec


class Loader:
    """Loads as the real loader does, then lets a hook see the module."""

    def __init__(self, loader, hook):
        self.loader, self.hook = loader, hook

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        self.hook(module)


def place_files():
    """Puts the student's folder behind the standard library, so that their queue.py is nobody's `queue`.

    `python -c` of spawn and forkserver, `python -m` and scripts put it first, after sitecustomize has run.
    """
    if sys.path[:1] in ([""], [files]):
        del sys.path[0]
    if files not in sys.path:
        library = os.path.dirname(os.__file__)
        inside = [at for at, path in enumerate(sys.path) if path == library or path.endswith("/lib-dynload")]
        sys.path.insert(inside[-1] + 1 if inside else len(sys.path), files)


def run_next_sitecustomize():
    """Runs the sitecustomize that would have run without this one, and gives it the name."""
    own = os.path.dirname(__file__)
    sys.path[:] = [path for path in sys.path if path != own]
    spec = modules["_frozen_importlib_external"].PathFinder.find_spec("sitecustomize", sys.path)
    # An empty module otherwise: this one's names must outlive sys.modules, for prints at the very end of a process.
    module = type(sys)("sitecustomize")
    if spec and spec.loader:
        module = modules["_frozen_importlib"].module_from_spec(spec)
    modules["sitecustomize"] = module
    if spec and spec.loader:
        try:
            spec.loader.exec_module(module)
        except Exception:
            pass


def install():
    global channel
    run_next_sitecustomize()
    hooks = {}
    path = os.environ.get("THREADMARK_WITNESS")
    interval = os.environ.get("THREADMARK_SWITCH")
    if interval:
        sys.setswitchinterval(int(interval) / 1e6)
    if path or is_stretched:
        for name, hook in (("threading", watch_threading), ("multiprocessing.process", watch_processes)):
            hook(modules[name]) if name in modules else hooks.setdefault(name, hook)
        _thread.start_new_thread = _thread.start_new = start_new_thread
        os.register_at_fork(after_in_child=after_fork)
    sys.meta_path.insert(0, Finder(hooks))
    if not path:
        return
    channel = open_channel(path)
    replace_stream("stdout", 0)
    replace_stream("stderr", 1)
    os.register_at_fork(before=before_fork, after_in_parent=release_streams, after_in_child=release_streams)
    previous = sys.excepthook

    def excepthook(kind, value, trace):
        report_exception(None, kind, value, trace)
        previous(kind, value, trace)

    sys.excepthook = excepthook
    atexit.register(leave_streams)
    atexit.register(process_ended)
    if channel >= 0:
        answer_questions()
    process_began("spawn" if "--multiprocessing-fork" in getattr(sys, "argv", ()) else "main")


install()
