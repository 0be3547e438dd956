"""Who may do what: default deny, one table of grants, lists filtered by an explicit predicate compiled from them.

The room stands below people: holders are named by their keys, and the table's foreign keys are resolved by Django.
"""
