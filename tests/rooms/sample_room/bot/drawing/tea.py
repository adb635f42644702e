"""How tea looks."""

from sample_room.conversations.tea.make_tea import (
    MAKE_TEA,
    MOST_SIGNS,
    NO_SCORING,
    WORD_TOO_LONG,
    ComeForTea,
    KindWord,
    MakeTea,
    Recipe,
    TeaIsReady,
    WhatBeside,
    WhichTea,
)
from sample_room.conversations.tea.pour_tea import CLEARED_AWAY, POUR, PourTea, TeaIsCold

from bot.drawing.layout import OFF_SIGN, ON_SIGN, Button, Drawn, other_languages, ways_out, yes
from bot.drawing.look import Bot, Described, Draws, Languages, in_languages
from conversations.engine import Asking
from conversations.prompts import ASIDE, DONE
from wording.catalogue import Wording, escaped
from wording.names import location_name
from wording.numerals import digits, in_a_row

_KHMER = {
    "Which tea shall it be for those who come in {place}?": "តើឆុងតែអ្វី សម្រាប់អ្នកដែលមកនៅ{place}?",
    "made tea": "បានឆុងតែ",
    "poured tea": "បានចាក់តែ",
    "Green tea": "តែបៃតង",
    "Black tea": "តែខ្មៅ",
    "How is it made?": "តើឆុងដូចម្តេច?",
    "A spoon of leaves, hot water, and a little patience.": "ស្លឹកតែមួយស្លាបព្រា ទឹកក្តៅ និងការអត់ធ្មត់បន្តិច។",
    "What goes with it? Tap each one, then tap ✅.": "មានអ្វីជាមួយតែ? សូមចុចលើរបស់នីមួយៗ រួចចុច ✅។",
    "cakes": "នំ",
    "fruit": "ផ្លែឈើ",
    "Go on": "បន្ត",
    "Please write a kind word to those who come.": "សូមសរសេរពាក្យល្អមួយ ជូនអ្នកដែលមក។",
    "A kind word is short: at most {most} letters, please.": "ពាក្យល្អគួរតែខ្លី៖ សូមសរសេរមិនលើសពី {most} តួអក្សរ។",
    "<b>The tea is ready. Thank you!</b>": "<b>តែរួចរាល់ហើយ។ សូមអរគុណ!</b>",
    "{tea}, with {beside}. Cups poured: {cups}.": "{tea} ជាមួយ{beside}។ ចំនួនពែងដែលបានចាក់៖ {cups}។",
    "Pour a cup": "ចាក់មួយពែង",
    "There is tea at the scoring: {tea}, with {beside}.": "មានតែនៅកន្លែងដាក់ពិន្ទុ៖ {tea} ជាមួយ{beside}។",
    "The tea has gone cold. Shall there be a fresh pot?": "តែត្រជាក់អស់ហើយ។ តើឆុងម្តងទៀតទេ?",
    "Make tea": "ឆុងតែ",
    "The tea is cleared away, for the scoring is closed.": "តែត្រូវបានប្រមូលទុកហើយ ព្រោះការដាក់ពិន្ទុបានបិទ។",
    "Tea is made for a scoring. Please open one first.": "តែឆុងសម្រាប់ការដាក់ពិន្ទុ។ សូមបើកការដាក់ពិន្ទុជាមុនសិន។",
    "/tea – make tea for those who come": "/tea – ឆុងតែជូនអ្នកដែលមក",
}
_LEAVES = {"green": "Green tea", "black": "Black tea"}


def which_tea(_: Asking, prompt: WhichTea, say: Wording) -> Drawn:
    place = location_name(prompt.session.location, say)
    text = _said(say, "Which tea shall it be for those who come in {place}?", place=place)
    leaves = tuple(Button(_said(say, name), value=leaf) for leaf, name in _LEAVES.items())
    how = Button(_said(say, "How is it made?"), value=f"{ASIDE}recipe")
    return Drawn(text, (leaves, (how,), ways_out(say, back=False)))


def recipe(_: Asking, __: Recipe, say: Wording) -> Drawn:
    text = _said(say, "A spoon of leaves, hot water, and a little patience.")
    return Drawn(text, (ways_out(say, back=True, leave=False),))


def what_beside(asking: Asking, prompt: WhatBeside, say: Wording) -> Drawn:
    rows = tuple(
        (Button(f"{ON_SIGN if one in asking.draft else OFF_SIGN} {_said(say, one)}", value=one),)
        for one in prompt.options
    )
    text = _said(say, "What goes with it? Tap each one, then tap ✅.")
    return Drawn(text, (*rows, (yes(_said(say, "Go on"), DONE),), ways_out(say, back=True)))


def kind_word(_: Asking, __: KindWord, say: Wording) -> Drawn:
    return Drawn(_said(say, "Please write a kind word to those who come."), (ways_out(say, back=True),))


def tea_is_ready(notice: TeaIsReady, say: Wording, _: Bot) -> Drawn:
    text = _said(say, "<b>The tea is ready. Thank you!</b>") + "\n\n"
    text += _said(
        say,
        "{tea}, with {beside}. Cups poured: {cups}.",
        tea=_said(say, _LEAVES[notice.leaf]),
        beside=_beside(notice.beside, say),
        cups=digits(notice.cups, say.language),
    )
    pour = Button(_said(say, "Pour a cup"), entry=POUR(notice.session, turn=notice.turn))
    return Drawn(text, ((pour,), other_languages(say, notice.entry)))


def tea_is_cold(notice: TeaIsCold, say: Wording, _: Bot) -> Drawn:
    text = _said(say, "The tea has gone cold. Shall there be a fresh pot?")
    make = Button(_said(say, "Make tea"), entry=MAKE_TEA())
    return Drawn(text, ((make,), other_languages(say, notice.entry)))


def come_for_tea(notice: ComeForTea, said: Languages, _: Bot) -> Drawn:
    def told(say: Wording) -> str:
        tea, beside = _said(say, _LEAVES[notice.leaf]), _beside(notice.beside, say)
        return _said(say, "There is tea at the scoring: {tea}, with {beside}.", tea=tea, beside=beside)

    drawn = in_languages(said, told)
    return Drawn(f"{drawn.text}\n\n“{escaped(notice.word)}”", protected=False)


def _beside(codes: tuple[str, ...], say: Wording) -> str:
    return in_a_row([_said(say, one) for one in codes], say.language)


def _said(say: Wording, message: str, **values: str) -> str:
    """A message as Telegram's HTML. A room of the house has the catalogue say it: `say(message, …)`."""
    said = message if say.language == "en" else _KHMER[message]
    return said.format(**{name: escaped(value) for name, value in values.items()})


DRAWS = Draws(
    prompts={
        WhichTea: which_tea,
        Recipe: recipe,
        WhatBeside: what_beside,
        KindWord: kind_word,
    },
    notices={TeaIsReady: tea_is_ready, TeaIsCold: tea_is_cold},
    in_groups={ComeForTea: come_for_tea},
    whys={
        NO_SCORING: lambda say: _said(say, "Tea is made for a scoring. Please open one first."),
        CLEARED_AWAY: lambda say: _said(say, "The tea is cleared away, for the scoring is closed."),
        WORD_TOO_LONG: lambda say: _said(
            say, "A kind word is short: at most {most} letters, please.", most=digits(MOST_SIGNS, say.language)
        ),
    },
    commands={
        "tea": Described(
            lambda say: _said(say, "Make tea"),
            lambda say: _said(say, "/tea – make tea for those who come"),
        ),
    },
    acts={
        MakeTea: lambda say: _said(say, "made tea"),
        PourTea: lambda say: _said(say, "poured tea"),
    },
)
