"""The contents of a slip that has several, in the form "Lập phiếu xin ý kiến": typed, given their matter, edited.

What else the form asks, and what comes of it, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.consultations.launch_view import Contents, LaunchView, offered_matters
from bot.consultations.rules.rights import refuse_matter
from bot.db.notice import Button, Card
from bot.kit.act import press
from bot.kit.below import Screens
from bot.kit.card import in_rows
from bot.kit.form import Answers, Below
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.regulations.rules.regulation import Matter
from bot.rendering import Rendering, initial
from bot.values.action import Action, action
from bot.values.limits import FEWEST_CONTENTS, MOST_CONTENTS, SUBJECT_LIMIT
from bot.values.names import same
from bot.values.refusal import refuse, require
from bot.values.words import read_line, read_list

LIST, ONE = "contents", "content"
NEEDED = "contents_needed"
"""The screens, as they are named where words are awaited: all contents, and one by its key."""
UP, DOWN = "up", "down"
"""Which way a content moves on the slip."""


# --- typed and given their matter ------------------------------------------------------------


def typed(_view: LaunchView, text: str, _at: datetime) -> Answers:
    """One content a line; which matter each is, is asked next."""
    contents = _with_lines([], text)
    if not FEWEST_CONTENTS <= len(contents) <= MOST_CONTENTS:
        fewest, most = FEWEST_CONTENTS, MOST_CONTENTS
        refuse("contents_count", count=len(contents), fewest=fewest, most=most)
    return {"contents": contents}


def given_matter(view: LaunchView, value: str) -> Answers:
    """The matter of the content that stands; refused as that of a slip is, under the same article."""
    place, _, matter = value.partition("-")
    standing = matterless(view)
    if standing is None or place != str(standing):
        refuse("stale_question")
    return _of_matter(view, view.contents[standing - 1]["key"], matter)


def matterless(view: LaunchView) -> int | None:
    """The first content whose matter nobody has chosen yet, by its place; None where there is none."""
    places = (at for at, each in enumerate(view.contents, 1) if "matter" not in each)
    return next(places, None)


def as_sent(contents: Sequence[Mapping[str, str]]) -> Contents:
    """The contents as a request keeps them: without what told them apart in the form."""
    return [{key: value for key, value in each.items() if key != "key"} for each in contents]


# --- edited ----------------------------------------------------------------------------------


def edited(view: LaunchView) -> str:
    """The screen on which the contents that stand are edited; "" where the slip has one content."""
    return LIST if view.contents else ""


def _added(view: LaunchView, _of: str, text: str, _at: datetime) -> Answers:
    """More contents below those there are, one a line."""
    contents = _with_lines(_several(view), text)
    if len(contents) > MOST_CONTENTS:
        refuse("contents_many", stood=len(view.contents), most=MOST_CONTENTS)
    return {"contents": contents}


def _renamed(view: LaunchView, key: str, text: str, _at: datetime) -> Answers:
    """The content under another name, of the same matter."""
    read_list(text, NEEDED)
    others = [each for each in view.contents if each["key"] != key]
    return _with(view, key, subject=_new_name(others, text))


def _of_matter(view: LaunchView, key: str, matter: str) -> Answers:
    """The content is of that matter; refused as that of a slip is, under the same article."""
    if view.chosen.matter(matter) is None:
        refuse("stale_question")
    require(refuse_matter(view.chosen, Matter(matter), view.ground))
    return _with(view, key, matter=matter)


def _moved(view: LaunchView, key: str, way: str) -> Answers:
    """The content and its neighbour change places."""
    place, contents = _place(view, key), view.contents
    other = place - 1 if way == UP else place + 1
    if way not in (UP, DOWN) or not 0 <= other < len(contents):
        refuse("stale_question")
    contents[place], contents[other] = contents[other], contents[place]
    return {"contents": contents}


def _without(view: LaunchView, key: str) -> Answers:
    """The slip without that content; refused where only one would be left."""
    place, contents = _place(view, key), view.contents
    if len(contents) <= FEWEST_CONTENTS:
        refuse("contents_fewest", fewest=FEWEST_CONTENTS)
    return {"contents": contents[:place] + contents[place + 1 :]}


def _with_lines(contents: Contents, text: str) -> Contents:
    """These contents and one more for every line typed; refused where none is named."""
    grown = list(contents)
    for line in read_list(text, NEEDED):
        grown.append({"subject": _new_name(grown, line)})
    return grown


def _new_name(others: Contents, text: str) -> str:
    """The name typed; refused where another content of the slip has it: members could not tell them apart."""
    subject = read_line(text, SUBJECT_LIMIT)
    if any(same(each["subject"], subject) for each in others):
        refuse("contents_twice", subject=subject)
    return subject


def _with(view: LaunchView, key: str, **said: Any) -> Answers:
    place = _place(view, key)
    contents = view.contents
    contents[place] = {**contents[place], **said}
    return {"contents": contents}


def _place(view: LaunchView, key: str) -> int:
    """Where the content stands, from 0; one that is gone was named by an old screen."""
    places = (at for at, each in enumerate(view.contents) if each["key"] == key)
    place = next(places, None)
    return refuse("stale_question") if place is None else place


def _several(view: LaunchView) -> Contents:
    """The contents there are; a slip of one has none to edit."""
    return view.contents or refuse("stale_question")


# --- how they look ---------------------------------------------------------------------------


def _list(say: Rendering, view: LaunchView, _of: str = "") -> Card:
    """All contents with their matters, each a button; words typed here add one."""
    contents, draft = _several(view), view.draft.id
    rows = [
        (
            Button(
                say.label("contents_button.one", place=place, subject=each["subject"]),
                action("lcontent", draft, each["key"]),
            ),
        )
        for place, each in enumerate(contents, 1)
    ]
    done = Button(say.label("contents_button.done"), action("form_show", draft), style="primary")
    none = Button(say.label("contents_button.none"), action("lcontents_none", draft))
    text = say.text("launch_contents", contents=contents, most=MOST_CONTENTS)
    return Card(text, (*rows, (done,), (none,)))


def _one(say: Rendering, view: LaunchView, key: str) -> Card:
    """One content, and the ways to change it; words typed here rename it."""
    place, count, draft = _place(view, key), len(view.contents), view.draft.id
    ways = [way for way, may in ((UP, place > 0), (DOWN, place < count - 1)) if may]
    presses = [(way, action("lcontent_move", draft, key, way)) for way in ways]
    presses.append(("matter", action("lcontent_matter", draft, key)))
    if count > FEWEST_CONTENTS:
        presses.append(("off", action("lcontent_off", draft, key)))
    buttons = [Button(say.label(f"contents_button.{name}"), way) for name, way in presses]
    back = Button(say.label("contents_button.to_list"), action("lcontents", draft), style="primary")
    text = say.text("launch_content", content=view.contents[place], place=place + 1, count=count)
    return Card(text, (*in_rows(buttons), (back,)))


def matters(say: Rendering, view: LaunchView, key: str) -> Card:
    """The matters to choose from; one that is excluded is refused with its article when chosen."""
    place, draft = _place(view, key), view.draft.id
    rows = [
        (Button(initial(say.label(f"matter.{each}")), action("lcontent_matter", draft, key, each)),)
        for each in offered_matters(view.chosen)
    ]
    back = Button(say.label("button.back"), action("lcontent", draft, key))
    text = say.text("launch_content_matter", content=view.contents[place], place=place + 1)
    return Card(text, (*rows, (back,)))


def asks_none(say: Rendering, view: LaunchView) -> Card:
    """Whether the contents shall be given up, which were typed one by one."""
    draft, contents = view.draft.id, _several(view)
    yes = Button(
        say.label("contents_button.none_yes"),
        action("lcontents_none", draft, "yes"),
        style="danger",
    )
    back = Button(say.label("button.back"), action("lcontents", draft))
    return Card(say.text("launch_contents_none", count=len(contents)), ((yes,), (back,)))


BELOW: Mapping[str, Below[LaunchView]] = {
    LIST: Below(_list, said=_added),
    ONE: Below(_one, said=_renamed),
}
"""The screens below the preview."""
SCREENS = Screens(LaunchView)


# --- what is pressed -------------------------------------------------------------------------


def _at(tap: Tap) -> str:
    """The screen of the content that a press names."""
    return f"{ONE}:{tap.word(1)}"


def _to(tap: Tap) -> Action:
    return action("lcontent", tap.number(0), tap.word(1))


@press("lcontents")
async def show_all(context: Context, tap: Tap) -> Screen:
    """All contents of the slip."""
    return await SCREENS.show(context, tap, LIST)


@press("lcontent")
async def show_one(context: Context, tap: Tap) -> Screen:
    """One content of the slip."""
    return await SCREENS.show(context, tap, _at(tap))


@press("lcontent_matter")
async def set_matter(context: Context, tap: Tap) -> Screen:
    """The matters to choose from for a content, or the one chosen."""
    key, chosen, say = tap.word(1), tap.args[2:], context.say
    if not chosen:
        return await SCREENS.show(context, tap, _at(tap), lambda view: matters(say, view, key))
    matter = chosen[0]
    return await SCREENS.keep(
        context, tap, lambda view: _of_matter(view, key, matter), _at(tap), refused=_to(tap)
    )


@press("lcontent_move")
async def move(context: Context, tap: Tap) -> Screen:
    """A content goes one place up or down."""
    key, way = tap.word(1), tap.word(2)
    return await SCREENS.keep(context, tap, lambda view: _moved(view, key, way), _at(tap))


@press("lcontent_off")
async def take_off(context: Context, tap: Tap) -> Screen:
    """A content comes off the slip; the others stay as they are."""
    key = tap.word(1)
    return await SCREENS.keep(
        context, tap, lambda view: _without(view, key), LIST, refused=_to(tap)
    )


@press("lcontents_none")
async def give_up(context: Context, tap: Tap) -> Screen:
    """The slip has one content after all; asked once."""
    if not tap.args[1:]:
        say = context.say
        return await SCREENS.show(context, tap, LIST, lambda view: asks_none(say, view))
    return await SCREENS.keep(context, tap, lambda view: {"contents": _several(view) and []})
