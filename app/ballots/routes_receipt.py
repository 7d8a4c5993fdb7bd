"""Pages for checking receipts, and the key that they are signed with."""

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from app.ballots.forms import ReceiptForm
from app.ballots.models import Ballot
from app.ballots.queries_receipt import check_receipt
from app.ballots.queries_verb import closing_of
from app.ballots.receipts import read_receipt, signer_for
from app.ballots.routes import VisibleBallot
from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.web import page
from app.people.current import Viewer

router = APIRouter()


@router.get("/d/{slug}/b/{number}/receipt")
def receipt_page(
    request: Request, definition: VisibleDefinition, ballot: VisibleBallot, viewer: Viewer
) -> Response:
    return _receipt(request, definition, ballot, Submitted.blank(ReceiptForm))


@router.post("/d/{slug}/b/{number}/receipt")
def check_receipt_page(
    request: Request,
    definition: VisibleDefinition,
    ballot: VisibleBallot,
    viewer: Viewer,
    db: Db,
    form: Annotated[Submitted[ReceiptForm], Depends(submitted(ReceiptForm))],
) -> Response:
    """Answers at once: a receipt in an address would tell every log how somebody voted."""
    if form.errors:
        return _receipt(request, definition, ballot, form, status=422)
    signer = signer_for(request.app.state.settings.secret_key)
    receipt = read_receipt(form.value.receipt)
    checked = check_receipt(db, ballot, closing_of(db, ballot), receipt, signer)
    return _receipt(request, definition, ballot, form, checked=checked)


@router.get("/.well-known/clausewise.json")
def public_key(request: Request, viewer: Viewer) -> Response:
    """The key that receipts are signed with, for whoever wants to check one alone."""
    signer = signer_for(request.app.state.settings.secret_key)
    key = {
        "id": signer.key_id,
        "algorithm": "Ed25519",
        "public_key": base64.b64encode(signer.public_key).decode(),
        "signs": "vote receipts",
    }
    return JSONResponse({"keys": [key]}, headers={"Cache-Control": "public, max-age=3600"})


def _receipt(
    request: Request,
    definition: Definition,
    ballot: Ballot,
    form: Submitted[ReceiptForm],
    *,
    status: int = 200,
    checked: Any = None,
) -> Response:
    signer = signer_for(request.app.state.settings.secret_key)
    return page(
        request,
        "ballots/receipt.html",
        status,
        definition=definition,
        ballot=ballot,
        form=form,
        checked=checked,
        key_id=signer.key_id,
        public_key=base64.b64encode(signer.public_key).decode(),
    )
