"""Providers of language models: opened by name, as LangChain knows them, and tried without spending anything.

Keys come from the provider's own environment variables; nothing here reads, keeps or repeats one.
"""

from __future__ import annotations

from typing import Any

from langchain_core.language_models import BaseChatModel

from app.errors import ModelUnavailableError

EXTRAS = frozenset({"openai", "anthropic", "ollama"})
"""Providers whose package is an extra of this one."""
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_NOT_FOUND = 404


def open_model(name: str, *, timeout_s: float, max_tokens: int) -> BaseChatModel:
    """Open a chat model as LangChain's `init_chat_model` names it.

    Args:
        name: `provider:model`.
        timeout_s: For one reading of the network, in seconds.
        max_tokens: Longest text.

    Raises:
        ModelUnavailableError: The provider's package or key is missing, or the name means nothing.
    """
    from langchain.chat_models import init_chat_model

    provider, _, rest = name.partition(":")
    if not provider or not rest:
        raise ModelUnavailableError(f"{name!r} names no provider; set CELAC_QA_LLM to provider:model or to extractive")
    options: dict[str, Any] = {"max_tokens": max_tokens, "timeout": timeout_s, "max_retries": 0}
    if provider == "ollama":
        options = {"temperature": 0, "num_predict": max_tokens, "client_kwargs": {"timeout": timeout_s}}
    try:
        model: BaseChatModel = init_chat_model(name, **options)
    except ImportError:
        package = f"celac-qa[{provider}]" if provider in EXTRAS else f"langchain-{provider.replace('_', '-')}"
        raise ModelUnavailableError(f"the language model {name} needs a package: pip install '{package}'") from None
    except Exception as error:  # noqa: BLE001 - each provider raises errors of its own
        raise ModelUnavailableError(
            f"the language model {name} cannot be opened ({what_failed(error)}); "
            f"check its name and the provider's variables, such as {provider.upper()}_API_KEY"
        ) from None
    return model


def reach_model(model: BaseChatModel) -> str:
    """Ask a model's server which models it has, which costs no tokens, and say what came of it.

    Args:
        model: From `open_model`.

    Raises:
        ModelUnavailableError: The server is not reached, or does not take the key.
    """
    client = getattr(model, "root_client", None) or getattr(model, "_client", None)
    listing = getattr(getattr(client, "models", client), "list", None)
    if listing is None:
        return "its package is here; this provider cannot be tried without spending tokens"
    try:
        page = listing()
    except Exception as error:  # noqa: BLE001 - each provider raises errors of its own
        if getattr(error, "status_code", None) == _NOT_FOUND:
            return "its server answers, and does not say which models it has"
        raise ModelUnavailableError(
            f"its server is not to be had ({what_failed(error)}); check its address, its key and that it runs"
        ) from None
    found = getattr(page, "data", None) or getattr(page, "models", None) or ()
    return f"its server answers and names {len(found)} models"


def is_passing(error: BaseException) -> bool:
    """Whether an error may be gone on another try: the network, or a server that is busy or broken."""
    import httpx

    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return status in _BUSY
    chain = [error, error.__cause__, error.__context__]
    return any(isinstance(link, httpx.TransportError | ConnectionError | TimeoutError) for link in chain)


def what_failed(error: BaseException) -> str:
    """Name an error by its status or type, never by its message, which may hold a key."""
    status = getattr(error, "status_code", None)
    return f"HTTP {status}" if isinstance(status, int) else type(error).__name__
