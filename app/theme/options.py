"""The palette and the type as Streamlit's own theme options, so that widgets and pages share one source."""

from __future__ import annotations

from app.theme.palette import DARK, LIGHT, Palette

# The machine's own interface font; where it has none worth reading, the one that Streamlit brings along.
FONT = '-apple-system, "Segoe UI", Inter, "Source Sans", system-ui, sans-serif'
CODE_FONT = 'ui-monospace, "SF Mono", "Cascadia Mono", "Source Code Pro", monospace'


def streamlit_options() -> dict[str, str]:
    """Every `theme.*` option with its value, for both themes."""
    options = {
        "theme.font": FONT,
        "theme.codeFont": CODE_FONT,
        "theme.baseFontSize": "15",
        "theme.baseRadius": "6px",
        "theme.metricValueFontSize": "1.6rem",
        "theme.metricValueFontWeight": "600",
        "theme.paddingTop": "0.75rem",
        "theme.paddingBottom": "3rem",
        "theme.showWidgetBorder": "true",
    }
    for palette in (LIGHT, DARK):
        options |= {f"theme.{palette.name}.{key}": value for key, value in _colours(palette).items()}
        options |= {
            f"theme.{palette.name}.sidebar.backgroundColor": palette.panel,
            f"theme.{palette.name}.sidebar.secondaryBackgroundColor": palette.ground,
            f"theme.{palette.name}.sidebar.borderColor": palette.line,
        }
    return options


def _colours(palette: Palette) -> dict[str, str]:
    states = {"green": palette.good, "orange": palette.attention, "red": palette.bad, "gray": palette.muted}
    return {
        "primaryColor": palette.accent,
        "backgroundColor": palette.ground,
        "secondaryBackgroundColor": palette.panel,
        "textColor": palette.ink,
        "linkColor": palette.accent,
        "borderColor": palette.line,
        "dataframeHeaderBackgroundColor": palette.panel,
        "dataframeHeaderTextColor": palette.muted,
        "codeTextColor": palette.ink,
        "codeBackgroundColor": palette.panel,
        **{f"{name}Color": colour for name, colour in states.items()},
        **{f"{name}TextColor": colour for name, colour in states.items()},
    }
