"""Grades 评价: parties scored by a published method, down to the cell, with an appeal in time."""
