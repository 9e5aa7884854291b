"""Seeks files that no reader, nor the cleaner behind it, knows how to refuse: ``python tests/fuzzing/fuzz_readers.py``.

Real saves and small files of every form in, altered (``mutants``) and written anew (``grammar``); findings out, each
as the folder that upset the child process (``oracle``), with what it said.  Not part of the tests: it runs for as
long as it is told to, and what it finds becomes a test that writes the case by itself.

A case that makes something new happen (another sentence, other kinds of blocks) is kept as a seed for further ones.
The same ``--seed`` gives the same cases, as long as program, samples and seconds do not change.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent), str(_HERE.parents[1] / "src")]

from grammar import GRAMMARS, Case  # noqa: E402
from mutants import mutate  # noqa: E402
from oracle import CANARY  # noqa: E402

from archive_viewer import readers  # noqa: E402
from archive_viewer.errors import FileRefused  # noqa: E402
from archive_viewer.model import SavedFile  # noqa: E402
from saved_files import EVERY_FORM  # noqa: E402

_PLACES = (_HERE.parents[1] / ".." / "shared" / "samples", _HERE.parents[1] / "sample_archive")
_LARGEST_SEED = 200_000
_SEEDS_KEPT = 400
_HANG = 90.0
"""Seconds on the clock after which a case is one that never ends."""
_SLOW = 4.0
"""Seconds of the processor that no file of a few MB may need."""
_GROWN = 1_200
"""MB of memory that no such file may need."""


@dataclass
class _Seed:
    name: str
    data: bytes


class _Child:
    """The process that reads; started anew when it is gone."""

    def __init__(self, hash_seed: int) -> None:
        self._environment = {
            **os.environ,
            "PYTHONHASHSEED": str(hash_seed),
            "PYTHONPATH": os.pathsep.join(sys.path[:3]),
        }
        self._start()

    def _start(self) -> None:
        self._said: queue.Queue[str] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", str(_HERE / "oracle.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self._environment,
        )
        for stream in (self._process.stdout, self._process.stderr):
            threading.Thread(target=self._hear, args=(stream, self._said), daemon=True).start()

    @staticmethod
    def _hear(stream: Any, said: queue.Queue[str]) -> None:
        for line in stream:
            said.put(line)
        said.put("")

    def judge(self, folder: Path, case: Case) -> dict[str, Any]:
        """What the child says of a case; ``fault`` where it died, hung, or printed what it should not."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"folder": str(folder), "name": case.name, "words": case.words}) + "\n")
        self._process.stdin.flush()
        said = ""
        try:
            while True:
                line = self._said.get(timeout=_HANG)
                if line.startswith('{"'):
                    answer: dict[str, Any] = json.loads(line)
                    return {**answer, "fault": f"It printed: {said}"} if said and "fault" not in answer else answer
                said += line
                if not line:
                    self._process.wait(5)
                    self._start()
                    return {"fault": f"The process ended with {self._process.returncode}.\n{said[-4000:]}"}
        except (queue.Empty, subprocess.TimeoutExpired):
            self.end()
            self._start()
            return {"fault": f"No end after {_HANG:.0f} seconds.\n{said[-4000:]}"}

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


class _Run:
    """One run: seeds, counts and findings."""

    def __init__(self, seed: int, findings: Path, wanted: list[str]) -> None:
        self._random = Random(seed)
        self._findings = findings
        self._wanted = wanted
        self._seeds = self._gather()
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        self._faults: Counter[str] = Counter()
        self.executions: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.slowest: list[tuple[float, int, str]] = []
        self._children = (_Child(1), _Child(2))
        self._place = Path(tempfile.mkdtemp(prefix="fuzzed-"))
        (self._place / "canary.txt").write_text(CANARY)

    def _gather(self) -> dict[str, list[_Seed]]:
        """The seeds, by the reader that takes them."""
        seeds: dict[str, list[_Seed]] = {name: [] for name in GRAMMARS}
        files = [_Seed(name, data) for name, data in EVERY_FORM.items()]
        for place in _PLACES:
            for path in sorted(place.rglob("*")):
                if path.is_file() and path.stat().st_size <= 2_000_000:
                    files.append(_Seed(path.name, path.read_bytes()))
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                path = Path(folder) / "seed"
                path.write_bytes(file.data)
                try:
                    reader = getattr(readers.reader_of(SavedFile(path, file.name)), "__name__", "").rpartition(".")[2]
                except FileRefused:
                    continue
                seeds[reader].append(file)
        return seeds

    def go_on(self) -> None:
        """One case of the reader that had the least time."""
        name = min(self._wanted, key=lambda name: self.seconds[name])
        case = self._case(name)
        folder = Path(tempfile.mkdtemp(dir=self._place))
        _lay_out(folder, case)
        began = time.monotonic()
        answer = self._children[0].judge(folder, case)
        if "fault" not in answer and self._random.random() < 0.1:
            again = self._children[1].judge(folder, case)
            if again.get("digest") != answer.get("digest"):
                answer["fault"] = again.get("fault") or "Another run gave other captures."
        self.executions[name] += 1
        self.seconds[name] += time.monotonic() - began
        self._note(name, case, folder, answer)
        shutil.rmtree(folder, ignore_errors=True)

    def _case(self, name: str) -> Case:
        random = self._random
        if random.random() < 0.25:
            case = GRAMMARS[name](random)
            if random.random() < 0.5:
                return case
            return Case(case.name, mutate(random, case.data, self._others()), case.beside, case.links)
        seed = random.choice(self._seeds[name])
        if len(seed.data) > _LARGEST_SEED and random.random() < 0.8:
            seed = random.choice(self._seeds[name])
        return Case(seed.name, mutate(random, seed.data, self._others()))

    def _others(self) -> list[bytes]:
        pools = self._random.choices(list(self._seeds.values()), k=3)
        return [self._random.choice(pool).data[:50_000] for pool in pools]

    def _note(self, name: str, case: Case, folder: Path, answer: dict[str, Any]) -> None:
        seconds = answer.get("seconds", 0.0)
        self.slowest = sorted([*self.slowest, (seconds, len(case.data), name)])[-10:]
        if seconds > _SLOW:
            answer.setdefault("fault", f"It took {seconds:.0f} seconds for {len(case.data):,} bytes.")
        if answer.get("grown", 0) > _GROWN:
            answer.setdefault("fault", f"It took {answer['grown']} MB for {len(case.data):,} bytes.")
        if fault := answer.get("fault"):
            self._keep(name, folder, fault)
            return
        kind = json.dumps(answer["kind"])
        if kind not in self._kinds[name]:
            self._kinds[name].add(kind)
            if len(case.data) <= _LARGEST_SEED:
                self._seeds[name].append(_Seed(case.name, case.data))
                if len(self._seeds[name]) > _SEEDS_KEPT:
                    self._seeds[name].pop(self._random.randrange(60, _SEEDS_KEPT))

    def _keep(self, name: str, folder: Path, fault: str) -> None:
        """Copy a finding, but only a few of those that say the same."""
        places = [line.strip() for line in fault.splitlines() if line.lstrip().startswith("File")]
        same = (places[-1] if places else "") + "".join(c for c in fault.splitlines()[-1][:60] if not c.isdigit())
        self._faults[same] += 1
        if self._faults[same] <= 3:
            target = self._findings / f"{sum(self._faults.values()):05}-{name}"
            shutil.copytree(folder, target, symlinks=True)
            (self._findings / f"{target.name}.txt").write_text(fault)
            print(f"\n{target}: {fault[-1500:]}", flush=True)

    def tell(self) -> None:
        for name in self._wanted:
            kinds = len(self._kinds[name])
            print(f"{name:16} {self.executions[name]:8,} cases {self.seconds[name]:7.0f} s {kinds:6,} kinds of outcome")
        for same, count in self._faults.most_common():
            print(f"{count:6} times: {same}")
        for seconds, size, name in self.slowest[-5:]:
            print(f"slow: {seconds:.1f} s, {size:,} bytes, {name}")
        sys.stdout.flush()

    def end(self) -> None:
        for child in self._children:
            child.end()
        shutil.rmtree(self._place, ignore_errors=True)

    @property
    def has_found(self) -> bool:
        return bool(self._faults)


def _lay_out(folder: Path, case: Case) -> None:
    for name, data in {case.name: case.data, **case.beside}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for name, target in case.links.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--reader", action="append", choices=list(GRAMMARS), help="only this one; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, help="the folder for what is found; a temporary one if not given")
    arguments = parser.parse_args()
    # Archives with two members of one name are meant.
    warnings.simplefilter("ignore", UserWarning)
    findings = arguments.findings or Path(tempfile.mkdtemp(prefix="findings-"))
    findings.mkdir(parents=True, exist_ok=True)
    run = _Run(arguments.seed, findings, arguments.reader or list(GRAMMARS))
    end = time.monotonic() + arguments.minutes * 60
    told = time.monotonic()
    try:
        while time.monotonic() < end:
            run.go_on()
            if time.monotonic() - told > 300:
                run.tell()
                told = time.monotonic()
    except KeyboardInterrupt:
        pass
    finally:
        run.end()
    run.tell()
    print(f"findings: {findings}" if run.has_found else "nothing was found")
    return 1 if run.has_found else 0


if __name__ == "__main__":
    sys.exit(main())
