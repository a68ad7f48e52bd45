"""What tests share: a command run in this process, and an interrupt that is not ignored."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ciskg.cli import run

# Background jobs of a shell ignore the interrupt, and what they start inherits that; the tests that
# interrupt ciskg mean one that somebody started in the foreground.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def ciskg(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Run a command in an empty folder; gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call
