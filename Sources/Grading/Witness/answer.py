"""What the witness answers when it is asked, at the end of a run, who holds what and who waits for whom.

Loaded only then, by the main thread's signal handler. Nothing was recorded beforehand, so a program pays nothing for it:
who holds a lock is found from the frames of the threads, which `with` blocks they are in and which `acquire()` calls
they have made without a `release()`, and from what locks say of themselves. No code of the program is called.

Each answer is one record: `wait` (a thread, what it waits for, where), `hold` (a thread, a lock, since which line) or
`task` (a coroutine that waits). Records name a lock by an `id` that is the same wherever the lock is the same one.
"""

import ast
import os
import sys

LIBRARY = os.path.dirname(os.__file__)
SYNCHRONIZERS = ("_thread", "threading", "queue", "_queue", "multiprocessing", "_multiprocessing", "concurrent", "asyncio")
MOST_THREADS, MOST_OBJECTS, MOST_TASKS = 64, 4000, 32

# What a call into the standard library waits for, by file and function.
CALLS = {
    ("threading.py", "join"): "join",
    ("threading.py", "_shutdown"): "threads",
    ("threading.py", "wait"): "wait",
    ("threading.py", "wait_for"): "condition",
    ("threading.py", "acquire"): "semaphore",
    ("threading.py", "__enter__"): "lock",
    ("queue.py", "get"): "queue_get",
    ("queue.py", "put"): "queue_put",
    ("queue.py", "join"): "queue_join",
    ("_base.py", "result"): "future",
    ("_base.py", "exception"): "future",
    ("_base.py", "wait"): "future",
    ("_base.py", "as_completed"): "future",
    ("_base.py", "__exit__"): "executor",
    ("_base.py", "result_iterator"): "future",
    ("thread.py", "shutdown"): "executor",
    ("thread.py", "_python_exit"): "executor",
    ("process.py", "shutdown"): "executor",
    ("process.py", "join"): "process",
    ("popen_fork.py", "wait"): "process",
    ("util.py", "_exit_function"): "processes",
    ("pool.py", "get"): "pool",
    ("pool.py", "wait"): "pool",
    ("pool.py", "map"): "pool",
    ("pool.py", "starmap"): "pool",
    ("pool.py", "apply"): "pool",
    ("pool.py", "next"): "pool",
    ("pool.py", "join"): "pool_join",
    ("queues.py", "get"): "queue_get",
    ("queues.py", "put"): "queue_put",
    ("queues.py", "join"): "queue_join",
    ("connection.py", "recv"): "receive",
    ("connection.py", "recv_bytes"): "receive",
    ("connection.py", "send"): "send",
    ("connection.py", "wait"): "receive",
    ("synchronize.py", "__enter__"): "lock",
    ("synchronize.py", "wait"): "wait",
    ("synchronize.py", "wait_for"): "condition",
    ("subprocess.py", "wait"): "process",
    ("subprocess.py", "communicate"): "process",
    ("subprocess.py", "run"): "process",
    ("runners.py", "run"): "asyncio",
    ("base_events.py", "run_until_complete"): "asyncio",
    ("base_events.py", "run_forever"): "asyncio",
    ("socket.py", "accept"): "receive",
    ("selectors.py", "select"): "receive",
}

# What a call of a method waits for that is made of C and so has no frame of its own.
METHODS = {
    "acquire": "lock", "get": "queue_get", "put": "queue_put", "join": "join", "wait": "wait", "recv": "receive",
    "recvfrom": "receive", "accept": "receive", "read": "read", "readline": "read", "sleep": "sleep", "input": "input",
    "waitpid": "process", "pause": "signal", "sigwait": "signal", "select": "receive", "flock": "file", "lockf": "file",
    "send": "send", "sendall": "send", "write": "write",
}


class Source:
    """A file of the program, parsed once."""

    known = {}

    def __init__(self, path):
        self.lines, self.tree = [], None
        try:
            with open(path, "rb") as file:
                text = file.read(1 << 20)
            self.lines = text.decode("utf-8", "replace").split("\n")
            self.tree = ast.parse(text)
        except (OSError, SyntaxError, ValueError, RecursionError):
            pass

    @classmethod
    def of(cls, path):
        if path not in cls.known:
            cls.known[path] = cls(path)
        return cls.known[path]

    def line(self, number):
        return self.lines[number - 1].strip()[:120] if 0 < number <= len(self.lines) else ""

    def function(self, code):
        """The statements of a code object: of its innermost function, or of the module."""
        best = self.tree
        for node in ast.walk(self.tree) if self.tree else ():
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                first = min([node.lineno] + [each.lineno for each in getattr(node, "decorator_list", ())])
                name = getattr(node, "name", "<lambda>")
                if name == code.co_name and code.co_firstlineno in (first, node.lineno):
                    best = node
        return best


def statements(root):
    """The nodes of a function without those of the functions in it."""
    waiting = list(ast.iter_child_nodes(root)) if root is not None else []
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            waiting += ast.iter_child_nodes(node)


def is_of_program(code):
    path = code.co_filename
    return not path.startswith((LIBRARY, "<")) and not path.endswith(("/sitecustomize.py", "/answer.py"))


def members(value):
    """The attributes of an object itself, without running code of its class."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except (AttributeError, TypeError):
        return {}
    return found if type(found) is dict else {}


def attribute(value, name):
    found = members(value).get(name)
    if found is None:
        for kind in type(value).__mro__:
            found = kind.__dict__.get(name)
            if found is not None:
                break
    if found is None and isinstance(value, type):
        found = value.__dict__.get(name)
    return found


def evaluate(node, frame):
    """What a simple expression stands for in a frame; None where it would take running code."""
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id))
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute):
        return attribute(evaluate(node.value, frame), node.attr)
    if isinstance(node, ast.Subscript):
        index = node.slice.value if type(node.slice).__name__ == "Index" else node.slice
        container, index = evaluate(node.value, frame), evaluate(index, frame)
        if type(container) in (list, tuple) and type(index) is int and -len(container) <= index < len(container):
            return container[index]
        return container.get(index) if type(container) is dict and type(index) in (int, str) else None
    if isinstance(node, ast.BinOp):
        left, right = evaluate(node.left, frame), evaluate(node.right, frame)
        if type(left) is int and type(right) is int and abs(left) + abs(right) < 1 << 40:
            if isinstance(node.op, ast.Add):
                return left + right
            if isinstance(node.op, ast.Sub):
                return left - right
            if isinstance(node.op, ast.Mod) and right:
                return left % right
            if isinstance(node.op, ast.FloorDiv) and right:
                return left // right
    return None


def is_synchronizer(value):
    return type(value).__module__.partition(".")[0] in SYNCHRONIZERS or any(
        kind.__module__.partition(".")[0] in SYNCHRONIZERS and kind is not object for kind in type(value).__mro__
    )


class Names:
    """What the program calls its locks, queues and threads: where they are reached from its variables."""

    def __init__(self, frames):
        self.names, self.seen = {}, 0
        spaces = []
        for frame in frames:
            if all(space is not frame.f_globals for space in spaces):
                spaces.append(frame.f_globals)
        for frame in reversed(frames):
            if frame.f_locals is not frame.f_globals:
                spaces.append(frame.f_locals)
        # What globals lead to names a lock better than the parameters of whoever uses it.
        for space in spaces:
            level = list(space.items())[:500]
            for _ in range(3):
                level = [entry for name, value in level for entry in self.visit(name, value)]

    def visit(self, name, value):
        self.seen += 1
        if self.seen > MOST_OBJECTS or name.startswith("__"):
            return []
        kind = type(value)
        if kind in (list, tuple):
            return [("%s[%d]" % (name, at), item) for at, item in enumerate(value[:100])]
        if kind is dict:
            return [("%s[%r]" % (name, key), item) for key, item in list(value.items())[:100] if type(key) in (int, str)]
        if isinstance(value, type) or kind.__module__ in ("builtins", "types"):
            return []
        if is_synchronizer(value):
            self.names.setdefault(id(value), name)
            return []
        return [("%s.%s" % (name, key), item) for key, item in list(members(value).items())[:50]]

    def of(self, value, text=""):
        return self.names.get(id(value)) or text


def identity(value):
    """The same for one lock in all processes that share it."""
    lock = members(value).get("_lock") if type(value).__name__ == "Condition" else value
    semaphore = members(lock).get("_semlock")
    name = getattr(semaphore, "name", None)
    return str(name) if name else "%x" % id(lock)


def owner_of(lock):
    """The ident of the thread that an RLock says it belongs to."""
    owner = members(lock).get("_owner")
    if owner is None and type(lock).__module__ == "_thread" and "owner=" in repr(lock):
        owner = int(repr(lock).partition("owner=")[2].split()[0])
    return owner or None


def is_held(lock, ident):
    """Whether a lock can be held by a thread that was seen to take it."""
    if type(lock).__name__ == "Condition":
        lock = members(lock).get("_lock")
    semaphore = members(lock).get("_semlock")
    if semaphore is not None:
        return ident == main_ident() and semaphore._is_mine() or semaphore._is_zero() and not semaphore._is_mine()
    if type(lock).__module__ not in ("_thread", "threading"):
        return False
    if "RLock" in type(lock).__name__:
        return owner_of(lock) == ident
    if type(lock).__name__ == "lock":
        return lock.locked()
    return type(lock).__name__ in ("Semaphore", "BoundedSemaphore") and members(lock).get("_value") == 0


def main_ident():
    return witness["main_ident"]


class Thread:
    """One thread: its frames, what it waits for, what it holds."""

    def __init__(self, ident, frame, names):
        self.ident, self.frames = ident, []
        while frame is not None and len(self.frames) < 200:
            if not frame.f_code.co_filename.endswith(("/sitecustomize.py", "/answer.py")):
                self.frames.append(frame)
            frame = frame.f_back
        self.own = [each for each in self.frames if is_of_program(each.f_code)]
        self.names = names
        self.wait, self.held = None, []

    def find_wait(self):
        """What it waits for: (what, object, text, detail, other)."""
        if self.own and self.frames[0] is self.own[0]:
            return self.wait_in_c()
        inner = self.frames[: self.frames.index(self.own[0])] if self.own else self.frames
        for frame in reversed(inner):
            path, name = os.path.basename(frame.f_code.co_filename), frame.f_code.co_name
            what = CALLS.get((path, name))
            if what:
                return self.explain(what, frame.f_locals.get("self"), "")
        return ("other", None, "", "", 0)

    def wait_in_c(self):
        frame = self.own[0]
        candidates = []
        for node in statements(Source.of(frame.f_code.co_filename).function(frame.f_code)):
            if isinstance(node, (ast.With, ast.AsyncWith)):
                for item in node.items:
                    if item.context_expr.lineno == frame.f_lineno:
                        candidates.append(("lock", item.context_expr))
            if isinstance(node, ast.Call) and node.lineno <= frame.f_lineno <= (node.end_lineno or node.lineno):
                if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
                    candidates.append((METHODS[node.func.attr], node.func.value))
                elif isinstance(node.func, ast.Name) and node.func.id in METHODS:
                    candidates.append((METHODS[node.func.id], None))
        best = ("other", None, "", "", 0)
        for what, expression in candidates:
            value = evaluate(expression, frame) if expression is not None else None
            text = ast.get_source_segment("\n".join(Source.of(frame.f_code.co_filename).lines), expression) if expression else ""
            if what == "lock" and value is not None and not self.is_waited_for(value):
                continue
            found = self.explain(what, value if is_synchronizer(value) else None, text or "")
            if best[0] == "other" or found[1] is not None:
                best = found
        return best

    def is_waited_for(self, lock):
        semaphore = members(lock).get("_semlock")
        if semaphore is not None:
            return semaphore._is_zero()
        if "RLock" in type(lock).__name__:
            return owner_of(lock) != self.ident
        return not hasattr(type(lock), "locked") or lock.locked()

    def explain(self, what, value, text):
        kind, facts = type(value).__name__, members(value)
        name = self.names.of(value, "" if what in ("process", "sleep", "signal", "input", "receive", "file") else text)
        detail, other = "", 0
        if what == "wait":
            what = {"Event": "event", "Barrier": "barrier", "Condition": "condition"}.get(kind, "condition")
        if what == "join" and "_name" in facts:
            name, other = str(facts["_name"]), native_of(facts.get("_ident")) or 0
            detail = "main" if facts.get("_ident") == main_ident() else ""
        elif what == "join" and "Process" in kind:
            what = "process"
        if what == "threads":
            ended = sys.modules["threading"]
            alive = [each for each in list(ended._active.values()) if not each._daemonic and each._ident != self.ident]
            name = ", ".join(sorted(each._name for each in alive)[:8])
            other = native_of(alive[0]._ident) or 0 if len(alive) == 1 else 0
        if what == "process":
            other = facts.get("pid") or getattr(facts.get("_popen"), "pid", 0) or 0
            name = str(facts.get("_name") or name)
        if what == "barrier" and "_parties" in facts:
            detail = "%d of %d" % (facts.get("_count", 0), facts["_parties"])
        if what in ("queue_get", "queue_put", "queue_join") and "unfinished_tasks" in facts:
            detail = "%d of %d" % (len(facts.get("queue", ())), facts.get("maxsize", 0))
            if what == "queue_join":
                detail = "%d" % facts["unfinished_tasks"]
        if what == "lock" and kind == "Condition":
            value = facts.get("_lock")
        if what == "lock" and kind in ("Semaphore", "BoundedSemaphore"):
            what = "semaphore"
        if what == "lock" and "RLock" not in kind:
            detail = "" if self.is_of_this_process(value) else "forked"
        return (what, value, name, detail, other)

    def is_of_this_process(self, lock):
        return not witness["was_forked"] or members(lock).get("_semlock") is not None

    def holds(self):
        """The locks that it holds: (object, text, frame, line, is_certain); an `acquire()` in a branch may not have run."""
        found = []
        for depth, frame in enumerate(self.own):
            source = Source.of(frame.f_code.co_filename)
            text = "\n".join(source.lines)
            calls, branches = [], []
            for node in statements(source.function(frame.f_code)):
                if isinstance(node, ast.If):
                    branches += [(part[0].lineno, part[-1].end_lineno) for part in (node.body, node.orelse) if part]
                if isinstance(node, (ast.With, ast.AsyncWith)):
                    inside = node.body[0].lineno <= frame.f_lineno <= (node.body[-1].end_lineno or 0)
                    for at, item in enumerate(node.items):
                        # In `with a, b:` on one line the locks before the one that is waited for are held.
                        waited = frame is self.own[0] and self.wait and frame.f_lineno == item.context_expr.lineno
                        value = evaluate(item.context_expr, frame)
                        before = waited and value is not self.wait[1] and any(
                            evaluate(later.context_expr, frame) is self.wait[1] for later in node.items[at + 1 :]
                        )
                        if inside and not (waited and value is self.wait[1]) or before:
                            found.append((value, self.text(text, item.context_expr), frame, item.context_expr.lineno, True))
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    if node.func.attr in ("acquire", "release"):
                        calls.append((node.lineno, node.func.attr, node.func.value))
            held = {}
            for line, name, expression in sorted(calls, key=lambda call: call[:2]):
                value = evaluate(expression, frame)
                if value is None or line > frame.f_lineno or (line == frame.f_lineno and name == "acquire" and depth == 0):
                    continue
                if name == "acquire":
                    is_certain = all(
                        first <= frame.f_lineno <= last for first, last in branches if first <= line <= last)
                    held[id(value)] = (value, self.text(text, expression), frame, line, is_certain)
                else:
                    held.pop(id(value), None)
            found += held.values()
        waited = self.wait[1] if self.wait and self.wait[0] in ("condition", "semaphore") else None
        return [each for each in found if is_held(each[0], self.ident) and each[0] is not waited]

    def text(self, source, node):
        return (ast.get_source_segment(source, node) or "")[:60]


def facts(where, **given):
    """Facts of a record: a place and what is given, where there is something to give."""
    text = ""
    if where is not None:
        path, line = where
        given.update(file=path[-128:], line=line or 0, source=Source.of(path).line(line or 0))
    for key, value in given.items():
        if isinstance(value, int):
            text += "" if value == 0 else ',"%s":%d' % (key, value)
        elif value:
            text += ',"%s":%s' % (key, witness["quote"](str(value)[:128]))
    return text


def native_of(ident):
    thread = witness["active"].get(ident)
    native = witness["natives"].get(ident) or getattr(thread, "_native_id", None)
    return witness["process"] if ident == main_ident() else native


def send(kind, ident, text, name=None):
    native = native_of(ident)
    if native:
        head = '{"kind":"%s","pid":%d,"tid":%d,"name":%s' % (
            kind, witness["process"], native, witness["quote"](str(name or witness["name_of"](ident, native))[:64]))
        witness["send"](head + text + "}\n")


def place(frame, line=None):
    return (frame.f_code.co_filename, line or frame.f_lineno) if frame is not None else None


def tell_thread(thread):
    what, value, name, detail, other = thread.wait
    frame = thread.own[0] if thread.own else None
    function = frame.f_code.co_name if frame is not None else ""
    unit = identity(value) if what in ("lock", "semaphore", "condition") and value is not None else ""
    send(
        "wait", thread.ident,
        facts(place(frame), what=what, object=name, id=unit, detail=detail, other=other, function=function))
    for value, text, frame, line, _ in thread.held:
        send(
            "hold", thread.ident,
            facts(place(frame, line), object=thread.names.of(value, text), id=identity(value)))


def tell_owners(threads):
    """RLocks know their owners themselves, also where the frames don't show it."""
    shown = {(id(each[0]), thread.ident) for thread in threads for each in thread.held}
    for thread in threads:
        value = thread.wait[1]
        owner = owner_of(value) if value is not None and "RLock" in type(value).__name__ else None
        if owner and owner != thread.ident and (id(value), owner) not in shown:
            shown.add((id(value), owner))
            send("hold", owner, facts(None, object=thread.wait[2], id=identity(value)))


def tell_helpers():
    """The processes that multiprocessing has for itself: they wait for as long as the program lives."""
    for module, helper, number in (
            ("multiprocessing.forkserver", "_forkserver", "_forkserver_pid"),
            ("multiprocessing.resource_tracker", "_resource_tracker", "_pid")):
        value = getattr(getattr(sys.modules.get(module), helper, None), number, None)
        if isinstance(value, int):
            send("wait", main_ident(), facts(None, what="helper", other=value))


def tell_tasks(thread):
    asyncio = sys.modules.get("asyncio")
    loop = next((each.f_locals.get("self") for each in thread.frames if each.f_code.co_name == "run_forever"), None)
    if asyncio is None or loop is None:
        return
    for task in sorted(asyncio.all_tasks(loop), key=lambda task: task.get_name())[:MOST_TASKS]:
        frames = [frame for frame in task.get_stack(limit=20)]
        coroutine, own = task.get_coro(), None
        while coroutine is not None and getattr(coroutine, "cr_frame", None) is not None:
            frame = coroutine.cr_frame
            own = frame if is_of_program(frame.f_code) else own
            coroutine = coroutine.cr_await
        frame = own or next((each for each in frames if is_of_program(each.f_code)), None)
        if frame is not None:
            send("task", thread.ident, facts(place(frame), function=frame.f_code.co_name), name=task.get_name())


def answer(given, frame):
    global witness
    witness = given
    frames = dict(sys._current_frames())
    frames[main_ident()] = frame
    own = [each for top in frames.values() for each in frames_of(top)]
    names = Names([each for each in own if is_of_program(each.f_code)])
    threads = [Thread(ident, top, names) for ident, top in list(frames.items())[:MOST_THREADS]]
    threads.sort(key=lambda thread: (thread.ident != main_ident(), native_of(thread.ident) or 0))
    for thread in threads:
        thread.wait = thread.find_wait()
    for thread in threads:
        thread.held = thread.holds()
    certain = {id(each[0]) for thread in threads for each in thread.held if each[4]}
    for thread in threads:
        thread.held = [each for each in thread.held if each[4] or id(each[0]) not in certain]
        tell_thread(thread)
        if thread.wait[0] == "asyncio":
            tell_tasks(thread)
    tell_owners(threads)
    tell_helpers()


def frames_of(frame):
    count = 0
    while frame is not None and count < 200:
        yield frame
        frame, count = frame.f_back, count + 1
