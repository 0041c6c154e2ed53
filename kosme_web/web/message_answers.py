"""수신동의 / 수신거부 (R-030, R-031) for every form that asks: an answer is required, a yes is not."""

from collections.abc import Sequence

from wtforms.validators import ValidationError

from kosme_web.models import Decision
from kosme_web.web.fields import BilingualForm, TextField
from kosme_web.web.languages import both

ANSWERS = [("AGREED", both("Accept")), ("REFUSED", both("Refuse"))]
NO_ANSWER = both("Choose one. You may refuse and still join")


class AnswerField(TextField):
    """None is chosen beforehand."""

    def choices(self) -> Sequence[tuple[str, object]]:
        return ANSWERS


def check_answer(_form: BilingualForm, field: TextField) -> None:
    if field.text not in (Decision.AGREED, Decision.REFUSED):
        raise ValidationError(NO_ANSWER)
