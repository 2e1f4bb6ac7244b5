"""The 34 provinces since 01/07/2025 with the places of their centres, to tell how far apart two scans were.

Codes: Decision 19/2025/QĐ-TTg. Centres: the towns where the merged provinces have their seat (Resolution
202/2025/QH15), as degrees north and east rounded to a tenth, that is to about 10 km, by the towns' common
geographical positions; not surveyed, and good for nothing finer than a speed of aeroplanes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import NamedTuple

from people.models import AdminUnit

EARTH_RADIUS_KM = 6371.0


class Province(NamedTuple):
    """Name, and latitude and longitude of the centre in degrees."""

    name: str
    north: float
    east: float


PROVINCES: Mapping[str, Province] = MappingProxyType(
    {
        "01": Province("Hà Nội", 21.0, 105.8),
        "04": Province("Cao Bằng", 22.7, 106.3),
        "08": Province("Tuyên Quang", 21.8, 105.2),
        "11": Province("Điện Biên", 21.4, 103.0),
        "12": Province("Lai Châu", 22.4, 103.5),
        "14": Province("Sơn La", 21.3, 103.9),
        "15": Province("Lào Cai", 21.7, 104.9),
        "19": Province("Thái Nguyên", 21.6, 105.8),
        "20": Province("Lạng Sơn", 21.9, 106.8),
        "22": Province("Quảng Ninh", 21.0, 107.1),
        "24": Province("Bắc Ninh", 21.3, 106.2),
        "25": Province("Phú Thọ", 21.3, 105.4),
        "31": Province("Hải Phòng", 20.9, 106.7),
        "33": Province("Hưng Yên", 20.7, 106.1),
        "37": Province("Ninh Bình", 20.3, 106.0),
        "38": Province("Thanh Hóa", 19.8, 105.8),
        "40": Province("Nghệ An", 18.7, 105.7),
        "42": Province("Hà Tĩnh", 18.3, 105.9),
        "44": Province("Quảng Trị", 17.5, 106.6),
        "46": Province("Huế", 16.5, 107.6),
        "48": Province("Đà Nẵng", 16.1, 108.2),
        "51": Province("Quảng Ngãi", 15.1, 108.8),
        "52": Province("Gia Lai", 13.8, 109.2),
        "56": Province("Khánh Hòa", 12.2, 109.2),
        "66": Province("Đắk Lắk", 12.7, 108.0),
        "68": Province("Lâm Đồng", 11.9, 108.4),
        "75": Province("Đồng Nai", 10.9, 106.8),
        "79": Province("Thành phố Hồ Chí Minh", 10.8, 106.7),
        "80": Province("Tây Ninh", 10.5, 106.4),
        "82": Province("Đồng Tháp", 10.4, 106.4),
        "86": Province("Vĩnh Long", 10.3, 106.0),
        "91": Province("An Giang", 10.0, 105.1),
        "92": Province("Cần Thơ", 10.0, 105.8),
        "96": Province("Cà Mau", 9.2, 105.2),
    }
)


def kilometres(one: str, other: str) -> float:
    """Return the distance of two provinces' centres along the earth; 0 if a code is unknown.

    >>> round(kilometres("01", "79"), -1)  # Hà Nội to Thành phố Hồ Chí Minh
    1140.0
    """
    if one not in PROVINCES or other not in PROVINCES:
        return 0.0
    here, there = PROVINCES[one], PROVINCES[other]
    half_north, half_east = radians(there.north - here.north) / 2, radians(there.east - here.east) / 2
    part = sin(half_north) ** 2 + cos(radians(here.north)) * cos(radians(there.north)) * sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(part))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of provinces by the codes that scans are kept with; a code that is none is left out.

    A province in force on our register has its full name; one that an earlier province shared a code with, or
    that has no office here, the name of the list that the codes are of.
    """
    wanted = set(codes)
    units = AdminUnit.objects.filter(code__in=wanted, level=AdminUnit.Level.PROVINCE, valid_to=None)
    listed = {code: PROVINCES[code].name for code in wanted if code in PROVINCES}
    return listed | dict(units.values_list("code", "name"))
