"""Allocation: who should do each task of a workflow map, from its log, open to a person's answers and override."""

from mining.allocation.asking import AskedQuestion
from mining.allocation.assess import Assessment, assess
from mining.allocation.assumptions import ASSUMED, ValueAssumptions
from mining.allocation.backtest import AucEstimate, Backtest, BacktestLog, backtest, look_back
from mining.allocation.criteria import Criterion
from mining.allocation.service import allocate, allocations, answer_task, override
from mining.allocation.stored import Allocation, AnsweredQuestion, Override
from mining.allocation.values import AllocationOutcome, NoTask, Score, TaskAnswer, TaskQuestion

__all__ = [
    "ASSUMED",
    "Allocation",
    "AllocationOutcome",
    "AnsweredQuestion",
    "AskedQuestion",
    "Assessment",
    "AucEstimate",
    "Backtest",
    "BacktestLog",
    "Criterion",
    "NoTask",
    "Override",
    "Score",
    "TaskAnswer",
    "TaskQuestion",
    "ValueAssumptions",
    "allocate",
    "allocations",
    "answer_task",
    "assess",
    "backtest",
    "look_back",
    "override",
]
