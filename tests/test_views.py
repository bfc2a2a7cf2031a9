"""Views saved under a name: kept, found, never lost."""

import threading
from pathlib import Path

import pytest

from analysis import __main__ as command_line
from analysis.errors import ViewsError
from analysis.export import views
from analysis.export.views import SavedView
from tests.pages import sample


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "views.csv"


def test_saved_renamed_overwritten_removed_and_brought_back(path: Path) -> None:
    assert views.read(path) == views.Shelf()
    first = views.save(path, SavedView("وزیران و تحریم‌ها", "topics", "topic=sanctions&ministers=1"))
    views.save(path, SavedView('Oman, "the channel"', "countries", "country=OM"))
    assert [view.name for view in views.read(path).views] == ["وزیران و تحریم‌ها", 'Oman, "the channel"']
    assert views.get(path, "وزيران و تحريمها") == first  # Arabic letters, no ZWNJ: the same name.
    views.rename(path, "وزیران و تحریم‌ها", "وزیران")
    changed = views.save(path, SavedView("وزیران", "topics", "ministers=1"), overwrite=True)
    assert views.read(path).views[0] == changed and len(views.read(path).views) == 2
    gone = views.delete(path, "وزیران")
    assert gone == changed and views.read(path).find("وزیران") is None
    assert views.save(path, gone) == changed
    assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(views.COLUMNS)


def test_what_cannot_be_done_says_what_to_do(path: Path) -> None:
    views.save(path, SavedView("عمان", "countries"))
    with pytest.raises(ViewsError, match="already"):
        views.save(path, SavedView("عُمان", "topics"))
    with pytest.raises(ViewsError, match="already"):
        views.save(path, SavedView("قطر", "topics"))
        views.rename(path, "قطر", "عمان")
    with pytest.raises(ViewsError, match="needs a name"):
        views.save(path, SavedView(" \u200c\u202e ", "topics"))
    with pytest.raises(ViewsError, match="name of a page"):
        views.save(path, SavedView("Topics", "topics"))
    with pytest.raises(ViewsError, match="no page that can be saved"):
        views.save(path, SavedView("x", "../etc"))
    with pytest.raises(ViewsError, match="at most"):
        views.save(path, SavedView("x" * 81, "topics"))
    with pytest.raises(ViewsError, match="There are: عمان"):
        views.get(path, "عمّان۲")
    for act in (lambda: views.delete(path, "نیست"), lambda: views.rename(path, "نیست", "هست")):
        with pytest.raises(ViewsError, match="somebody may have removed it"):
            act()
    assert [view.name for view in views.read(path).views] == ["عمان", "قطر"]


def test_a_name_is_one_line_that_hides_nothing(path: Path) -> None:
    kept = views.save(path, SavedView(" یک\n\u202eنام\u200f  با می‌شود ", "overview", "lang=fa&topic=a b"))
    assert kept.name == "یک نام با می‌شود"
    assert views.get(path, kept.name).params == {"lang": "fa", "topic": "a b"}


def test_foreign_lines_are_reported_and_stay(path: Path) -> None:
    path.parent.mkdir()
    foreign = [b"\xff\xfe broken", b"only,two", b'"open', "عمان,nowhere,,".encode(), "عمان,topics,,".encode()]
    lines = [b"\xef\xbb\xbfname,page,query,saved", "عمان,countries,country=OM,".encode(), *foreign]
    path.write_bytes(b"\r\n".join(lines))
    shelf = views.read(path)
    assert [view.name for view in shelf.views] == ["عمان"]
    assert [problem.line for problem in shelf.problems] == [3, 4, 5, 6, 7]
    views.save(path, SavedView("قطر", "countries"))
    views.delete(path, "عمان")
    assert path.read_bytes().splitlines()[1:-1] == foreign


def test_another_kind_of_file_is_not_written_to(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("id,amount\n1,2\n", encoding="utf-8")
    assert len(views.read(path).problems) == 2
    with pytest.raises(ViewsError, match="something else"):
        views.save(path, SavedView("عمان", "countries"))
    assert path.read_text(encoding="utf-8") == "id,amount\n1,2\n"


def test_two_sessions_lose_nothing_of_each_other(path: Path) -> None:
    def write(who: int) -> None:
        for number in range(8):
            views.save(path, SavedView(f"view {who} {number}", "topics"))

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(views.read(path).views) == 32


def test_a_place_that_takes_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ViewsError, match="MAVAZE_VIEWS"):
        views.save(tmp_path / "file" / "views.csv", SavedView("عمان", "countries"))


def test_where_they_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAVAZE_VIEWS", raising=False)
    monkeypatch.setenv("MAVAZE_STORE", str(tmp_path / "news"))
    assert views.place() == tmp_path / "news-views.csv"
    monkeypatch.setenv("MAVAZE_STORE", "s3://desk/news")
    assert views.place().name == "views.csv"
    monkeypatch.setenv("MAVAZE_VIEWS", str(tmp_path / "mine.csv"))
    assert views.place() == tmp_path / "mine.csv"


def test_the_command_line_takes_a_saved_view(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAVAZE_VIEWS", str(path))
    tables = sample.write(sample.build(9), tmp_path / "tables")
    views.save(path, SavedView("تحریم‌ها", "topics", "lang=fa&cal=jalali&topic=sanctions&pick=sanctions"))
    asked = ["export", "--tables", str(tables), "--out", str(tmp_path / "out.zip"), "--view"]
    assert command_line.main([*asked, "تحريم ها"]) == 0
    assert "topic=sanctions" in capsys.readouterr().out
    assert command_line.main([*asked, "تحریم", "--replace"]) == 2
    assert "There are: تحریم‌ها" in capsys.readouterr().err
