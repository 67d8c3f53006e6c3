"""Residents' pages: one small answer first, everything else where the browser can."""

from vidomo.publish.residents.country import country_states, left_out
from vidomo.publish.residents.frame import Leaf, resident_style_source, short_of
from vidomo.publish.residents.place import render_resident_place
from vidomo.publish.residents.plain import render_resident_failure, render_resident_search
from vidomo.publish.residents.reviewed import Tables, bundled_tables
from vidomo.publish.residents.start import render_resident_start

__all__ = [
    "Leaf",
    "Tables",
    "bundled_tables",
    "country_states",
    "left_out",
    "render_resident_failure",
    "render_resident_place",
    "render_resident_search",
    "render_resident_start",
    "resident_style_source",
    "short_of",
]
