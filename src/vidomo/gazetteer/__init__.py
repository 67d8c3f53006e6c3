"""Places of Ukraine: units, forms of their names, coordinates; knows nothing of posts."""

from vidomo.gazetteer.index import Found, Gazetteer
from vidomo.gazetteer.model import Form, FormKind, Level, Unit
from vidomo.gazetteer.names import fold

__all__ = ["Form", "FormKind", "Found", "Gazetteer", "Level", "Unit", "fold"]
