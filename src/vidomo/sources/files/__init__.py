"""Files as sources: texts, articles, JSON lines, channel exports, saved preview pages."""

from vidomo.sources.files.reading import read_posts
from vidomo.sources.files.request import FORMATS

__all__ = ["FORMATS", "read_posts"]
