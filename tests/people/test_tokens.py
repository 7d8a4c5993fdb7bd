"""Tokens: made for some things and some time, shown once, and good for nothing else."""

import pytest
from sqlalchemy import select

from app.kit.refusals import NotFound, Refused
from app.kit.scopes import SCOPES
from app.people import actions_token as actions, queries, rules_token as rules, seen
from app.people.models import Token
from app.record.models import Entry
from tests.addresses import addresses

pytestmark = pytest.mark.usefixtures("clock")


def make(db, person, scopes=("read",), days=90):
    return actions.make_token(db, person, name="script", scopes=scopes, days=days)


def code(refusal):
    return getattr(refusal, "code", None)


class TestRules:
    @pytest.mark.parametrize("scope", SCOPES)
    def test_a_token_is_for_what_it_was_made_for_and_nothing_else(self, scope):
        token = Token(scopes=scope)
        for one in SCOPES:
            refusal = rules.may_use_token(token, one)
            assert code(refusal) == (None if one == scope else "token_lacks_scope")
            assert refusal is None or refusal.facts == {"scope": one}

    def test_a_scope_is_no_part_of_another(self):
        assert code(rules.may_use_token(Token(scopes="readwrite"), "read")) == "token_lacks_scope"

    def test_none_is_made_for_nothing(self):
        assert code(rules.may_make_token([])) == "token_without_scope"
        assert rules.may_make_token(["vote"]) is None


class TestVerbs:
    def test_a_token_speaks_for_its_owner_until_revoked(self, db, cast, clock):
        token, secret = make(db, cast.ana)
        found = queries.token_by_secret(db, secret, clock.now)
        assert found is not None and found.person is cast.ana
        actions.revoke_token(db, token, by=cast.ana)
        db.flush()
        assert queries.token_by_secret(db, secret, clock.now) is None

    def test_its_end_is_exclusive(self, db, cast, clock):
        _, secret = make(db, cast.ana, days=30)
        end = clock.forward(days=30)
        assert queries.token_by_secret(db, secret, end) is None
        assert queries.token_by_secret(db, secret, clock.forward(seconds=-1)) is not None

    def test_one_without_an_end_goes_on(self, db, cast, clock):
        _, secret = make(db, cast.ana, days=None)
        assert queries.token_by_secret(db, secret, clock.forward(days=3650)) is not None

    def test_only_its_hash_is_kept(self, db, cast):
        _, secret = make(db, cast.ana)
        row = db.scalars(select(Token)).one()
        assert secret not in (row.token_hash, row.name, row.ending)

    def test_the_entry_says_what_for_and_not_what_it_is_called(self, db, cast):
        make(db, cast.ana, ["admin", "read"])
        entry = db.scalars(select(Entry).where(Entry.verb == "token.made")).one()
        assert entry.about["scopes"] == "read admin"
        assert "script" not in str(entry.about) + str(entry.words)

    def test_it_refuses_one_that_is_for_nothing(self, db, cast):
        with pytest.raises(Refused, match="token_without_scope"):
            make(db, cast.ana, [])

    def test_it_refuses_to_revoke_somebody_elses(self, db, cast):
        token, _ = make(db, cast.ana)
        with pytest.raises(NotFound):
            actions.revoke_token(db, token, by=cast.bruno)


class TestAtMe:
    def test_a_token_is_shown_once_and_works_until_it_is_revoked(self, browser, api, cast, db):
        browser.sign_in(cast.dara).get("/me")
        page = browser.submit("Make a token", name="Minutes")
        secret = page.one("#new-token").text().strip()
        assert page.headers["cache-control"] == "no-store"
        assert secret not in browser.get("/me").html

        def me():
            return api.get("/api/v1/me", headers={"authorization": f"Bearer {secret}"})

        assert me().json()["name"] == "Dara Singh"
        assert me().json()["token"] == {
            "scopes": ["read"],
            "expires_at": "2024-09-01T12:00:00.000Z",
        }
        browser.submit("Revoke")
        assert me().status_code == 401

    def test_it_says_what_each_is_for_when_it_ends_and_when_it_was_used(
        self, app, browser, api, cast, db, clock
    ):
        browser.sign_in(cast.dara).get("/me")
        page = browser.submit(
            "Make a token", name="Counter", scopes=["vote", "admin"], days="never"
        )
        row = page.one("#tokens .row").text()
        assert "Vote" in row and "Keep members" in row and "Write" not in row
        assert "it ends when you revoke it" in row and "not used yet" in row
        secret = page.one("#new-token").text().strip()
        api.get("/api/v1/me", headers={"authorization": f"Bearer {secret}"})
        clock.forward(minutes=5)
        seen.flush(app)
        assert "last used 5 minutes ago" in browser.get("/me").one("#tokens .row").text()

    def test_what_is_ticked_is_kept_where_something_is_missing(self, browser, cast, db):
        browser.sign_in(cast.dara).get("/me")
        page = browser.submit("Make a token", name="", scopes=["write", "vote"], days="365")
        assert page.status == 422
        values = page.form_with("Make a token")[0].values()
        assert (values["scopes"], values["days"]) == (["write", "vote"], ["365"])

    @pytest.mark.parametrize("scopes", [[], ["everything"], ["read", "all"]])
    def test_one_that_is_for_nothing_we_know_is_not_made(self, browser, cast, db, scopes):
        browser.sign_in(cast.dara)
        page = browser._go("POST", "/me/tokens", data={"name": "x", "scopes": scopes})
        assert page.status == 422
        assert db.scalars(select(Token)).all() == []

    def test_what_is_over_is_not_listed(self, browser, cast, db, clock):
        make(db, cast.dara, days=30)
        assert "script" in browser.sign_in(cast.dara).get("/me").one("#tokens").text()
        clock.forward(days=30)
        assert "script" not in browser.get("/me").one("#tokens").text()

    def test_nobody_revokes_the_token_of_somebody_else(self, browser, cast, db):
        token, _ = make(db, cast.dara)
        page = browser.sign_in(cast.eli).post(f"/me/tokens/{token.id}/revocation")
        assert page.status == 404
        assert db.get_one(Token, token.id).revoked_at is None


class TestOverTheApi:
    def test_no_address_takes_a_token_that_was_made_for_all_else(self, app, api, cast, document):
        """Each is asked with every scope but its own; and says which it is."""
        let_in = []
        for one in addresses(app):
            if not one.is_api:
                continue
            method, path = one.method.lower(), one.path.replace(":path", "")
            (scope,) = document["paths"][path][method]["security"][0]["token"]
            others = " ".join(other for other in SCOPES if other != scope)
            program = api.as_(cast.ana, others)
            body = {} if one.is_safe else {"json": {}}
            answer = program.request(one.method, one.with_values(slug="open-source-ai"), **body)
            told = answer.json()
            if answer.status_code != 403 or told["code"] != "token_lacks_scope":
                let_in.append(f"{one}: {answer.status_code}")
            elif f"“{scope}”" not in told["detail"]:
                let_in.append(f"{one}: {told['detail']}")
        assert not let_in

    @pytest.fixture
    def document(self, api):
        return api.get("/api/v1/openapi.json").json()

    def test_a_scope_gives_no_right(self, api, cast):
        answer = api.as_(cast.eli).post(
            "/api/v1/g/open-definitions/members", json={"email": "new@example.org"}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "chairs_only")

    def test_what_was_answered_is_not_told_again_to_a_token_without_the_scope(self, api, cast):
        """The scope is asked before an answer is replayed."""
        comment = {"json": {"clause": 2, "body": "Whose?"}, "headers": {"idempotency-key": "one"}}
        path = "/api/v1/d/open-source-ai/comments"
        assert api.as_(cast.ana).post(path, **comment).status_code == 201
        answer = api.as_(cast.ana, "read").post(path, **comment)
        assert answer.json()["code"] == "token_lacks_scope"

    def test_one_that_is_over_is_unknown(self, api, cast, db, clock):
        _, secret = make(db, cast.ana, days=30)
        headers = {"authorization": f"Bearer {secret}"}
        assert api.get("/api/v1/me", headers=headers).status_code == 200
        clock.forward(days=30)
        assert api.get("/api/v1/me", headers=headers).status_code == 401
