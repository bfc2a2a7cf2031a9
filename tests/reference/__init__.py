"""Every figure of every page, counted anew in plain Python over the contract's tables.

Nothing here imports `analysis.measure`: rows are dictionaries, counting is a loop, dates are walked day by day. It is slow
and plain on purpose, so that what it says can be seen to be right.
"""
