"""Banking: money outside the house. Statements come in as bank files, payment orders go out as files; both are matched.

No bank is connected here and none is pretended: the one channel is a file that a person carries.
"""
