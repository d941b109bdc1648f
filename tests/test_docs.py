"""What the documentation shows is run, so that it stays true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[1]
_FILE = re.compile(r'^```python title="([\w.]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def test_the_analyzer_of_the_guide_passes_the_tests_of_the_guide(tmp_path: Path) -> None:
    files = dict(_FILE.findall((HOME / "docs/writing-an-analyzer.md").read_text()))
    assert set(files) == {"mongoose.py", "test_mongoose.py"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        "test_mongoose.py",
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "2 passed" in ran.stdout
