"""What docs/pilots.md says about links and gaps."""

LINKS_AND_GAPS = """## Links and gaps
Two names are the same name when they agree without case, spacing and punctuation. An activity in other words gets
three suggestions of mined activities to choose from, with a score that ranks and is no probability; a system gets
those whose names look alike. Nothing is linked by a suggestion, since a wrong link hides a gap: a person clicks it on
the page of pilots, part Gaps, or says `tandem pilot link PILOT NAME ACTIVITY`, which is recorded, and from then on the
name counts as the mined one until `tandem pilot unlink`. An orphan is a pilot whose activities and systems stand in no
event log. Stopped pilots are left out of overlaps, gaps and orphans.

`tandem pilot gaps` lists the **gaps**: mined work of people that the newest allocation of its log gives to an agent (an
agent, an agent with approval, or a person with an agent's help: it says which, and whether a person overrode it), and
that no live pilot does. Live are the stages pilot and production. An idea does nothing yet, a paused pilot nothing now,
and of a pilot whose stage is not known nobody can say it; each of these is named beside the gap that it would close.
What is not yet allocated stands apart, with what to do; what the allocation leaves to people, rules or nobody is no gap
and is listed as such with `--json`. Logs with work of simulated performers are left out, and that is said.

A gap is worth the hours that people work on it each month: their instances a month times the median service time, over
the period of the log, at least a month, as the allocation reckons. Most hours come first; gaps whose hours the log
cannot tell come after them, by instances a month, with the reason. The interval (95 %) takes cases as independent: of
the instances it is Fay and Feuer's, of the median that of its order statistics, from six cases on; `worth.py` has the
formulas. Money is hours times the rate that you say (`--rate "45 EUR"`; assumed), else what the log says that the work
costs (measured, or estimated where not every instance has a cost or a known performer). Amounts in two currencies are
never added. The hours are what is worked now and not what an agent would save: docs/allocation.md says what is left
after review, rework and running costs.
"""
