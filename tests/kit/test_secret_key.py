"""The key that signs receipts: made once, whoever starts first, and read by its owner only."""

import threading
from pathlib import Path

import pytest

from app.kit.secret_key import with_secret_key
from app.settings import Settings

AT_ONCE = 12


def test_processes_that_start_at_once_have_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keys: list[str] = []
    barrier = threading.Barrier(AT_ONCE)

    def start() -> None:
        barrier.wait(10)
        keys.append(with_secret_key(Settings(secret_key="")).secret_key)

    threads = [threading.Thread(target=start) for _ in range(AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert len(keys) == AT_ONCE
    assert set(keys) == {(tmp_path / "var/secret_key").read_text()}
    assert len(keys[0]) == 64
    assert [one.name for one in (tmp_path / "var").iterdir()] == ["secret_key"]
    assert (tmp_path / "var/secret_key").stat().st_mode & 0o077 == 0


def test_a_key_that_was_set_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert with_secret_key(Settings(secret_key="mine")).secret_key == "mine"
    assert not (tmp_path / "var").exists()
