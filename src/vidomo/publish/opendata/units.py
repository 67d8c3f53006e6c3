"""How a unit is named in a row: codes of two lists and names in two languages."""

import msgspec

from vidomo.gazetteer.model import Level
from vidomo.publish.atlas import Atlas

_ADM1, _ADM2 = 4, 6
"""Characters of a KATOTTG code that the P-codes of OCHA's administrative boundaries (COD-AB)
consist of at the first and the second level. Not read in the boundaries themselves: compared on
25 November 2026 with a published list of them, all 136 raions and 27 units of the first level."""


class UnitNames(msgspec.Struct, frozen=True, kw_only=True):
    """The first and the second level of a unit; empty where it has none.

    Kyiv and Sevastopol have no raion, and the P-codes have a unit of the second level for each.
    """

    adm1_katottg: str = ""
    adm1_pcode: str = ""
    adm1_name_uk: str = ""
    adm1_name_en: str = ""
    adm2_katottg: str = ""
    adm2_pcode: str = ""
    adm2_name_uk: str = ""
    adm2_name_en: str = ""


def unit_names(code: str, *, atlas: Atlas) -> UnitNames:
    """Return how a unit is named; all empty for the country or an unknown code."""
    unit = atlas.get(code)
    if unit is None or unit.oblast is None:
        return UnitNames()
    raion = unit.raion or ""
    is_city = unit.level is Level.OBLAST and unit.category == "K"
    return UnitNames(
        adm1_katottg=unit.oblast,
        adm1_pcode=unit.oblast[:_ADM1],
        adm1_name_uk=atlas.label(unit.oblast, lang="uk"),
        adm1_name_en=atlas.label(unit.oblast, lang="en"),
        adm2_katottg=raion,
        adm2_pcode=(raion or (unit.oblast if is_city else ""))[:_ADM2],
        adm2_name_uk=atlas.label(raion, lang="uk") if raion else "",
        adm2_name_en=atlas.label(raion, lang="en") if raion else "",
    )
