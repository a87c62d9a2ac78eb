"""`/health/live`: the process answers; `/health/ready`: it can answer questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from app.bootstrap import Services


def health_router(services: Services) -> APIRouter:
    """Return the health routes."""
    router = APIRouter(prefix="/health", tags=["health"])

    @router.get("/live")
    def live() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "live"}

    @router.get("/ready")
    def ready() -> dict[str, str | int]:
        """Say what the process answers from."""
        return {
            "status": "ready",
            "corpus": services.library.digest,
            "paragraphs": len(services.library),
            "encoder": services.encoder.name,
        }

    return router
