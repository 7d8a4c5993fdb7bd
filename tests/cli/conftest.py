"""The command line, as an operator has it before them."""

import sys

import pytest

from app import cli


@pytest.fixture
def run(live, monkeypatch, capfdbinary):
    """``run("verify")``: exit code, what was printed, what was complained about."""

    def command(*words, url=live.url):
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setattr(sys, "argv", ["clausewise", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        printed, complained = capfdbinary.readouterr()
        return code, printed.decode(), complained.decode()

    return command
