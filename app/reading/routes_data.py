"""All that is held about oneself, to read and to take away. Nobody else's, and kept by no cache."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.kit import clock
from app.kit.db import Db
from app.kit.web import page
from app.people.current import SignedIn
from app.reading.queries_data import data_of, plain

router = APIRouter()

FORMAT = "clausewise person 1"
NOT_KEPT = "private, no-store"


@router.get("/me/data")
def data_page(request: Request, db: Db, person: SignedIn) -> Response:
    answer = page(request, "people/data.html", parts=data_of(db, person))
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer


@router.get("/me/data.json")
def data_file(db: Db, person: SignedIn) -> Response:
    parts = {
        key: [{name: plain(value) for name, value in row.items()} for row in rows]
        for key, rows in data_of(db, person).items()
    }
    return JSONResponse(
        {"format": FORMAT, "at": plain(clock.now()), **parts},
        headers={
            "Cache-Control": NOT_KEPT,
            "Content-Disposition": 'attachment; filename="clausewise-data.json"',
        },
    )
