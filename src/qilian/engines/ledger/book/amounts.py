"""Amounts between people and the book: in the unit of an asset outside, in minimal units inside."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from qilian.core.house.forms.api import FieldSpec
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

from .kernel import MOST
from .models import Asset
from .queries import shown_amount

_DIGITS = 28  # as many as decimal arithmetic keeps exactly


def unit_of(asset: Asset) -> Text:
    """The unit in which an asset is read."""
    return Text(asset.unit_zh, asset.unit_en)


def amount_of(asset: Asset, amount: int | None) -> Decimal | None:
    """An amount as a bare number in the asset's unit, for columns that name the unit; nothing for none."""
    return None if amount is None else Decimal(amount).scaleb(-asset.scale)


def minimal(asset: Asset, amount: Decimal, where: str = "amount") -> int:
    """An amount of the asset's unit in minimal units; Refusal `ledger.amount_form` for what cannot be counted so."""
    _, digits, exponent = amount.as_tuple()
    if isinstance(exponent, int) and len(digits) <= _DIGITS and -_DIGITS <= amount.adjusted() < _DIGITS - asset.scale:
        scaled = amount.scaleb(asset.scale)
        if scaled == scaled.to_integral_value():
            return int(scaled)
    message = Text("数额须是数字，小数不超过 {scale} 位。", "The amount is a number with at most {scale} decimals.")
    raise Refusal("ledger.amount_form", message.filled(scale=asset.scale), where=where)


def amount_field(asset: Asset, *, required: bool = True) -> FieldSpec:
    """The field of an amount: from the smallest that can be counted to the largest that the book holds."""
    low, high = (format(Decimal(bound).scaleb(-asset.scale), "f") for bound in (1, MOST))
    title = Text("数额", "Amount")
    return FieldSpec("amount", title, "decimal", required, low=low, high=high, places=asset.scale, unit=unit_of(asset))


def with_unit(asset: Asset) -> Callable[[int], Any]:
    """Say an amount with its unit, for facts: money says 元 itself."""

    def said(amount: int) -> Any:
        money = asset.kind == "money" and asset.scale == 2
        return shown_amount(amount, asset) if money else spoken(asset, amount)

    return said


def spoken(asset: Asset, amount: int) -> Text:
    """An amount with its unit, in words of both languages."""
    shown = shown_amount(amount, asset)
    number = str(shown) if isinstance(shown, Money) else f"{shown:,}"
    return Text(f"{number} {asset.unit_zh}", f"{number} {asset.unit_en}")
