"""The application: settings, database, guards, answers to exceptions, and the routers by room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware

import app.ballots.api
import app.ballots.api_recusal
import app.ballots.routes
import app.ballots.routes_receipt
import app.ballots.routes_recusal
import app.definitions.api
import app.definitions.api_versions
import app.definitions.routes_clause
import app.definitions.routes_compare
import app.definitions.routes_import
import app.definitions.routes_new
import app.discussions.api
import app.discussions.api_appeal
import app.discussions.api_block
import app.discussions.api_hiding
import app.discussions.api_log
import app.discussions.api_moderation
import app.discussions.api_slow
import app.discussions.routes
import app.discussions.routes_appeal
import app.discussions.routes_block
import app.discussions.routes_hiding
import app.discussions.routes_log
import app.discussions.routes_moderation
import app.discussions.routes_report
import app.exports.api
import app.exports.routes
import app.groups.api
import app.groups.api_category
import app.groups.api_conduct
import app.groups.api_interest
import app.groups.api_invitations
import app.groups.api_joining
import app.groups.api_members
import app.groups.api_passkey
import app.groups.api_standing
import app.groups.routes
import app.groups.routes_category
import app.groups.routes_interest
import app.groups.routes_invitation
import app.groups.routes_joining
import app.groups.routes_list
import app.groups.routes_member
import app.groups.routes_passkey
import app.groups.routes_people
import app.groups.routes_requests
import app.people.api
import app.people.routes
import app.people.routes_identity
import app.people.routes_me
import app.people.routes_passkey
import app.people.routes_provider
import app.people.routes_session
import app.people.routes_sign_out
import app.people.routes_token
import app.proposals.api
import app.proposals.routes
import app.reading.api_coverage
import app.reading.api_news
import app.reading.api_record
import app.reading.routes
import app.reading.routes_api
import app.reading.routes_clause
import app.reading.routes_data
import app.reading.routes_demo
import app.reading.routes_erasure
import app.reading.routes_group
import app.reading.routes_group_start
import app.reading.routes_home
import app.reading.routes_patterns
import app.reading.routes_proposal
import app.reading.routes_record
import app.reading.routes_version
from app.kit.answers import answer_exceptions
from app.kit.api import PREFIX
from app.kit.assets import OwnFiles, PackageFiles
from app.kit.db import Database
from app.kit.guards import Guards
from app.kit.meters import Meters
from app.kit.pages import KeptPages
from app.kit.secret_key import with_secret_key
from app.kit.watch import Watch
from app.kit.web import make_templates
from app.operating.probes import add_probes
from app.people.provider_client import ProviderClient
from app.people.providers import read_providers
from app.people.seen import flushed
from app.record.queries import size_of
from app.settings import Settings

# Every room's pages and API, in the order in which addresses are matched: ballots first, since a
# whole group may vote in the same minute.
ROUTERS = (
    app.ballots.routes.router,
    app.reading.routes_home.router,
    app.reading.routes.router,
    app.people.routes.router,
    app.people.routes_sign_out.router,
    app.people.routes_provider.router,
    app.people.routes_identity.router,
    app.people.routes_me.router,
    app.people.routes_passkey.router,
    app.people.routes_session.router,
    app.people.routes_token.router,
    app.reading.routes_data.router,
    app.reading.routes_erasure.router,
    app.people.api.router,
    app.groups.routes.router,
    app.groups.routes_category.router,
    app.groups.routes_list.router,
    app.groups.routes_people.router,
    app.groups.routes_member.router,
    app.groups.routes_interest.router,
    app.groups.routes_passkey.router,
    app.groups.routes_invitation.router,
    app.groups.routes_joining.router,
    app.groups.routes_requests.router,
    app.groups.api.router,
    app.groups.api_conduct.router,
    app.groups.api_members.router,
    app.groups.api_standing.router,
    app.groups.api_interest.router,
    app.groups.api_category.router,
    app.groups.api_passkey.router,
    app.groups.api_invitations.router,
    app.groups.api_joining.router,
    app.definitions.routes_compare.router,
    app.definitions.routes_import.router,
    app.definitions.routes_clause.router,
    app.definitions.routes_new.router,
    app.definitions.api.router,
    app.definitions.api_versions.router,
    app.exports.routes.router,
    app.exports.api.router,
    app.reading.routes_api.router,
    app.reading.routes_demo.router,
    app.reading.routes_patterns.router,
    app.reading.routes_group.router,
    app.reading.routes_group_start.router,
    app.reading.routes_record.router,
    app.reading.api_record.router,
    app.reading.api_news.router,
    app.reading.api_coverage.router,
    app.reading.routes_clause.router,
    app.reading.routes_version.router,
    app.proposals.routes.router,
    app.proposals.api.router,
    app.reading.routes_proposal.router,
    app.discussions.routes.router,
    app.discussions.routes_report.router,
    app.discussions.routes_hiding.router,
    app.discussions.routes_moderation.router,
    app.discussions.routes_block.router,
    app.discussions.routes_log.router,
    app.discussions.routes_appeal.router,
    app.ballots.routes_receipt.router,
    app.ballots.routes_recusal.router,
    app.ballots.api.router,
    app.ballots.api_recusal.router,
    app.discussions.api.router,
    app.discussions.api_moderation.router,
    app.discussions.api_hiding.router,
    app.discussions.api_slow.router,
    app.discussions.api_block.router,
    app.discussions.api_log.router,
    app.discussions.api_appeal.router,
)


def create_app(settings: Settings | None = None, database: Database | None = None) -> FastAPI:
    """The web application. settings: read from the environment when not given."""
    settings = with_secret_key(settings or Settings())
    meters = Meters() if settings.metrics_token else None
    application = FastAPI(
        title="Clausewise",
        version="1",
        summary="Where a working group agrees on a definition, clause by clause.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would name the address as the proxy sees it
        middleware=[
            Middleware(Watch, meters=meters),
            Middleware(Guards, settings=settings),
            Middleware(KeptPages, size_of=size_of),
        ],
        lifespan=_lifespan,
    )
    application.state.settings = settings
    application.state.database = database or Database(settings.database_url)
    application.state.meters = meters
    application.state.templates = make_templates(settings)
    application.state.providers = ProviderClient(
        read_providers(settings.providers, development=settings.development),
        base_url=settings.base_url,
        development=settings.development,
    )
    answer_exceptions(application)
    add_probes(application)
    for router in ROUTERS:
        _add_routes(application, router)
    _mount_files(application, settings)
    return application


def _add_routes(application: FastAPI, router: APIRouter) -> None:
    """A room's routes as they stand: FastAPI would prepare each anew, and match more slowly."""
    for route in router.routes:
        assert isinstance(route, APIRoute)
        route.include_in_schema &= router.prefix == PREFIX
        application.router.routes.append(route)


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    """A small thread limit: past it, threads wait for each other and everybody waits longer."""
    settings: Settings = application.state.settings
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
    async with flushed(application):
        yield
    application.state.database.dispose()


def _mount_files(application: FastAPI, settings: Settings) -> None:
    """Our own files, and the packages that npm installed: htmx and the typefaces."""
    application.mount("/static", OwnFiles(fresh=settings.development), name="static")
    for name, package in (("htmx", "htmx.org/dist"), ("fonts", "@fontsource-variable")):
        files = PackageFiles(directory=settings.node_modules / package, check_dir=False)
        application.mount(f"/assets/{name}", files, name=name)
