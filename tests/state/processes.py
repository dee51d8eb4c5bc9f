"""What the tests let other processes do to a state database."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OPEN = """
from data.state.opening import open_state
from data.state.models import models
print("ready", flush=True)
sys.stdin.readline()
assert [m.version for m in models(open_state(sys.argv[1]))] == [1]
"""
DRAFT = """
from data.access.demo_readers import DEMO_READERS
from data.domain.model import ScoringModel
from data.state.models import draft_model
from data.state.opening import open_state
database = open_state(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    draft_model(database, actor=DEMO_READERS["analyst"], definition=ScoringModel(), name=f"n{number}")
    print("drafted", flush=True)
"""
#: Dies after the model's row is written and before its audit row is.
DIE = """
import os, signal
from data.access.demo_readers import DEMO_READERS
from data.domain.model import ScoringModel
from data.state import models
from data.state.opening import open_state
models.record = lambda *_a, **_k: os.kill(os.getpid(), signal.SIGKILL)
models.draft_model(
    open_state(sys.argv[1]), actor=DEMO_READERS["analyst"], definition=ScoringModel(), name="half"
)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python process that runs the code from the repository's folder."""
    command = [sys.executable, "-c", f"import sys\n{code}", *arguments]
    environment = {k: v for k, v in os.environ.items() if k != "STATE_URL"}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def let_go(started: Sequence[subprocess.Popen[str]]) -> None:
    """Wait until all processes are ready, then let them write at the same moment."""
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()


def finish(started: Sequence[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """Wait for processes; return exit code and output of each."""
    outputs = [process.communicate(timeout=120)[0] for process in started]
    return [(p.returncode, said) for p, said in zip(started, outputs, strict=True)]
