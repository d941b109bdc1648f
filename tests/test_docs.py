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


def test_what_is_generated_is_fresh() -> None:
    command = [sys.executable, str(HOME / "docs/generate.py"), "--check"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_every_link_of_the_documentation_leads_to_a_file() -> None:
    for page in (HOME / "README.md", *(HOME / "docs").glob("*.md")):
        for target in re.findall(r"\]\(((?!https?:|#)[^)#\s]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
