// SPDX-License-Identifier: GPL-2.0-only
///
/// Use ndo_set_rx_mode_async instead of the deprecated ndo_set_rx_mode: it
/// runs in process context, may sleep, and gets snapshots of the unicast and
/// multicast address lists.
///
//  Confidence: Moderate
//  Keywords: ndo_set_rx_mode, ndo_set_rx_mode_async, netdev_hw_addr_list
//  Comments: Converts a callback only where it can be seen to be sound; report
//  Comments: mode says of all others why they are left alone. The text of the
//  Comments: driver's other files is looked at, never changed.
//  Comments: Direct callers go on passing the live lists, locked or not as
//  Comments: before: see whether they want netif_addr_lock_bh() around.
//  Comments: Not seen: an ndo_open() that counts on the filter being set once
//  Comments: it is done, state that only bottom halves being off protects.
//  Comments: Kernel-doc and other comments stay as they are; report mode names
//  Comments: the kernel-doc that then lacks parameters.
//  Comments: Of drivers that are async already, report and org mode say where
//  Comments: a live list, rtnl or a wait for work is in the callback's reach in
//  Comments: that file, and where the old callback is still called.
//  Comments: -D void_return is for trees whose new callback returns void.
// Options: --no-includes

virtual patch
virtual context
virtual org
virtual report
virtual void_return

@initialize:python@
@@
import bisect, collections, glob, os, re

NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
                   r"|'(?:\\.|[^'\\\n])+'", re.S)
# A head may have an attribute with arguments before or behind the name.
FUNCTION = re.compile(r'^(?P<head>[A-Za-z_](?:[^;{}#=()]|\([^()]*\))*?)?'
                      r'\b(?!__(?:attribute__|printf|acquires|releases'
                      r'|must_hold|section)\b)(?P<name>\w+)\s*'
                      r'\((?P<params>(?:[^;{}()]|\([^()]*\))*)\)'
                      r'(?:[^;{}()=#]|\([^()]*\))*?'
                      r'\{(?P<body>[^\n]*\}[ \t]*$|.*?^\})', re.S | re.M)
DECLARED = re.compile(r'^[A-Za-z_][^;=(){}#\n]*?\b(\w+)\s*\(', re.M)
MACRO = re.compile(r'^[ \t]*#[ \t]*define[ \t]+(?P<name>\w+)'
                   r'(?P<params>\([^()]*\))?(?P<body>(?:[^\n\\]|\\.)*)',
                   re.S | re.M)
# The live lists, by any name. Group "field" where it is a member.
LIVE = re.compile(r'\b(?:netdev_for_each_(?:synced_)?[um]c_addr'
                  r'|netdev_[um]c_(?:count|empty)|__dev_[um]c_\w+'
                  r'|__hw_addr_\w+)\b|(?:->|\.)\s*(?P<field>[um]c)\b')
# What forbids a conversion, anywhere in what the callback reaches.
HAZARDS = [(re.compile(r'\b(?:%s)' % names), why) for names, why in (
    (r'dev_[um]c_(?:sync|unsync)\w*',
     "it hands its lists to another device"),
    (r'_*dev_(?:[um]c_(?:add|del|flush|init)\w*|set_(?:promiscuity|allmulti)'
     r'|set_rx_mode|change_flags)',
     "it changes lists or flags itself"),
    (r'__hw_addr_ref_\w+|(?<=->)(?:refcount|synced|sync_cnt)\b',
     "it counts the references of addresses"),
    (r'(?:raw_|bit_)?spin_(?:try)?lock(?:_nested)?\s*\('
     r'|(?:read|write)_lock\s*\(|write_seq(?:lock|count_begin)\s*\('
     r'|(?:scoped_)?guard\s*\(\s*(?:raw_)?(?:spinlock|read_lock|write_lock)\b',
     "a plain lock would be taken with bottom halves on"),
    (r'_*netif_(?:tx_)?(?:stop|start|wake|disable|lock|unlock)\w*'
     r'|netif_device_attach|napi_(?:dis|en)able\w*',
     "it stops or restarts queues"),
    (r'rtnl_(?:un|try)?lock\w*|netdev_(?:un)?lock\w*',
     "the lock is held around the new callback"),
    (r'flush_\w*work\w*|(?:cancel|disable)_\w*work_sync|drain_workqueue',
     "it waits for a work item"),
    (r'(?:in_atomic|in_softirq|in_interrupt|in_task|irqs_disabled)\s*\('
     r'|lockdep_assert_(?:in|no|softirqs|irqs|preemption)\w*',
     "it asks for the context"),
    (r'_*this_cpu_\w+|smp_processor_id|u64_stats_update_\w+'
     r'|rcu_dereference_bh',
     "it relies on bottom halves being off"),
    (r'\w+\]\s*\(',
     "a function is called through an array"),
)]
ADDR_LOCK = re.compile(r'\b(?:netif_addr_(?:un)?lock\w*|addr_list_lock)\b')
# The old callback called, or asked for, through the ops.
THROUGH = re.compile(r'(?:->|\.)\s*ndo_set_rx_mode\b(?!\s*=[^=])')
DEFER = re.compile(r'\b(?:schedule_\w*work\w*|queue_\w*work\w*|mod_timer'
                   r'|tasklet_\w*schedule|napi_schedule\w*|usbnet_defer_\w+'
                   r'|kthread_\w*queue_\w+|wake_up\w*)\s*\(')

Def = collections.namedtuple(
    "Def", "src name at macro static params body body_at")

class Source:
    """A file of C as text, without comments and strings."""
    def __init__(self, path):
        self.path = path
        with open(path, encoding="latin-1") as f:
            self.raw = f.read()
        self.text = NOISE.sub(lambda m: re.sub(r'[^\n]', ' ', m.group(0)),
                              self.raw)
        self.includes = re.findall(r'^\s*#\s*include\s+"([^"]+)"', self.raw,
                                   re.M)
        self.headers = {os.path.basename(name) for name in self.includes}
        self.starts = [0] + [m.end() for m in re.finditer('\n', self.text)]
        self.defs = collections.defaultdict(list)
        self.members = collections.defaultdict(set)
        for macro, pattern in ((False, FUNCTION), (True, MACRO)):
            for m in pattern.finditer(self.text):
                static = not macro and "static" in (m.group("head") or "")
                self.defs[m.group("name")].append(
                    Def(self, m.group("name"), m.start("name"), macro, static,
                        m.group("params") or "", m.group("body"),
                        m.start("body")))
        self.declared = set(DECLARED.findall(self.text)) - set(self.defs)
        for m in re.finditer(r'(?:->|\.)\s*(\w+)\s*=\s*&?(\w+)\s*[,;}\n]',
                             self.text):
            self.members[m.group(1)].add(m.group(2))

    def place(self, offset):
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1]

    def prototypes(self, name):
        return [m.start(1) for m in re.finditer(
            r'^(?:[A-Za-z_][\w \t*]*[\s*])?(%s)\s*'
            r'\((?:[^;{}()]|\([^()]*\))*\)[\w\s()]*;' % name,
            self.text, re.M)]

    def uses(self, name):
        return [self.place(m.start())
                for m in re.finditer(r'(?<!->)(?<!\.)\b%s\b' % name, self.text)]

sources = {}

def source(path):
    if path not in sources:
        sources[path] = Source(path)
    return sources[path]

def neighbours(src):
    """The other files of the driver's directories."""
    here = os.path.dirname(src.path)
    dirs = {here}
    for name in src.includes:
        paths = ([os.path.join(here, name)] if
                 os.path.exists(os.path.join(here, name)) else
                 glob.glob(os.path.join(here, "..", "*", name)))
        dirs |= {os.path.dirname(os.path.normpath(p)) for p in paths}
    paths = {os.path.realpath(p): p for d in sorted(dirs)
             for p in glob.glob(os.path.join(d, "*.[ch]"))}
    return [source(p) for real, p in sorted(paths.items())
            if real != os.path.realpath(src.path)]

class File:
    """What the rules below have seen in one file, and what follows of it."""
    def __init__(self, path):
        self.src = Source(path)
        self.near = None
        self.assigned = collections.OrderedDict()  # place -> callback
        self.callbacks = {}     # name -> device parameter
        self.helpers = {}       # name -> (index, device parameter)
        self.lists = {}         # place -> (function, device)
        self.calls = {}         # place -> (function, callee, arguments)
        self.reached = {}
        self.need = {}
        self.verdicts = {}
        self.async_fns = collections.OrderedDict()
        self.crowded = len(cocci.files()) > 1

    def others(self):
        if self.near is None:
            self.near = neighbours(self.src)
        return self.near

    def module(self):
        """The file, and the neighbours that share a header of its own."""
        return [self.src] + [s for s in self.others()
                             if s.headers & self.src.headers]

    def resolve(self, name, src):
        if name in src.defs:
            return src.defs[name]
        return [d for s in self.others() + [self.src]
                for d in s.defs.get(name, ())
                if not d.static or s.path.endswith(".h")]

    def reach(self, name):
        """All that a call of name may come to, by names alone."""
        if name in self.reached:
            return self.reached[name]
        found, seen, todo = [], set(), list(self.src.defs.get(name, ()))
        while todo:
            d = todo.pop(0)
            if id(d) in seen:
                continue
            seen.add(id(d))
            found.append(d)
            words = set(re.findall(r'\b[A-Za-z_]\w*', d.body))
            members = words if d.macro else set(
                re.findall(r'(?:->|\.)\s*(\w+)\s*\)?\s*\(', d.body))
            for word in sorted(words):
                todo += self.resolve(word, d.src)
            for src in [self.src] + self.others():
                for target in sorted(t for w in members
                                     for t in src.members.get(w, ())):
                    todo += self.resolve(target, src)
        self.reached[name] = found
        return found

    def touched(self, d):
        """Offsets of the live lists in a body, with their names."""
        for m in LIVE.finditer(d.body):
            at = m.start("field" if m.group("field") else 0) + d.body_at
            which = {x for x in ("uc", "mc")
                     if re.search(r'(?:\b|_)%s(?:\b|_)' % x, m.group(0))}
            yield at, which, m.group(0)

    def local(self, name):
        return [d for d in self.src.defs.get(name, ()) if not d.macro]

    def needs(self, name):
        """{list: only read} for a function of this file and its callees."""
        if name not in self.need:
            need, seen, todo = {}, {name}, [name]
            while todo:
                for d in self.local(todo.pop()):
                    for _, which, token in self.touched(d):
                        for x in which:
                            need[x] = (need.get(x, True) and
                                       not token.startswith("__"))
                    words = set(re.findall(r'\b[A-Za-z_]\w*', d.body)) - seen
                    todo += [w for w in words if self.local(w)]
                    seen |= words
            self.need[name] = need
        return self.need[name]

    def serves(self, name):
        """Is it a callback, or between one and the lists?"""
        return any(name in self.family(fn)
                   for fn in set(self.assigned.values()))

    def add_helper(self, name, params, dev):
        index = len(params.elements)
        twice = name in self.helpers
        self.helpers[name] = (index, None if twice else dev)

    def device(self, name, args):
        return squeeze(args.elements[self.helpers[name][0]])

    def verdict(self, fn):
        """None where fn can be converted, else why not."""
        if fn not in self.verdicts:
            self.verdicts[fn] = "it calls itself"
            self.verdicts[fn] = self.judge(fn)
        return self.verdicts[fn]

    def family(self, fn):
        """fn and the functions here through which it comes to the lists."""
        names = [fn]
        for d in self.reach(fn):
            if (d.src is self.src and not d.macro and d.name not in names
                    and self.needs(d.name)):
                names.append(d.name)
        return names

    def judge(self, fn):
        defs = self.src.defs.get(fn, [])
        if self.crowded:
            return "several files at once"
        if not defs:
            return "%s() is not defined in this file" % fn
        if len(defs) > 1:
            return "%s() is defined more than once" % fn
        if fn not in self.callbacks:
            return "the definition of %s() is not understood" % fn
        for src in self.module():
            for pattern, what in ((ADDR_LOCK, "the address lock"),
                                  (THROUGH, "ndo_set_rx_mode")):
                m = pattern.search(src.text)
                if m:
                    return "%s is used at %s" % (
                        what, self.where(src, m.start()))
        for d in self.reach(fn):
            for pattern, why in HAZARDS:
                m = pattern.search(d.body)
                if m:
                    return "%s at %s: %s" % (
                        re.match(r'\w+', m.group(0)).group(0),
                        self.where(d.src, d.body_at + m.start()), why)
            lost = self.lost(d)
            if lost:
                return "%s(), called at %s, is not to be found" % (
                    lost, self.where(d.src, d.at))
        need = self.needs(fn)
        if not need and any(DEFER.search(d.body) for d in self.reach(fn)):
            return "it only queues work that it could now do itself"
        for d in self.reach(fn):
            for at, _, token in self.touched(d):
                seen = d.src is self.src and d.src.place(at) in self.lists
                if d.macro or not seen:
                    return "%s at %s, %s, is not understood" % (
                        token.strip("->. "), self.where(d.src, at),
                        "in %s()" % d.name if d.src is self.src else
                        "which %s() comes to" % fn)
        for name in self.family(fn):
            why = self.unfit(fn, name)
            if why:
                return why
        return None

    def lost(self, d):
        """Something of the driver's that d calls, defined who knows where."""
        if not d.macro and d.body.count("{") + 1 != d.body.count("}"):
            if not re.search(r'^\s*#', d.body, re.M):
                return d.name
        words = set(re.findall(r'\b(\w+)\s*\(', d.body))
        for word in sorted(words - {"if", "for", "while", "switch", "return"}):
            if not self.resolve(word, d.src) and any(
                    word in s.declared for s in [self.src] + self.others()):
                return word
        return None

    def where(self, src, offset):
        line = src.place(offset)[0]
        if src is self.src:
            return "line %d" % line
        return "%s:%d" % (os.path.basename(src.path), line)

    def unfit(self, fn, name):
        """Why a function of fn's family cannot get new parameters."""
        d = self.local(name)[0]
        if len(self.src.defs[name]) > 1:
            return "%s() is defined more than once" % name
        if name in self.callbacks:
            index, dev = 0, self.callbacks[name]
            if name != fn and self.verdict(name):
                return "%s() is not converted" % name
        elif name in self.helpers:
            index, dev = self.helpers[name]
        else:
            return "%s() takes no net_device" % name
        if re.search(r'(?<![>.])\b[um]c\b', d.params + d.body):
            return "%s() has a uc or mc of its own" % name
        if re.search(r'(?<![>.])\b%s\s*=[^=]|\*\s*%s\s*[;,]' % (dev, dev),
                     d.body):
            return "%s() changes its device" % name
        for line, (func, device) in ((p[0], u) for p, u in self.lists.items()):
            if func == name and device != dev:
                return "the list at line %d may be another device's" % line
        if name == fn and re.search(r'\breturn\b\s*[^;\s]', d.body):
            return "%s() returns an expression" % name
        if name == fn and re.search(r'\n[ \t]*#[^\n]*\s*\}\Z', d.body):
            return "%s() ends inside an #if" % name
        for m in re.finditer(r'\b(\w+)\b', d.body if name == fn else ""):
            for macro in self.resolve(m.group(1), self.src):
                if macro.macro and re.search(r'\breturn\b', macro.body):
                    return "%s() hides a return" % macro.name
        kept = self.keeps(d)
        return kept or self.stray(fn, name, index)

    def keeps(self, d):
        for ha in set(re.findall(r'_[um]c_addr\s*\(\s*(\w+)\s*,', d.body)):
            m = re.search(r'(?:->|\.|\])\s*\w*(?:\[[^\]]*\])*\s*='
                          r'\s*(?:\([^()]*\)\s*)?%s(?:->addr)?\s*[;,]'
                          r'|&\s*%s->list\b' % (ha, ha), d.body)
            if m:
                return "%s is kept at %s" % (
                    ha, self.where(d.src, d.body_at + m.start()))

    def stray(self, fn, name, index):
        """A use of name that is no call, prototype or ops assignment."""
        d = self.local(name)[0]
        known = {p for p, call in self.calls.items() if call[1] == name}
        known |= {self.src.place(at)
                  for at in [d.at] + self.src.prototypes(name)}
        ops = {p[0] for p, f in self.assigned.items() if f == name}
        for place in self.src.uses(name):
            if place not in known and place[0] not in ops:
                return "%s is also used at line %d" % (name, place[0])
        for src in self.others():
            base = os.path.basename(src.path)
            if ((not d.static or base in self.src.headers) and
                    re.search(r'\b%s\b' % name, src.text)):
                return "%s is also used in %s" % (name, base)
        return self.wrong_device(fn, name, index)

    def wrong_device(self, fn, name, index):
        family = self.family(fn)
        for place, (func, callee, args) in self.calls.items():
            if callee != name:
                continue
            device = args[index] if index < len(args) else ""
            own = self.callbacks.get(func, self.helpers.get(func, (0, None))[1])
            if func in family and name in self.callbacks and func != fn:
                return "%s() is called by %s()" % (name, func)
            if func in family and device != own:
                return "%s() at line %d may get another device" % (
                    name, place[0])
            if not re.match(r'\w+(?:(?:->|\.)\w+)*\Z', device):
                return "the device of %s() at line %d is an expression" % (
                    name, place[0])

current = [None]

def here():
    paths = cocci.files()
    if current[0] is None or current[0].src.path != paths[0]:
        current[0] = File(paths[0])
    return current[0]

def place(p):
    return int(p[0].line), int(p[0].column)

def legacy():
    return set(here().assigned.values())

def is_legacy(fn):
    return fn in legacy()

def convertible(fn):
    return fn in legacy() and here().verdict(fn) is None

def converted():
    """Functions that get parameters: callbacks and their helpers."""
    return {n for fn in legacy() if convertible(fn) for n in here().family(fn)}

def helper(name):
    return name in converted() and name not in legacy()

def gets(name, which, reads=None):
    if not helper(name):
        return False
    got = here().needs(name).get(which)
    return got is not None if reads is None else got is reads

def within(p):
    return p[0].current_element in converted()

def in_callback(p):
    return convertible(p[0].current_element)

def out_of_callback(p):
    return not in_callback(p)

def without(p):
    return not within(p)

def squeeze(expr):
    return re.sub(r'\s*(->|\.)\s*', r'\1', str(expr).strip())

class Place:
    """What coccilib wants of a position."""
    def __init__(self, path, line, column, end):
        self.file, self.line, self.column = path, str(line), str(column)
        self.line_end, self.column_end = self.line, str(end)

def message(fn):
    why = here().verdict(fn)
    if why:
        return "%s: not converted: %s" % (fn, why)
    doc = ["%s()" % n for n in here().family(fn)
           if re.search(r'/\*\*\s*\n\s*\*\s*%s\b' % n, here().src.raw)]
    return "WARNING opportunity for ndo_set_rx_mode_async: %s%s" % (
        fn, ", kernel-doc to update: " + ", ".join(doc) if doc else "")

def messages():
    """For every assignment in the text, whether a rule matches it or not."""
    for src in [here().src] + [Source(p) for p in cocci.files()[1:]]:
        for m in re.finditer(r'\bndo_set_rx_mode(?=\s*=[^=])', src.text):
            line, column = src.place(m.start())
            fn = here().assigned.get((line, column))
            p = Place(src.path, line, column, column + len(m.group(0)))
            if here().crowded:
                yield p, "not converted: spatch has several files at once"
            elif fn:
                yield p, message(fn)
            else:
                yield p, "not converted: the assignment is not understood"

# In a driver that is async already.
LIVE_NOW = re.compile(r'\b(?:netdev_for_each_[um]c_addr|netdev_[um]c_(?:count'
                      r'|empty)|__dev_[um]c_(?:un)?sync)\s*\('
                      r'|(?<=&)\w+(?:(?:->|\.)\w+)*->[um]c\b(?!\s*\.)'
                      r'|\b\w+->[um]c\s*\.\s*count\b')
RTNL_NOW = re.compile(r'\brtnl_(?:try)?lock\w*\s*\(')
WAIT_NOW = re.compile(r'\b(?:flush_\w*work\w*|(?:cancel|disable)_\w*work_sync'
                      r'|drain_workqueue)\s*\(')
LOCKS = re.compile(r'\bnetif_addr_(un)?lock\w*')

def local_reach(fn):
    """fn and what it calls by name in this file."""
    names = [fn]
    for name in names:
        for d in here().local(name):
            names += [w for w in re.findall(r'\b(\w+)\s*\(', d.body)
                      if w not in names and here().local(w)]
    return [d for name in names for d in here().local(name)]

def locked(body, at):
    """Is the address lock taken before that place, and not given back?"""
    last = None
    for last in LOCKS.finditer(body, 0, at):
        pass
    return last is not None and not last.group(1)

def async_messages():
    src, seen = here().src, set()
    for fn in here().async_fns:
        for d in local_reach(fn):
            for pattern, why in (
                    (LIVE_NOW, "live list in the reach of %s" % fn),
                    (RTNL_NOW, "rtnl is held by the caller of %s" % fn),
                    (WAIT_NOW, "%s waits for work that may need rtnl" % fn)):
                for m in pattern.finditer(d.body):
                    at = d.body_at + m.start()
                    if at in seen or (pattern is LIVE_NOW and
                                      locked(d.body, m.start())):
                        continue
                    seen.add(at)
                    line, column = src.place(at)
                    text = m.group(0).rstrip("( \t\n")
                    yield (Place(src.path, line, column, column + len(text)),
                           "WARNING %s: %s" % (why, text))
    if here().async_fns and not here().assigned:
        for m in re.finditer(r'(?:->|\.)\s*(ndo_set_rx_mode)\s*\(', src.text):
            line, column = src.place(m.start(1))
            yield (Place(src.path, line, column, column + len(m.group(1))),
                   "WARNING ndo_set_rx_mode is called, but not set here")

// ----------------------------------------------------------------------------
// What the file says: assignments, functions, uses of the lists, calls.

@init@
identifier s, f;
position p;
@@
struct net_device_ops s = { .ndo_set_rx_mode@p = f, };

@array@
identifier s, f;
position p;
@@
struct net_device_ops s[...] = { ..., { .ndo_set_rx_mode@p = f, }, ... };

@run@
expression e;
identifier f;
position p;
@@
(
e->ndo_set_rx_mode@p = f
|
e.ndo_set_rx_mode@p = f
)

@script:python@
f << init.f;
p << init.p;
@@
here().assigned[place(p)] = f

@script:python@
f << array.f;
p << array.p;
@@
here().assigned[place(p)] = f

@script:python@
f << run.f;
p << run.p;
@@
here().assigned[place(p)] = f

@new_init@
identifier s, f;
@@
struct net_device_ops s = { .ndo_set_rx_mode_async = f, };

@new_array@
identifier s, f;
@@
struct net_device_ops s[...] = { ..., { .ndo_set_rx_mode_async = f, }, ... };

@new_run@
expression e;
identifier f;
@@
(
e->ndo_set_rx_mode_async = f
|
e.ndo_set_rx_mode_async = f
)

@script:python@
f << new_init.f;
@@
here().async_fns[f] = True

@script:python@
f << new_array.f;
@@
here().async_fns[f] = True

@script:python@
f << new_run.f;
@@
here().async_fns[f] = True

@def@
identifier f : script:python() { is_legacy(f) };
identifier d;
@@
void f(struct net_device *d) { ... }

@script:python@
f << def.f;
d << def.d;
@@
here().callbacks[f] = d

@helper@
identifier f : script:python() { here().serves(f) };
parameter list ps;
identifier d;
@@
f(ps, struct net_device *d, ...) { ... }

@script:python@
f << helper.f;
ps << helper.ps;
d << helper.d;
@@
here().add_helper(f, ps, d)

@iter@
iterator name netdev_for_each_uc_addr, netdev_for_each_mc_addr;
identifier ha;
expression d;
statement S;
position p;
@@
(
netdev_for_each_uc_addr@p(ha, d) S
|
netdev_for_each_mc_addr@p(ha, d) S
)

@use@
expression d;
position p;
@@
(
netdev_uc_count@p(d)
|
netdev_mc_count@p(d)
|
netdev_uc_empty@p(d)
|
netdev_mc_empty@p(d)
|
__dev_uc_sync@p(d, ...)
|
__dev_mc_sync@p(d, ...)
|
d->uc@p.count
|
d->mc@p.count
)

@script:python@
d << iter.d;
p << iter.p;
@@
here().lists[place(p)] = (p[0].current_element, squeeze(d))

@script:python@
d << use.d;
p << use.p;
@@
here().lists[place(p)] = (p[0].current_element, squeeze(d))

@call@
identifier f : script:python() { here().serves(f) };
expression list es;
position p;
@@
f@p(es)

@script:python@
f << call.f;
es << call.es;
p << call.p;
@@
here().calls[place(p)] = (p[0].current_element, f,
                          [squeeze(e) for e in es.elements])

// ----------------------------------------------------------------------------

@script:python depends on report@
@@
for p, text in list(messages()) + list(async_messages()):
    coccilib.report.print_report(p, text)

@script:python depends on org@
@@
for p, text in list(messages()) + list(async_messages()):
    coccilib.org.print_todo(p, text.replace("[", "@(").replace("]", ")"))

// ----------------------------------------------------------------------------

@depends on context@
identifier s, f;
@@
struct net_device_ops s = {
*	.ndo_set_rx_mode = f,
};

@depends on context@
identifier s, f;
@@
struct net_device_ops s[...] = { ..., {
*	.ndo_set_rx_mode = f,
}, ... };

@depends on context@
expression e;
identifier f;
@@
(
* e->ndo_set_rx_mode = f
|
* e.ndo_set_rx_mode = f
)

@depends on context@
iterator name netdev_for_each_uc_addr, netdev_for_each_mc_addr;
identifier ha;
expression d;
statement S;
position p : script:python() { within(p) };
@@
(
* netdev_for_each_uc_addr@p(ha, d)
  S
|
* netdev_for_each_mc_addr@p(ha, d)
  S
)

@depends on context@
expression d;
position p : script:python() { within(p) };
@@
(
* netdev_uc_count@p(d)
|
* netdev_mc_count@p(d)
|
* netdev_uc_empty@p(d)
|
* netdev_mc_empty@p(d)
|
* __dev_uc_sync@p(d, ...)
|
* __dev_mc_sync@p(d, ...)
|
* d->uc@p.count
|
* d->mc@p.count
)

// ----------------------------------------------------------------------------
// The lists. Nothing of it reaches a function without the parameter.

@depends on patch@
iterator name netdev_for_each_uc_addr, netdev_hw_addr_list_for_each;
identifier ha, d;
statement S;
position p : script:python() { within(p) };
@@
-netdev_for_each_uc_addr@p
+netdev_hw_addr_list_for_each
 (ha,
- d
+ uc
 ) S

@depends on patch@
iterator name netdev_for_each_mc_addr, netdev_hw_addr_list_for_each;
identifier ha, d;
statement S;
position p : script:python() { within(p) };
@@
-netdev_for_each_mc_addr@p
+netdev_hw_addr_list_for_each
 (ha,
- d
+ mc
 ) S

@depends on patch@
identifier d;
expression list es;
position p : script:python() { within(p) };
@@
(
- netdev_uc_count@p(d)
+ netdev_hw_addr_list_count(uc)
|
- netdev_mc_count@p(d)
+ netdev_hw_addr_list_count(mc)
|
- netdev_uc_empty@p(d)
+ netdev_hw_addr_list_empty(uc)
|
- netdev_mc_empty@p(d)
+ netdev_hw_addr_list_empty(mc)
|
- d->uc@p.count
+ netdev_hw_addr_list_count(uc)
|
- d->mc@p.count
+ netdev_hw_addr_list_count(mc)
|
- __dev_uc_sync@p(
+ __hw_addr_sync_dev(uc,
  d, es)
|
- __dev_mc_sync@p(
+ __hw_addr_sync_dev(mc,
  d, es)
)

// ----------------------------------------------------------------------------
// Helpers: first the calls, then prototypes, then definitions.

@depends on patch@
identifier f : script:python() { gets(f, "uc") };
expression list es;
position p : script:python() { within(p) };
@@
f@p(es
+	, uc
 )

@uc_call depends on patch@
identifier f : script:python() { gets(f, "uc") };
expression list es;
position p : script:python() { without(p) };
@@
f@p(es)

@script:python uc_list@
f << uc_call.f;
es << uc_call.es;
L;
@@
coccinelle.L = cocci.make_expr("&%s->uc" % here().device(f, es))

@depends on patch@
identifier uc_call.f;
expression list uc_call.es;
expression uc_list.L;
position uc_call.p;
@@
f@p(es
+	, L
 )

@depends on patch@
identifier f : script:python() { gets(f, "mc") };
expression list es;
position p : script:python() { within(p) };
@@
f@p(es
+	, mc
 )

@mc_call depends on patch@
identifier f : script:python() { gets(f, "mc") };
expression list es;
position p : script:python() { without(p) };
@@
f@p(es)

@script:python mc_list@
f << mc_call.f;
es << mc_call.es;
L;
@@
coccinelle.L = cocci.make_expr("&%s->mc" % here().device(f, es))

@depends on patch@
identifier mc_call.f;
expression list mc_call.es;
expression mc_list.L;
position mc_call.p;
@@
f@p(es
+	, L
 )

@depends on patch@
type T;
identifier f : script:python() { gets(f, "uc", True) };
parameter list ps;
@@
T f(ps
+ ,
+ const struct netdev_hw_addr_list *uc
 );

@depends on patch@
identifier f : script:python() { gets(f, "uc", True) };
parameter list ps;
@@
f(ps
+ ,
+ const struct netdev_hw_addr_list *uc
 ) { ... }

@depends on patch@
type T;
identifier f : script:python() { gets(f, "uc", False) };
parameter list ps;
@@
T f(ps
+ ,
+ struct netdev_hw_addr_list *uc
 );

@depends on patch@
identifier f : script:python() { gets(f, "uc", False) };
parameter list ps;
@@
f(ps
+ ,
+ struct netdev_hw_addr_list *uc
 ) { ... }

@depends on patch@
type T;
identifier f : script:python() { gets(f, "mc", True) };
parameter list ps;
@@
T f(ps
+ ,
+ const struct netdev_hw_addr_list *mc
 );

@depends on patch@
identifier f : script:python() { gets(f, "mc", True) };
parameter list ps;
@@
f(ps
+ ,
+ const struct netdev_hw_addr_list *mc
 ) { ... }

@depends on patch@
type T;
identifier f : script:python() { gets(f, "mc", False) };
parameter list ps;
@@
T f(ps
+ ,
+ struct netdev_hw_addr_list *mc
 );

@depends on patch@
identifier f : script:python() { gets(f, "mc", False) };
parameter list ps;
@@
f(ps
+ ,
+ struct netdev_hw_addr_list *mc
 ) { ... }

// ----------------------------------------------------------------------------
// The callback itself, in the same order, and the ops that name it.

@depends on patch@
identifier f : script:python() { convertible(f) };
expression d;
position p : script:python() { in_callback(p) };
@@
f@p(d
+	, uc, mc
 )

@depends on patch@
identifier f : script:python() { convertible(f) };
expression d;
position p : script:python() { out_of_callback(p) };
@@
f@p(d
+	, &d->uc, &d->mc
 )

@depends on patch && !void_return@
identifier f : script:python() { convertible(f) };
identifier d;
@@
-void
+int
f(struct net_device *d
+ ,
+ struct netdev_hw_addr_list *uc,
+ struct netdev_hw_addr_list *mc
 );

@depends on patch && !void_return@
identifier f : script:python() { convertible(f) };
identifier d;
@@
-void
+int
f(struct net_device *d
+ ,
+ struct netdev_hw_addr_list *uc,
+ struct netdev_hw_addr_list *mc
 )
{
<...
-return;
+return 0;
...>
}

@depends on patch && void_return@
identifier f : script:python() { convertible(f) };
identifier d;
@@
void f(struct net_device *d
+ ,
+ struct netdev_hw_addr_list *uc,
+ struct netdev_hw_addr_list *mc
 );

@depends on patch && void_return@
identifier f : script:python() { convertible(f) };
identifier d;
@@
void f(struct net_device *d
+ ,
+ struct netdev_hw_addr_list *uc,
+ struct netdev_hw_addr_list *mc
 )
{ ... }

@depends on patch@
identifier s;
identifier f : script:python() { convertible(f) };
@@
struct net_device_ops s = {
-	.ndo_set_rx_mode
+	.ndo_set_rx_mode_async
	= f,
};

@depends on patch@
identifier s;
identifier f : script:python() { convertible(f) };
@@
struct net_device_ops s[...] = { ..., {
-	.ndo_set_rx_mode
+	.ndo_set_rx_mode_async
	= f,
}, ... };

@depends on patch@
expression e;
identifier f : script:python() { convertible(f) };
@@
(
 e->
-ndo_set_rx_mode
+ndo_set_rx_mode_async
 = f
|
 e.
-ndo_set_rx_mode
+ndo_set_rx_mode_async
 = f
)
