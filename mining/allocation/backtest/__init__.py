"""The back-test of suitability: who did the work is hidden, and what software does is told from what people do."""

from mining.allocation.backtest.auc import AucEstimate
from mining.allocation.backtest.hiding import BacktestLog, look_back
from mining.allocation.backtest.run import Backtest, backtest

__all__ = ["AucEstimate", "Backtest", "BacktestLog", "backtest", "look_back"]
