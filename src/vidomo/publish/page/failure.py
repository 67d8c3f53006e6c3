"""The page for a request that cannot be answered: what was found, and what to do."""

from vidomo.publish.page.frame import Frame, render


def render_failure(status: int, message: str, hint: str, *, frame: Frame) -> str:
    """Return an error page as HTML.

    Args:
        status: HTTP status; 400, 404, 405 or 500.
        message: What was found.
        hint: What to do.
        frame: How the page was asked for.
    """
    title = frame.words(f"failure.title_{status}")
    return render("failure.html.j2", frame=frame, title=title, message=message, hint=hint)
