"""The settings: environment variables `CELAC_QA_*`, or a `.env` file in the working folder.

Read once, at the rim. Parts are given plain arguments and never see this record.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from rapidfuzz import process

from app.errors import SettingsError

PREFIX = "CELAC_QA_"
EXTRACTIVE = "extractive"
LLM_STEPS = frozenset({"draft", "condense", "translate", "claims"})
ENV_FILE = ".env"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DEFAULT_RATE = "120/minute"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """All there is to set. Every field is an environment variable with the prefix `CELAC_QA_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("celac-qa", appauthor=False),
        description="folder of the library and the index",
    )
    encoder: str = Field("bundled", description="`bundled`, a folder, or `hub:ID@REVISION`")
    llm: str = Field(EXTRACTIVE, description="`extractive` or `provider:model`, as LangChain's init_chat_model")
    host: str = Field("127.0.0.1", description="address to serve on")
    port: int = Field(7860, ge=0, le=65535, description="port to serve on; 0 takes any free one")
    require_key: bool | None = Field(
        default=None, description="demand an API key; unset means on every address but loopback"
    )
    allow_uploads: bool = Field(default=False, description="let visitors of the web page add documents")
    chroma_url: str | None = Field(None, description="a Chroma server instead of the embedded store")
    cors_origins: str = Field("", description="origins allowed to call the API from a browser, comma-separated")
    rate_limit: str = Field(
        "", description="requests per key or address, as 120/minute; unset means that on every address but loopback"
    )
    max_concurrency: int = Field(16, ge=1, description="requests worked on at once before the server says 503")
    request_timeout_s: float = Field(60.0, gt=0, description="longest wait for an answer to begin, in seconds")
    allowed_hosts: str = Field("", description="names the server may be called by, comma-separated")
    trusted_proxies: str = Field("", description="reverse proxies whose X-Forwarded-* headers are believed")
    show_unverified: bool = Field(default=False, description="show a model's unproven sentences, marked as such")
    llm_timeout_s: float = Field(30.0, gt=0, description="longest wait for a language model, in seconds")
    llm_max_tokens: int = Field(1200, ge=64, description="longest draft of a language model, in tokens")
    llm_steps: str = Field("draft", description="what the model does: any of draft, condense, translate, claims")
    llm_budget_tokens: int = Field(0, ge=0, description="tokens a process may spend on a model; 0 is no limit")
    llm_budget_cost: float = Field(0.0, ge=0, description="money a process may spend on a model; 0 is no limit")
    llm_price: str = Field("0/0", description="price of a million tokens read/written, as 2.5/10, for the cost budget")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    log_json: bool = Field(default=False, description="logs as JSON lines")
    otel: bool = Field(default=False, description="OpenTelemetry traces, set up by the OTEL_* variables")
    signing_key: SecretStr | None = Field(default=None, description="PEM file that signs evidence packs")

    @field_validator("llm_steps")
    @classmethod
    def _known_steps(cls, value: str) -> str:
        unknown = set(_listed(value)) - LLM_STEPS
        if unknown:
            raise ValueError(f"unknown step {min(unknown)!r}; the steps are {', '.join(sorted(LLM_STEPS))}")
        return value

    @field_validator("llm_price")
    @classmethod
    def _two_prices(cls, value: str) -> str:
        if not re.fullmatch(r"\d+(?:\.\d+)?/\d+(?:\.\d+)?", value):
            raise ValueError("write it as 2.5/10: money per million tokens read / written")
        return value

    @model_validator(mode="after")
    def _cost_needs_a_price(self) -> Self:
        if self.llm_budget_cost and not any(self.prices):
            raise ValueError("a cost budget needs the price of tokens: set CELAC_QA_LLM_PRICE")
        return self

    @property
    def steps(self) -> frozenset[str]:
        """What a language model is used for; nothing with the extractive answer."""
        return frozenset() if self.llm == EXTRACTIVE else frozenset(_listed(self.llm_steps))

    @property
    def prices(self) -> tuple[float, float]:
        """Money per million tokens read and written."""
        read, written = self.llm_price.split("/")
        return float(read), float(written)

    @property
    def is_local(self) -> bool:
        """Whether the server is reached from this machine alone."""
        return self.host in LOOPBACK

    @property
    def needs_key(self) -> bool:
        """Whether callers have to show an API key."""
        return not self.is_local if self.require_key is None else self.require_key

    @property
    def requests_per_caller(self) -> str:
        """How many requests a caller has in a time; empty means any number."""
        return self.rate_limit or ("" if self.is_local else DEFAULT_RATE)

    @property
    def host_names(self) -> frozenset[str]:
        """The names the server answers to; empty means any."""
        named = frozenset(split(self.allowed_hosts))
        return named | LOOPBACK if self.is_local or named else named


def _listed(value: str) -> list[str]:
    return [name for name in re.split(r"[\s,]+", value) if name]


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - one value per field, validated by the model
    """Read the settings from the environment and `.env`.

    Args:
        **overrides: Fields given by the caller; None means not given.

    Raises:
        SettingsError: An unknown `CELAC_QA_*` name, or a value without meaning.
    """
    reject_unknown_names()
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0] if first["loc"] else "LLM_BUDGET_COST").upper()
        raise SettingsError(f"{name}: {first['msg']}") from error


def split(listed: str) -> tuple[str, ...]:
    """Return the entries of a comma-separated setting."""
    return tuple(entry.strip() for entry in listed.split(",") if entry.strip())


def reject_unknown_names() -> None:
    """Raise SettingsError for a `CELAC_QA_*` name that no setting has, naming the nearest one."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted({*os.environ, *_dotenv_names()}):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            nearest = process.extractOne(name.upper(), known)
            raise SettingsError(f"unknown setting {name}; did you mean {nearest[0]}?")


def describe_settings(settings: Settings) -> list[dict[str, str]]:
    """Return one row per setting: name, value (secrets masked), source, meaning."""
    dotenv = _dotenv_names()
    rows = []
    for field, info in Settings.model_fields.items():
        name = PREFIX + field.upper()
        if name in os.environ:
            source = "environment"
        elif name in dotenv:
            source = ".env"
        else:
            source = "argument" if field in settings.model_fields_set else "default"
        rows.append(
            {"name": name, "value": str(getattr(settings, field)), "source": source, "meaning": info.description or ""}
        )
    return rows


def _dotenv_names() -> frozenset[str]:
    from dotenv import dotenv_values

    return frozenset(name.upper() for name in dotenv_values(ENV_FILE))
