"""Ratings 评分: one verified engagement, one rating; a Bayesian mean by category; alarms for officials."""
