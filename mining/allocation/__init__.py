"""Allocation: who should do each task of a workflow map, from its log, open to a person's answers and override."""

from mining.allocation.asking import AskedQuestion
from mining.allocation.assess import Assessment, assess
from mining.allocation.assumptions import ASSUMED, ValueAssumptions
from mining.allocation.backtest import AucEstimate, Backtest, BacktestLog, backtest, look_back
from mining.allocation.criteria import Criterion
from mining.allocation.gates import question_text
from mining.allocation.lessons import Agreement, EarlierOverride, agreed, agreement, earlier_overrides
from mining.allocation.service import allocate, allocations, answer_task, override
from mining.allocation.stored import Allocation, AnsweredQuestion, Override
from mining.allocation.values import AllocationOutcome, NoTask, Score, TaskAnswer, TaskQuestion
from mining.allocation.weights import THIN as THIN_EVIDENCE

__all__ = [
    "ASSUMED",
    "THIN_EVIDENCE",
    "Agreement",
    "Allocation",
    "AllocationOutcome",
    "AnsweredQuestion",
    "AskedQuestion",
    "Assessment",
    "AucEstimate",
    "Backtest",
    "BacktestLog",
    "Criterion",
    "EarlierOverride",
    "NoTask",
    "Override",
    "Score",
    "TaskAnswer",
    "TaskQuestion",
    "ValueAssumptions",
    "agreed",
    "agreement",
    "allocate",
    "allocations",
    "answer_task",
    "assess",
    "backtest",
    "earlier_overrides",
    "look_back",
    "override",
    "question_text",
]
