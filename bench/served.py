"""The application as it is served, with one page more: the constant that others are measured by."""

from fastapi import FastAPI
from starlette.responses import HTMLResponse

from app.main import create_app

CONSTANT = "/bench/constant"
BYTES = 30_000


def create() -> FastAPI:
    """What uvicorn serves while measuring."""
    application = create_app()
    body = ("<!doctype html><title>constant</title><p>" + "x" * BYTES)[:BYTES]

    @application.get(CONSTANT)
    def constant() -> HTMLResponse:
        return HTMLResponse(body)

    return application
