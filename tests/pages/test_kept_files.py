"""What a browser keeps: files whose address changes with them, for good; answers, never."""

import re
from collections.abc import Callable

from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
OURS = re.compile(r'(?:src|href)="(/assets/[^"]+)"')


def test_files_of_our_own_are_kept_for_good_by_their_address(visit: Visit) -> None:
    visitor = visit()
    page = visitor.client.get("/").get_data(as_text=True)
    files = OURS.findall(page)
    assert len(files) > 5
    for file in files:
        assert "?m=" in file
        with visitor.client.get(file) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", file


def test_a_file_asked_for_without_its_moment_is_asked_for_again(visit: Visit) -> None:
    with visit().client.get("/assets/app.css") as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_file_that_is_not_there_is_not_kept(visit: Visit) -> None:
    with visit().client.get("/assets/nothing.css?m=1") as answer:
        assert answer.status_code == 404
        assert "immutable" not in answer.headers.get("Cache-Control", "")
