"""Names of files one below, at and above their limits."""

from qilian.core.papers.files.kernel.intake import NAME_LENGTH, clean_name, too_large


def test_a_name_of_the_longest_length_stays() -> None:
    longest = "a" * (NAME_LENGTH - 4) + ".pdf"
    assert clean_name(longest) == longest and len(clean_name("a" + longest)) == NAME_LENGTH
    assert clean_name("a" + longest).endswith("a.pdf")
    assert clean_name("b" * NAME_LENGTH) == "b" * NAME_LENGTH


def test_an_ending_of_at_most_ten_letters_is_kept() -> None:
    ten, eleven = "x" * 10, "x" * 11
    assert clean_name("a" * NAME_LENGTH + "." + ten).endswith("." + ten)
    assert clean_name("a" * NAME_LENGTH + "." + eleven) == "a" * NAME_LENGTH


def test_sizes_are_told_in_megabytes_from_one_on() -> None:
    assert [too_large("a", size).message.en for size in (2**20 - 1, 2**20, 3 * 2**20)] == [
        "“a” is larger than 1048575 B.",
        "“a” is larger than 1 MB.",
        "“a” is larger than 3 MB.",
    ]
