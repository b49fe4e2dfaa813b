"""The palette keeps the contrast that WCAG AA asks for, in both themes."""

import dataclasses

import pytest

from app.theme import DARK, LIGHT, Palette, contrast, streamlit_options

TEXT, GRAPHIC = 4.5, 3.0
both = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)


def test_contrast_of_black_on_white_is_21_and_of_equal_colours_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#2b57c9", "#2b57c9") == pytest.approx(1)


def test_contrast_agrees_with_the_worked_example_of_the_standard() -> None:
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@both
@pytest.mark.parametrize("name", ["ink", "muted", "accent", "good", "attention", "bad"])
def test_words_can_be_read_on_every_ground(palette: Palette, name: str) -> None:
    for ground in (palette.ground, palette.panel):
        assert contrast(getattr(palette, name), ground) >= TEXT


@both
@pytest.mark.parametrize("ground", ["human_fill", "agent_fill", "system_fill"])
def test_ink_can_be_read_on_who_works(palette: Palette, ground: str) -> None:
    assert contrast(palette.ink, getattr(palette, ground)) >= TEXT


@both
@pytest.mark.parametrize("name", ["human", "agent", "system", "accent"])
def test_marks_stand_out_from_the_ground(palette: Palette, name: str) -> None:
    assert contrast(getattr(palette, name), palette.ground) >= GRAPHIC


@both
def test_ink_can_be_read_on_every_step_of_a_metric(palette: Palette) -> None:
    for ground, ink in zip(palette.heat, palette.on_heat, strict=True):
        assert contrast(ink, ground) >= TEXT


@both
def test_differences_can_be_read_and_told_from_the_ground(palette: Palette) -> None:
    for ground, ink in zip(palette.apart, palette.on_apart, strict=True):
        assert contrast(ink, ground) >= TEXT
    for step in (0, 1, 3, 4):
        assert contrast(palette.apart_line[step], palette.ground) >= GRAPHIC
    assert palette.set_apart().heat == palette.apart


@both
def test_words_can_be_read_on_a_button(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= TEXT


@both
def test_every_colour_is_rrggbb(palette: Palette) -> None:
    values = [v for f in dataclasses.fields(palette) if f.name != "name" for v in _flat(getattr(palette, f.name))]
    assert all(len(v) == 7 and v.startswith("#") and int(v[1:], 16) >= 0 for v in values)


def _flat(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def test_every_theme_option_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    known = set(config.get_config_options())
    assert set(streamlit_options()) <= known
