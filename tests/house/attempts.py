"""One try after the other at the same case: none leaves anything to the next."""

from sqlalchemy import event, text

from app.kit.db import Base


def rows(connection):
    """How many rows each table has, in one question."""
    names = list(Base.metadata.tables)
    counts = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in names)
    return dict(zip(names, connection.execute(text(f"SELECT {counts}")).one(), strict=True))


class Attempts:
    """Sends each in a savepoint that is given up, so that all begin from the same case."""

    def __init__(self, database, db, browser=None):
        self.db = db
        self.jar = browser.client.cookies if browser else {}
        self.cookies = dict(self.jar)
        self.connection = database.connection
        self.wrote = False
        event.listen(self.connection, "before_cursor_execute", self._note)
        db.flush()
        self.before = rows(self.connection)

    def __call__(self, send):
        """The answer, and the tables that got or lost rows."""
        savepoint = self.connection.begin_nested()
        self.jar.clear()
        self.jar.update(self.cookies)
        self.wrote = False
        try:
            answer = send()
            may_write = answer.status_code < 400 and answer.request.method == "POST"
            after = rows(self.connection) if self.wrote and not may_write else self.before
        except Exception as error:  # what the server could not answer
            return f"{type(error).__name__}: {str(error)[:300]}", {}
        finally:
            savepoint.rollback()
            self.db.expire_all()
        return answer, {name for name in after if after[name] != self.before[name]}

    def _note(self, connection, cursor, statement, *_):
        """Rows are counted only where a statement could have made or taken some."""
        words = statement.split(maxsplit=1)
        self.wrote |= bool(words) and words[0].upper() in {"INSERT", "DELETE", "WITH"}
