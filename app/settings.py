"""Every setting: its type, its default, and one line of meaning.

Read from the environment with the prefix ``CLAUSEWISE_`` (``DATABASE_URL`` may also stand alone),
once, by whoever starts the program; then passed on, never read again deep inside.
"""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix="CLAUSEWISE_", extra="ignore", populate_by_name=True
    )

    database_url: str = Field(
        "sqlite:///var/clausewise.db",
        validation_alias=AliasChoices("DATABASE_URL", "CLAUSEWISE_DATABASE_URL"),
        description="Where the data is kept: sqlite:///path or postgresql://user@host/name.",
    )
    base_url: str = Field(
        "http://127.0.0.1:8000",
        description="The address people reach this instance at; links in mails begin with it.",
    )
    secret_key: str = Field(
        "",
        description="Signs receipts. Empty: made once and kept in var/secret_key.",
    )
    development: bool = Field(
        False, description="Shows /dev/mail and /dev/patterns, and allows cookies over plain HTTP."
    )
    demo: bool = Field(False, description="Offers the seeded, invented people on the sign-in page.")
    groups_by: Literal["anybody", "administrators"] = Field(
        "anybody",
        description="Who makes working groups: anybody who is signed in, or administrators only.",
    )
    smtp_url: str = Field(
        "",
        description="Mail server: smtp://host:port, smtps://user:password@host. Empty: mail waits.",
    )
    mail_from: str = Field(
        "Clausewise <clausewise@localhost>", description="The sender of every mail."
    )
    threads: int = Field(
        4, ge=1, le=64, description="Requests that one worker process works on at once."
    )
    worker_in_process: bool = Field(
        True,
        description="Runs the worker inside the web process; turn off with a worker of its own.",
    )
    body_bytes_max: int = Field(2_000_000, description="Largest request body taken, in bytes.")
    session_days: int = Field(30, ge=1, description="Days after which a sign-in ends.")
    session_idle_days: int = Field(
        14, ge=1, description="Days after which a sign-in ends that is not used meanwhile."
    )
    links_an_hour: int = Field(
        10, ge=0, description="Links by mail that one person may ask for in an hour; 0: any number."
    )
    comments_an_hour: int = Field(
        60, ge=0, description="Comments that one person may make in an hour; 0: any number."
    )
    proposals_an_hour: int = Field(
        30,
        ge=0,
        description="Proposals and revisions that one person may make in an hour; 0: any number.",
    )
    searches_an_hour: int = Field(
        600, ge=0, description="Searches for words by one person in an hour; 0: any number."
    )
    people_a_network: int = Field(
        10, ge=1, description="One network may do as much in an hour as so many people."
    )
    providers: str = Field(
        "",
        description="Accounts of other providers that people can sign in with, as JSON by key.",
    )
    locale: str = Field("en", description="Language where a person has not chosen one.")
    log_format: Literal["auto", "text", "json"] = Field(
        "auto",
        description="How log lines are written: text, json, or auto: text in development only.",
    )
    metrics_token: str = Field(
        "", description="What a monitor sends as bearer token to /metrics. Empty: no such page."
    )
    node_modules: Path = Field(
        Path("node_modules"), description="Where htmx and the fonts were installed by npm."
    )
