"""Open data: tables, maps, a feed and a calendar as one package, made of the open view alone."""

from vidomo.publish.opendata.ledger import Ledger
from vidomo.publish.opendata.package import NAME, Package, make_package

__all__ = ["NAME", "Ledger", "Package", "make_package"]
