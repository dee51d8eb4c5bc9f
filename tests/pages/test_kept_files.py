"""What a browser keeps: files whose address changes with them, for good; answers, never."""

import re
from collections.abc import Callable

import brotli
import pytest

from pages._files import GRID_SOURCE
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


@pytest.mark.parametrize("file", ["/assets/plotly-cartesian.min.js", GRID_SOURCE])
def test_large_files_are_small_on_the_way(visit: Visit, file: str) -> None:
    visitor = visit()
    with visitor.client.get(file) as plain:
        assert "Content-Encoding" not in plain.headers
        whole = plain.get_data()
    for _ in range(2):
        with visitor.client.get(file, headers={"Accept-Encoding": "gzip, br"}) as answer:
            assert answer.headers["Content-Encoding"] == "br"
            assert "Accept-Encoding" in answer.headers["Vary"]
            sent = answer.get_data()
            assert brotli.decompress(sent) == whole
            assert len(sent) * 3 < len(whole)


def test_the_script_of_the_grid_is_asked_for_by_the_first_grid_only(visit: Visit) -> None:
    visitor = visit()
    scripts = re.findall(r'<script src="([^"]+)"', visitor.client.get("/").get_data(as_text=True))
    assert any("dash_bootstrap_components" in script for script in scripts)
    assert not any("dash_ag_grid" in script for script in scripts)
    with visitor.client.get(GRID_SOURCE) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
