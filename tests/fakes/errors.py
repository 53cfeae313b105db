"""Errors as the services raise them."""

from voipdesk.core.errors import BadInput, about_field


def about(key: str, text: str) -> BadInput:
    """Make one that is about a field of a form, within what is about more."""
    try:
        with about_field("outer"), about_field(key):
            raise BadInput(text)
    except BadInput as error:
        return error
