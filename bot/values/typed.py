"""A moment as officials type it, read as it is meant. What may mean two is not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.values.moments import VIET_NAM, WEEKDAYS, begins, in_digits, in_viet_nam, last_of_month
from bot.values.spelled import plain_signs, readings
from bot.values.working_days import WorkingCalendar

FARTHEST = timedelta(days=730)
"""A deadline further away is taken for a typo."""
LONGEST_WAIT = 366
"""Days, working or not, that one may ask to wait."""
NOT_A_TYPO = timedelta(days=185)
"""A day typed without its year and over this long is one of next year: December asks for January."""
LONGEST_TEXT = 200
MOST_DATES = 6
"""Places of a text at which a date may begin; with more it holds several, and none is meant."""
LAST_MINUTE = 59
LAST_MONTH = 12
FIRST_DAYS = 10
"""Days of a month that are called "mùng"."""

FaultKind = Literal[
    "unreadable",
    "ambiguous",
    "vague",
    "impossible",
    "incomplete",
    "no_month",
    "lunar",
    "weekday_mismatch",
    "past",
    "too_far",
]


@dataclass(frozen=True, slots=True)
class MomentFault:
    """Why a typed deadline is not taken; `part` is the piece in question, where there is one.

    unreadable: not understood; ambiguous: it may mean two moments; vague: a week or month, and no day of it;
    impossible: no such day or hour; incomplete: an hour is missing; no_month: so is the month; lunar: a day
    of the lunar calendar; weekday_mismatch: `part` is a day that is the first of `weekdays`, not the second;
    past: not after now; too_far: over two years.
    """

    kind: FaultKind
    part: str = ""
    weekdays: tuple[str, ...] = ()


class _UnfitError(Exception):
    """Carries a fault out of the grammar; it never leaves this module."""

    def __init__(self, kind: FaultKind, part: str = "", weekdays: tuple[str, ...] = ()) -> None:
        super().__init__(kind, part)
        self.fault = MomentFault(kind, part.strip(" ,.-"), weekdays)


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T?| )(\d{2}:\d{2}.*)?", re.IGNORECASE)
_ZONE = re.compile(
    r"\((?:giờ việt nam|còn |đã quá hạn)[^()]*\)|\bgiờ việt nam\b|[()]|(?<=[^\W\d_]):|"
    r" (?:kể )?từ (?:(?:ngày )?hôm nay|nay|bây giờ)\b"
)
_LUNAR = re.compile(r"\b(?:âm lịch|âl|tết|tháng giêng|tháng chạp|rằm)\b")
_VAGUE = re.compile(
    r"\b(?:(?:cuối|đầu|giữa) (?:tuần|tháng|quý|năm|buổi|giờ (?:sáng|chiều))|(?:hết|trong) tuần)\b"
)
_SOON = re.compile(
    r"\b(?:(?<!tuần )(?<!tháng )(?<!quý )(?<!năm )(?P<when>sau|trong)(?: vòng)? )?"
    r"(?P<count>\d{1,3}) ?(?P<unit>giờ|g|h|tiếng|phút)\b(?P<more> nữa)?"
)
_WAIT = re.compile(
    r"\b(?P<when>(?:sau|trong(?: vòng)?) )?(?P<count>\d{1,9}) (?:(?P<working>ngày làm việc)|ngày|(?P<weeks>tuần))\b"
    r"(?P<more> nữa| tới)?"
)
_OF_YEAR = r"(?:(?: năm |,? ?/ ?|,? )(?P<{0}>\d{{4}})| năm (?P<{0}_said>nay|này|sau|tới))?"
_END = re.compile(
    r"\b(?:hết|ngày cuối(?: cùng)?(?: của)?) (?:"
    rf"tháng (?P<month>\d{{1,2}}){_OF_YEAR.format('of_month')}|"
    rf"quý (?P<quarter>[1-4]|i{{1,3}}|iv){_OF_YEAR.format('of_quarter')}|"
    r"(?P<unit>tháng|quý|năm)(?: (?P<which>này|nay|sau|tới|\d{4}))?)(?![\w/])"
)
_DATE = re.compile(
    r"(?=(?<![\d:])(?<!\d[gh])(?P<part>(?P<first>mùng )?(?P<day>\d{1,2}) ?(?P<sign>[/.-]) ?(?P<month>\d{1,2})"
    r"(?: ?(?P=sign) ?(?P<year>\d+)| năm (?P<year_said>\d{4}|nay|này|sau|tới))?(?![\d:/])))"
)
_LONG_DATE = re.compile(
    r"(?=\b(?P<part>(?P<named>ngày )?(?P<first>mùng )?(?P<day>\d{1,2}) tháng "
    rf"(?:(?P<month>\d{{1,2}}){_OF_YEAR.format('year')}|(?P<which>này|sau|tới))(?![\w/])))"
)
"""Dates wherever they may begin, also one within another."""
_DAY_ALONE = re.compile(r"\b(?:ngày|mùng) \d{1,2}\b(?! ?(?:giờ|g|h|:|tháng))")
_RELATIVE = re.compile(
    r"\b(?:((?:ngày )?(?:hôm|bữa) nay|nay)|((?:ngày )?mai)|(ngày kia|(?:ngày )?mốt)|(ngày kìa))\b"
)
_WEEK = re.compile(r"\btuần (?:(này|nay)|(?:sau|tới)( nữa)?)")
_WEEKDAY = re.compile(
    r"\b(?:(?:thứ |t)(?P<digit>[2-7])|thứ (?P<name>hai|ba|tư|năm|sáu|bảy)|chủ nhật|cn)\b"
    r"(?: (?:(?P<coming>tới)|này|nay)\b)?"
)
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?: ?(?:giờ|g|h|:) ?"
    r"(?:kém (?P<short>\d{1,2})|(?P<minute>\d{1,2})|(?P<half>rưỡi))?(?: ?(?:phút|ph|p|'))?(?::00)?| (?P<spoken>rưỡi))"
    r"(?![\w:])"
)
_CLOSE = re.compile(r"\b(?:hết|cuối) giờ (?:làm việc|hành chính)\b")
_PART_OF_DAY = re.compile(r"\b(?:buổi )?(sáng|trưa|chiều|tối|đêm|khuya)\b")
_BEFORE = re.compile(r"\btrước(?: ngày)?\b")
_FILLER = re.compile(
    r"\b(?:ngày|lúc|vào|trước|hạn|chót|cuối|hết|đến|tới|trong|hồi|đúng|(?:chậm|muộn) nhất|là)\b|[ ,.;-]"
)

_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_QUARTERS = ("i", "ii", "iii", "iv")
_HOURS_OF = {
    "sáng": (range(12), range(0)),
    "trưa": (range(10, 14), range(1, 4)),
    "chiều": (range(13, 20), range(1, 8)),
    "tối": (range(17, 24), range(5, 12)),
    "đêm": (range(20, 24), range(8, 12)),
    "khuya": (range(20, 24), range(9, 12)),
}
"""Hours as they are said with a part of the day: as the clock counts them, and twelve short of it."""
_EITHER_DAY = {"tối": {12}, "đêm": {0, 1, 2, 3, 4, 12, 24}, "khuya": {0, 1, 2, 3, 4, 12, 24}}
"""Hours of a night of which nobody knows whether they end that day or begin it."""
_EITHER_HALF = range(1, 7)
"""Hours that mean the afternoon as often as the morning, where neither is said."""


def parse_moment(
    text: str,
    now: datetime,
    calendar: WorkingCalendar,
    day_ends_at: int = 17,
    *,
    earliest: datetime | None = None,
) -> datetime | MomentFault:
    """The moment meant, in Viet Nam's time; a day without an hour ends at `day_ends_at`.

    What may mean two moments is neither. A moment not after now is past, or, where that is given, one not
    after `earliest`.
    """
    here = in_viet_nam(now)
    if len(text) > LONGEST_TEXT:
        return MomentFault("unreadable")
    moment = _meant(text, here, calendar, day_ends_at)
    if isinstance(moment, MomentFault):
        return moment
    if moment <= (earliest or here):
        return MomentFault("past")
    return MomentFault("too_far") if moment - here > FARTHEST else moment


def _meant(
    text: str, here: datetime, calendar: WorkingCalendar, day_ends_at: int
) -> datetime | MomentFault:
    """The one meaning that a text has in all its readings, in which numbers may be days or minutes."""
    try:
        exact = _iso(plain_signs(text).strip(), day_ends_at)
    except _UnfitError as unfit:
        return unfit.fault
    if exact:
        return exact
    found = dict.fromkeys(
        meaning
        for line in readings(text)
        for dated in _ways_to_date(_ZONE.sub(" , ", line))
        for meaning in (_Typed(*dated, here, calendar).meaning(day_ends_at),)
    )
    sense = [each for each in found if not _is(each, "unreadable")]
    likely = [each for each in sense if not _is(each, "impossible", "too_far")]
    moments = [each for each in sense if not isinstance(each, MomentFault)]
    if moments and len(likely) > 1:
        return MomentFault("ambiguous", text.strip())
    return next(iter([*moments, *sense, *found]), MomentFault("unreadable"))


def _is(meaning: datetime | MomentFault, *kinds: FaultKind) -> bool:
    return isinstance(meaning, MomentFault) and meaning.kind in kinds


def _ways_to_date(line: str) -> list[tuple[str, re.Match[str] | None]]:
    """The text without each date that may stand in it, and whole: "9h30 - 27.11" has one, and not the 30th."""
    found = [*_LONG_DATE.finditer(line), *_DATE.finditer(line)]
    longest = {each.end("part"): each for each in reversed(found)}.values()
    if len(longest) > MOST_DATES:
        return [(line, None)]
    return [
        *(
            (f"{line[: each.start('part')]} , {line[each.end('part') :]}", each)
            for each in sorted(longest, key=lambda each: each.start("part"))
        ),
        (line, None),
    ]


def _iso(text: str, day_ends_at: int) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        raise _UnfitError("impossible", text) from None
    if not found[2]:
        return WorkingCalendar.end_of_day(moment.date(), day_ends_at)
    return in_viet_nam(moment if moment.tzinfo else moment.replace(tzinfo=VIET_NAM))


class _Typed:
    """A reading of which pieces are taken out as they are understood; nothing may be left."""

    def __init__(
        self, line: str, dated: re.Match[str] | None, here: datetime, calendar: WorkingCalendar
    ) -> None:
        self._left = line
        self._week: re.Match[str] | None = None
        self._said = dated.string if dated else line
        self._dated = dated
        self._here = here
        self._today = here.date()
        self._calendar = calendar

    def meaning(self, day_ends_at: int) -> datetime | MomentFault:
        """The moment meant, or why there is none."""
        try:
            return self._moment(day_ends_at)
        except _UnfitError as unfit:
            return unfit.fault

    def _moment(self, day_ends_at: int) -> datetime:
        """The moment meant; a weekday alone is its next one that is not over."""
        self._refuse(_LUNAR, "lunar")
        self._refuse(_VAGUE, "vague")
        soon = self._soon()
        days = [each for each in (self._numbered(), self._ended(), self._waited()) if each]
        weekdays, named = self._weekdays()
        days += [each for each in (self._relative(),) if each]
        span = self._span(day_ends_at)
        before = _BEFORE.search(self._left) if span is None else None
        alone = self._take(_DAY_ALONE)
        part = self._take(_PART_OF_DAY) if span is None else None
        known = soon or days or weekdays or span is not None or alone or part or self._week
        if not known or _FILLER.sub("", self._left) or (soon and (days or weekdays or span)):
            raise _UnfitError("unreadable", self._left)
        if len(set(days)) > 1:
            raise _UnfitError("ambiguous", self._said)
        if self._week:
            raise _UnfitError("vague", self._week[0])
        if lacking := alone or part or before:
            kind: FaultKind = "no_month" if alone else "incomplete" if part else "ambiguous"
            raise _UnfitError(kind, lacking[0])
        if soon:
            return soon
        if days and weekdays and days[0].weekday() != weekdays[0].weekday():
            real = WEEKDAYS[days[0].weekday()]
            raise _UnfitError("weekday_mismatch", in_digits(days[0]), (real, named))
        span = timedelta(hours=day_ends_at) if span is None else span
        possible = days or weekdays or [self._today]
        moments = [begins(each) + span for each in possible]
        return next((moment for moment in moments if moment > self._here), moments[0])

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self._left)
        if found:
            self._drop(found)
        return found

    def _drop(self, found: re.Match[str]) -> None:
        self._left = f"{self._left[: found.start()]} , {self._left[found.end() :]}"

    def _refuse(self, pattern: re.Pattern[str], kind: FaultKind) -> None:
        found = pattern.search(self._left)
        if found:
            raise _UnfitError(kind, found[0])

    # --- the day -----------------------------------------------------------------------------

    def _soon(self) -> datetime | None:
        """So many hours or minutes from now; "sau 3 giờ" may also be past three o'clock."""
        for found in _SOON.finditer(self._left):
            if not (found["when"] or found["more"]):
                continue
            hours = found["unit"] != "phút"
            if found["when"] == "sau" and not found["more"] and found["unit"] in {"giờ", "g", "h"}:
                raise _UnfitError("ambiguous", found[0])
            self._drop(found)
            count = int(found["count"])
            return self._here + (timedelta(hours=count) if hours else timedelta(minutes=count))
        return None

    def _waited(self) -> date | None:
        """The last of so many days, working days or weeks after today."""
        for found in _WAIT.finditer(self._left):
            if not (found["when"] or found["more"] or found["working"]):
                continue
            self._drop(found)
            count = int(found["count"])
            days = count * 7 if found["weeks"] else count
            if days > LONGEST_WAIT:
                raise _UnfitError("too_far", found[0])
            if found["working"]:
                return self._calendar.add_working_days(self._today, count)
            return self._today + timedelta(days=days)
        return None

    def _numbered(self) -> date | None:
        found = self._dated
        if found is None:
            return None
        part, day = found["part"], int(found["day"])
        if found["first"] and day > FIRST_DAYS:
            raise _UnfitError("impossible", part)
        if found["month"]:
            return self._day(part, day, int(found["month"]), found["year"] or found["year_said"])
        if found["which"] != "này" and not (found["named"] or found["first"]):
            raise _UnfitError("ambiguous", part)  # so many months on, or that day of the next
        year, month = divmod(self._month_from_now(found["which"]), LAST_MONTH)
        return self._day(part, day, month + 1, str(year))

    def _month_from_now(self, said: str) -> int:
        """Months since the year 0, of this month or the next."""
        return self._today.year * LAST_MONTH + self._today.month - 1 + (said in ("sau", "tới"))

    def _day(self, part: str, day: int, month: int, year: str | None) -> date:
        """The day of that month; without a year the one that is not over for long."""
        try:
            if year:
                return date(self._year(year), month, day)
            this_year = date(self._today.year, month, day)
            if self._today <= this_year or self._today - this_year < NOT_A_TYPO:
                return this_year
            return this_year.replace(year=this_year.year + 1)
        except ValueError:
            raise _UnfitError("impossible", part) from None

    def _year(self, said: str) -> int:
        if not said.isdecimal():
            return self._today.year + (said in ("sau", "tới"))
        if len(said) == len("26"):
            return 2000 + int(said)
        if len(said) == len("2026"):
            return int(said)
        raise ValueError(f"no year: {said}")

    def _ended(self) -> date | None:
        """The last day of a month, a quarter or a year: "hết tháng 3"."""
        found = self._take(_END)
        if not found:
            return None
        part, unit, which = found[0], found["unit"], found["which"]
        if found["month"]:
            year = found["of_month"] or found["of_month_said"]
            return self._last_of(part, int(found["month"]), year)
        if quarter := found["quarter"]:
            place = int(quarter) if quarter.isdecimal() else _QUARTERS.index(quarter) + 1
            year = found["of_quarter"] or found["of_quarter_said"]
            return self._last_of(part, place * 3, year)
        if unit == "năm":
            return self._last_of(part, LAST_MONTH, which or "nay")
        if which and which.isdecimal():
            raise _UnfitError("unreadable", part)
        ahead, months = self._month_from_now("này"), 3 if unit == "quý" else 1
        ahead += months - 1 - ahead % months
        year, before = divmod(ahead + months * (which in ("sau", "tới")), LAST_MONTH)
        return self._last_of(part, before + 1, str(year))

    def _last_of(self, part: str, month: int, year: str | None) -> date:
        if not 1 <= month <= LAST_MONTH:
            raise _UnfitError("impossible", part)
        of = self._year(year) if year else self._today.year
        day = last_of_month(of, month)
        if year is None and self._today - day >= NOT_A_TYPO:
            return last_of_month(of + 1, month)
        return day

    def _relative(self) -> date | None:
        found = self._take(_RELATIVE)
        if not found:
            return None
        ahead = next(place for place in range(4) if found[place + 1])
        return self._today + timedelta(days=ahead)

    def _weekdays(self) -> tuple[list[date], str]:
        """The days a weekday may mean, nearest first, with its name; one where its week is said."""
        week, found = self._take(_WEEK), self._take(_WEEKDAY)
        if not found:
            self._week = week
            return [], ""
        digit, name = found["digit"], found["name"]
        place = int(digit) - 2 if digit else _WEEKDAYS.index(name) if name else 6
        monday = self._today - timedelta(days=self._today.weekday())
        days = [monday + timedelta(days=place + 7 * ahead) for ahead in range(3)]
        if week:
            ahead = 0 if week[1] else 2 if week[2] else 1
            return [days[ahead]], WEEKDAYS[place]
        first = self._today + timedelta(days=bool(found["coming"]))
        return [day for day in days if day >= first], WEEKDAYS[place]

    # --- the hour ----------------------------------------------------------------------------

    def _span(self, day_ends_at: int) -> timedelta | None:
        """The time from midnight; "3 giờ chiều" is 15 hours, "8 giờ kém 15" a quarter before eight."""
        if self._take(_CLOSE):
            return timedelta(hours=day_ends_at)
        found = self._take(_TIME)
        if not found:
            return None
        part = self._take(_PART_OF_DAY)
        minute = 30 if found["half"] or found["spoken"] else int(found["minute"] or 0)
        short = int(found["short"] or 0)
        span = timedelta(hours=_hour(found, part[1] if part else ""), minutes=minute - short)
        if max(minute, short) > LAST_MINUTE or not timedelta() <= span <= timedelta(days=1):
            raise _UnfitError("impossible", found[0])
        return span


def _hour(said: re.Match[str], part: str) -> int:
    """The hour by the clock of twenty-four, where the part of the day leaves one."""
    hour, whole = int(said["hour"]), f"{said[0].strip()} {part}".strip()
    if not part:
        if hour in _EITHER_HALF and len(said["hour"]) == 1:
            raise _UnfitError("ambiguous", whole)
        return hour
    if hour in _EITHER_DAY.get(part, ()):
        raise _UnfitError("ambiguous", whole)
    as_it_is, twelve_short = _HOURS_OF[part]
    if hour not in as_it_is and hour not in twelve_short:
        raise _UnfitError("impossible", whole)
    return hour if hour in as_it_is else hour + 12
