"""Published reliability test systems, entered from their tables.

RTS-79: IEEE Committee Report, "IEEE Reliability Test System", IEEE Transactions on Power
Apparatus and Systems, PAS-98(6), 1979, tables 1 to 4 and 6 (weekly, daily and hourly peak
loads; generating units). RBTS: Billinton et al., "A reliability test system for educational
purposes - basic data", IEEE Transactions on Power Systems 4(3), 1989, table of units; its load
has the shape of RTS-79.
"""

import numpy as np

from vidomo.grid.adequacy import Units

PEAK_MW = 2850.0
RBTS_PEAK_MW = 185.0

# fmt: off
WEEKS = (
    86.2, 90.0, 87.8, 83.4, 88.0, 84.1, 83.2, 80.6, 74.0, 73.7, 71.5, 72.7, 70.4,
    75.0, 72.1, 80.0, 75.4, 83.7, 87.0, 88.0, 85.6, 81.1, 90.0, 88.7, 89.6, 86.1,
    75.5, 81.6, 80.1, 88.0, 72.2, 77.6, 80.0, 72.9, 72.6, 70.5, 78.0, 69.5, 72.4,
    72.4, 74.3, 74.4, 80.0, 88.1, 88.5, 90.9, 94.0, 89.0, 94.2, 97.0, 100.0, 95.2,
)
DAYS = (93, 100, 98, 96, 94, 77, 75)
WINTER = (
    (67, 63, 60, 59, 59, 60, 74, 86, 95, 96, 96, 95, 95, 95, 93, 94, 99, 100, 100, 96, 91, 83, 73, 63),
    (78, 72, 68, 66, 64, 65, 66, 70, 80, 88, 90, 91, 90, 88, 87, 87, 91, 100, 99, 97, 94, 92, 87, 81),
)
SUMMER = (
    (64, 60, 58, 56, 56, 58, 64, 76, 87, 95, 99, 100, 99, 100, 100, 97, 96, 96, 93, 92, 92, 93, 87, 72),
    (74, 70, 66, 65, 64, 62, 62, 66, 81, 86, 91, 93, 93, 92, 91, 91, 92, 94, 95, 95, 100, 93, 88, 80),
)
SPRING_AND_AUTUMN = (
    (63, 62, 60, 58, 59, 65, 72, 85, 95, 99, 100, 99, 93, 92, 90, 88, 90, 92, 96, 98, 96, 90, 80, 70),
    (75, 73, 69, 66, 65, 65, 68, 74, 83, 89, 92, 94, 91, 90, 90, 86, 85, 88, 92, 100, 97, 95, 90, 85),
)
RTS_UNITS = tuple(
    Units(capacity_mw=capacity, count=count, forced_outage_share=share)
    for capacity, count, share in (
        (12, 5, 0.02), (20, 4, 0.10), (50, 6, 0.01), (76, 4, 0.02), (100, 3, 0.04),
        (155, 4, 0.04), (197, 3, 0.05), (350, 1, 0.08), (400, 2, 0.12),
    )
)
RBTS_UNITS = tuple(
    Units(capacity_mw=capacity, count=count, forced_outage_share=share)
    for capacity, count, share in (
        (40, 2, 0.03), (20, 1, 0.025), (10, 1, 0.02), (40, 1, 0.02), (20, 4, 0.015), (5, 2, 0.01),
    )
)
# fmt: on


def hourly_loads(peak_mw: float) -> np.ndarray:
    """Return the 8,736 hours of the year."""
    hours = []
    for week, weekly in enumerate(WEEKS, 1):
        season = SPRING_AND_AUTUMN
        if week <= 8 or week >= 44:
            season = WINTER
        elif 18 <= week <= 30:
            season = SUMMER
        for day, daily in enumerate(DAYS):
            shape = season[day >= 5]
            hours += [peak_mw * weekly * daily * hour / 1e6 for hour in shape]
    return np.array(hours)
