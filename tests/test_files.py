"""Files are written whole or not at all."""

import pytest

from partnership.files import replacing, whole


def test_a_text_is_written_as_it_is_and_folders_are_made(tmp_path):
    file = tmp_path / "a" / "b.txt"
    whole(file, "one\r\ntwo\n")
    whole(file, "three\r\n")
    assert file.read_bytes() == b"three\r\n" and list(file.parent.iterdir()) == [file]


def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    file = tmp_path / "b.txt"
    file.write_text("old")
    with pytest.raises(ValueError), replacing(file) as fresh:
        fresh.write_text("ne")
        raise ValueError
    assert file.read_text() == "old" and list(tmp_path.iterdir()) == [file]
