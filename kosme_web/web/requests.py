"""The request as every screen reads it: bounded, and without the characters that nobody can type."""

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest, HTTPException

from kosme_web.domain.typed import CONTROLS


class CleanRequest(Request):
    """Leaves control characters out of every posted text, and parts that have no name."""

    def _load_form_data(self) -> None:
        try:
            super()._load_form_data()
        except (HTTPException, ValueError, LookupError) as error:
            # told once, the error page then finds an empty form; the parser has no error of its own for broken parts
            vars(self).update(form=ImmutableMultiDict(), files=ImmutableMultiDict())
            if isinstance(error, HTTPException):
                raise
            raise BadRequest from None
        pairs = list(self.form.items(multi=True))
        if any(name is None or CONTROLS.search(name + text) for name, text in pairs):
            named = [(name, CONTROLS.sub("", text)) for name, text in pairs if name is not None]
            vars(self)["form"] = ImmutableMultiDict(named)
