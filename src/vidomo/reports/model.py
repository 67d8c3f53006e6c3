"""Report versions: posts that we keep for good."""

import msgspec

from vidomo.sources.model import Post


class Version(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One version of a report: the post as it stood from one moment on.

    An edit or a deletion is a new version; nothing is ever overwritten.

    Attributes:
        id: ``ver_`` and a digest of the whole version; the same version twice is one.
        report: ``rep_`` and a digest of source and native id; shared by all versions.
        post: The post as handed over.
        digest: Digest of the text.
        is_observed: Whether ``post.edited_at`` is when we saw the other text, because the
            source did not say when it was edited.
    """

    id: str
    report: str
    post: Post
    digest: str
    is_observed: bool = False
