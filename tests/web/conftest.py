"""What the tests of the web floor share: a browser without a browser, and English compiled."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from qilian.core.values.text import speaking
from qilian.web.cli import messages


@pytest.fixture(scope="session", autouse=True)
def compiled_messages() -> None:
    """Compile the catalogues that a fresh clone does not have."""
    messages.ensure()


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English for a test."""
    with speaking("en"), translation.override("en"):
        yield


@pytest.fixture
def chinese_client() -> Client:
    """A visitor who reads Chinese."""
    return Client(headers={"accept-language": "zh-CN,zh;q=0.9"})


@pytest.fixture
def english_client() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en-GB"})
