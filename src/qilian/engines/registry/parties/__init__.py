"""Parties 主体: who exists, from enterprises and collectives to citizens, with every name and change."""
