"""`/health/live`: the process answers; `/health/ready`: it can find something in the texts."""

from __future__ import annotations

from fastapi import APIRouter

from app.api.openapi import problems
from app.service import Service

PROBE = "migration"


def health_router(service: Service, *, encoder: str) -> APIRouter:
    """Return the health routes.

    Args:
        service: What answers.
        encoder: Its encoder's name.
    """
    router = APIRouter(prefix="/health", tags=["operation"])

    @router.get("/live")
    def live() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "live"}

    @router.get("/ready", responses=problems(503))
    def ready() -> dict[str, str | int]:
        """Search once, and say what the process answers from."""
        service.search(PROBE, k=1)
        return {
            "status": "ready",
            "corpus": service.library.digest,
            "paragraphs": len(service.library),
            "encoder": encoder,
        }

    return router
