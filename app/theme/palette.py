"""The colours, light and dark. A colour has one meaning everywhere: who works, how it stands, what can be clicked."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Palette:
    """One theme's colours as #rrggbb."""

    name: str  # light or dark
    ground: str  # behind everything
    panel: str  # behind the sidebar, inputs and table heads
    ink: str  # text
    muted: str  # text that steps back
    line: str  # borders
    accent: str  # what can be clicked
    on_accent: str  # words on it
    human: str  # people: lines, bars
    human_fill: str  # people: ground under ink
    agent: str
    agent_fill: str
    system: str
    system_fill: str
    hatch: str  # unknown performers, always hatched
    edge: str  # paths of a map
    good: str
    attention: str
    bad: str
    heat: tuple[str, str, str, str, str]  # a metric, low to high, as ground
    on_heat: tuple[str, str, str, str, str]  # ink on each of these
    heat_line: tuple[str, str, str, str, str]  # the same metric as a line
    apart: tuple[str, str, str, str, str]  # a difference of two sides, from much more in A to much more in B, as ground
    on_apart: tuple[str, str, str, str, str]  # ink on each of these
    apart_line: tuple[str, str, str, str, str]  # the same difference as a line

    def set_apart(self) -> Palette:
        """It with the colours of differences in the place of those of a metric, for a map of differences."""
        return replace(self, heat=self.apart, on_heat=self.on_apart, heat_line=self.apart_line)

    def css(self) -> dict[str, str]:
        """It as CSS custom properties without their dashes, for the process map."""
        flat = {
            "ground": self.ground, "plain": self.ground, "ink": self.ink, "muted": self.muted, "note": self.ink,
            "line": self.line, "accent": self.accent, "on-accent": self.on_accent,
            "human": self.human, "human-fill": self.human_fill,
            "agent": self.agent, "agent-fill": self.agent_fill, "system": self.system,
            "system-fill": self.system_fill, "hatch": self.hatch, "edge": self.edge,
            "good": self.good, "attention": self.attention, "bad": self.bad,
        }  # fmt: skip
        for step in range(5):
            flat[f"heat-{step}"] = self.heat[step]
            flat[f"on-heat-{step}"] = self.on_heat[step]
            flat[f"heat-line-{step}"] = self.heat_line[step]
        return flat


LIGHT = Palette(
    name="light",
    ground="#ffffff",
    panel="#f5f6f8",
    ink="#1b2026",
    muted="#59636f",
    line="#d5dae1",
    accent="#2b57c9",
    on_accent="#ffffff",
    human="#b3640a",
    human_fill="#fdeed5",
    agent="#0a7a74",
    agent_fill="#d5f1ee",
    system="#66707c",
    system_fill="#e9ecf0",
    hatch="#a9b1bb",
    edge="#98a2ae",
    good="#177245",
    attention="#8f5f00",
    bad="#b8291f",
    heat=("#f4eff9", "#dfd1ee", "#c0a4db", "#7f4fa8", "#562a7d"),
    on_heat=("#1b2026", "#1b2026", "#1b2026", "#ffffff", "#ffffff"),
    heat_line=("#c5bfce", "#ad99c2", "#9373b5", "#784ca0", "#562a7d"),
    apart=("#962b68", "#ecc3da", "#f5f6f8", "#d5dfac", "#55691a"),
    on_apart=("#ffffff", "#1b2026", "#1b2026", "#1b2026", "#ffffff"),
    apart_line=("#962b68", "#c4679b", "#98a2ae", "#7f9237", "#55691a"),
)

DARK = Palette(
    name="dark",
    ground="#14171b",
    panel="#1d2127",
    ink="#e9ebee",
    muted="#a6b0bb",
    line="#373f49",
    accent="#8fb2ff",
    on_accent="#14171b",
    human="#eaa043",
    human_fill="#442f0d",
    agent="#45c2b9",
    agent_fill="#0e3b38",
    system="#9ba6b3",
    system_fill="#2d343d",
    hatch="#5d6773",
    edge="#6a7582",
    good="#5bc98c",
    attention="#e2b23f",
    bad="#ff8b80",
    heat=("#29232f", "#453656", "#644a80", "#b08fd0", "#d9c4ee"),
    on_heat=("#e9ebee", "#e9ebee", "#e9ebee", "#14171b", "#14171b"),
    heat_line=("#514a5b", "#6d5b82", "#8d72ab", "#b08fd0", "#d9c4ee"),
    apart=("#e58abb", "#5e3049", "#1d2127", "#3e481d", "#b9cc6e"),
    on_apart=("#14171b", "#e9ebee", "#e9ebee", "#e9ebee", "#14171b"),
    apart_line=("#e58abb", "#a85c88", "#6a7582", "#84944a", "#b9cc6e"),
)


def palette_for(theme: str | None) -> Palette:
    """The palette of the theme that the browser shows; light where it is not known."""
    return DARK if theme == "dark" else LIGHT


def luminance(colour: str) -> float:
    """Relative luminance of a #rrggbb colour, from 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2); AA asks 4.5 for text and 3 for graphics."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
