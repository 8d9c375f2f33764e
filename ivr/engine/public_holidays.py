"""Which days are public holidays in a country."""

from collections.abc import Callable
from datetime import date
from functools import cache


def public_holidays(country: str) -> Callable[[date], bool]:
    """Tells whether a day is a public holiday of `country` (two letters); safe in many threads.

    Japan's come from jpholiday, which follows the law's text; other countries' from `holidays`.
    Raises ValueError for a country whose holidays are not known.
    """
    if country == "JP":
        import jpholiday

        return lambda day: bool(jpholiday.is_holiday(day))
    import holidays

    @cache
    def of_year(year: int) -> frozenset[date]:
        # A calendar of `holidays` marks a year as known before it has filled it in, so that a
        # second thread would miss days. Each year is built whole, and only then shared.
        return frozenset(holidays.country_holidays(country, years=year))

    try:
        of_year(2000)
    except NotImplementedError as error:
        raise ValueError(f"the public holidays of `{country}` are not known") from error
    return lambda day: day in of_year(day.year)
