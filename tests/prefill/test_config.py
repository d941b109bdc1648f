"""Settings: corrections by the user, understood or refused, and never able to run anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from prefill.config import Config, read_config
from prefill.errors import PrefillError
from prefill.testing import open_repository, write

if TYPE_CHECKING:
    from pathlib import Path


def _read(folder: Path, files: dict[str, str]) -> Config:
    write(folder, files)
    return read_config(open_repository(folder))


def test_settings_stand_in_prefill_toml(tmp_path: Path) -> None:
    text = 'app = "apps/web"\nexclude = ["legacy"]\ndismiss = ["dead-gate"]\n[pin]\n"Language" = "TypeScript, mostly"\n'
    config = _read(tmp_path, {"prefill.toml": text})
    assert config.path == "prefill.toml"
    assert config.app == "apps/web"
    assert config.exclude == ("legacy",)
    assert config.dismiss == ("dead-gate",)
    assert dict(config.pin) == {"Language": "TypeScript, mostly"}


def test_or_in_pyproject_toml(tmp_path: Path) -> None:
    config = _read(tmp_path, {"pyproject.toml": '[project]\nname = "x"\n[tool.prefill]\napp = "web"\n'})
    assert (config.path, config.app) == ("pyproject.toml", "web")


def test_without_settings_there_are_none(tmp_path: Path) -> None:
    assert _read(tmp_path, {"pyproject.toml": "[project]\nname = 'x'\n"}) == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("app = 3\n", r"prefill.toml:1: `app` names a folder"),
        ('\napp = "../other"\n', r"prefill.toml:2: `app` names a folder"),
        ('app = "/etc"\n', r"`app` names a folder"),
        ('exclude = "legacy"\n', r"`exclude` is a list of strings"),
        ('[pin]\n"Langage" = "x"\n', r"prefill.toml:2: `Langage` is not a label; the labels are Frameworks"),
        (
            'analyzers = ["mine"]\n',
            r"`analyzers` is not a setting of prefill; the settings are app, dismiss, exclude, pin",
        ),
        ("app = \n", r"prefill.toml:1: is not valid TOML"),
    ],
)
def test_a_setting_that_cannot_be_understood_ends_the_run_with_its_place(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(PrefillError, match=message):
        _read(tmp_path, {"prefill.toml": text})


def test_a_broken_pyproject_toml_is_not_ours_to_complain_about(tmp_path: Path) -> None:
    assert _read(tmp_path, {"pyproject.toml": "[tool.prefill\n"}) == Config()
