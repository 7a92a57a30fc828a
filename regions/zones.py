"""The hour of a region: Indonesia has three time zones, and each province lies in one of them (Keppres 41/1987)."""

from zoneinfo import ZoneInfo

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
#: By how province codes begin. Kalimantan is parted: its west and middle keep the time of Jakarta.
ZONES = {
    **dict.fromkeys(["51", "52", "53", "63", "64", "65", "7"], WITA),
    **dict.fromkeys(["8", "9"], WIT),
}


def zone_of(region_code: str) -> ZoneInfo:
    """The time zone of the region with this code; without one that of the ministry."""
    return ZONES.get(region_code[:2]) or ZONES.get(region_code[:1]) or WIB
