"""How an operator lays the official list over the places that come with the program."""

import sqlite3
from contextlib import closing

import openpyxl
import pytest
from click.testing import CliRunner

from bot.cli import main

HEADINGS = ["Type", "Code", "Name (Khmer)", "Name (Latin)"]
PAILIN = [
    ["ក្រុង", 2401, "ប៉ៃលិន", "Pailin"],
    ["សង្កាត់", 240101, "ប៉ៃលិន", "Pailin"],
    ["ភូមិ", 24010101, "ប៉ាហ៊ីត្បូង", "Pahi Tboung"],
    ["ស្រុក", 2402, "សាលាក្រៅ", "Sala Krau"],
    ["ឃុំ", 240201, "ស្ទឹងកាច់", "Stueng Kach"],
]


@pytest.fixture
def database(tmp_path, monkeypatch):
    """Where the database will be."""
    file = tmp_path / "samleng.sqlite3"
    monkeypatch.setenv("SAMLENG_DATABASE_URL", f"sqlite:///{file}")
    return file


@pytest.fixture
def pailin(tmp_path):
    """The official list of one province, with a title above its headings."""
    return written(tmp_path / "pailin.xlsx", *PAILIN)


def written(path, *places):
    book = openpyxl.Workbook()
    for row in (['List of Gazetter Code for "Pailin"'], [], HEADINGS, *places):
        book.active.append(row)
    book.save(path)
    return path


def samleng(*args):
    result = CliRunner().invoke(main, list(map(str, args)), prog_name="samleng")
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


def rows(database, sql):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def add(tmp_path, code):
    file = tmp_path / "points.csv"
    file.write_text(f"commune,service,name_km\n{code},hc,ក\n", encoding="utf-8")
    return samleng("places", "add", file)


def test_it_is_said_what_the_list_brings(database, pailin):
    """A line a province on standard output, and on the other each commune that is another place now."""
    code, provinces, changes = samleng("places", "gazetteer", pailin)
    assert (code, provinces) == (0, ["24 ប៉ៃលិន (Pailin): 2 districts, 2 communes, 1 villages"])
    assert "240102 was អូរតាវ៉ៅ (Ou Ta Vau), and is in the list no more" in changes
    assert not any(line.startswith("240101") for line in changes)
    assert samleng("places", "gazetteer", pailin) == (0, provinces, [])
    assert rows(database, "SELECT DISTINCT source FROM gazetteer") == [("NCDD, pailin.xlsx",)]


def test_all_commands_go_by_it(database, pailin, tmp_path):
    """Communes are found and known as the list has them, and codes that it has not are no codes any more."""
    assert add(tmp_path, "240102")[0] == 0
    samleng("places", "gazetteer", pailin)
    assert [line[:6] for line in samleng("places", "find", "Pailin")[1]] == ["240101", "240201"]
    assert add(tmp_path, "240103")[0] == 1
    code, _, said = add(tmp_path, "240201")
    assert (code, said[0][:8]) == (0, "240201  ")
    assert rows(database, "SELECT kind, source FROM place WHERE code = '240201'") == [("khum", "NCDD, pailin.xlsx")]


def test_a_known_commune_is_spelled_as_in_the_list_and_gets_its_villages(database, pailin, tmp_path):
    """What is only spelled another way is the same place."""
    add(tmp_path, "240101")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE place SET en = 'Pai Lin' WHERE code = '240101'")
        connection.execute("DELETE FROM place WHERE length(code) = 8")
        connection.commit()
    assert samleng("places", "gazetteer", pailin)[0] == 0
    assert rows(database, "SELECT en, source FROM place WHERE code = '240101'") == [("Pailin", "NCDD, pailin.xlsx")]
    assert rows(database, "SELECT code FROM place WHERE length(code) = 8") == [("24010101",)]


def test_a_code_that_is_another_place_in_the_list_changes_nothing_unasked(database, pailin, tmp_path):
    """What people act in keeps its name, nothing is added to it, and one line says what to do; --rename does it."""
    add(tmp_path, "240101")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE place SET km = 'ខ', en = 'Other' WHERE code = '240101'")
        connection.commit()
    says = "samleng: 240101 is kept as ខ (Other), and is ប៉ៃលិន (Pailin) there"
    keeps = "People act in it: it keeps its name, unless with --rename."
    assert samleng("places", "gazetteer", pailin)[2][-1] == f"{says}. {keeps}"
    assert rows(database, "SELECT en FROM place WHERE code = '240101'") == [("Other",)]
    code, _, (line,) = add(tmp_path, "240101")
    assert code == 1
    assert line.startswith("samleng: commune 240101: it is kept here as ខ (Other), and is ប៉ៃលិន (Pailin) in the list")
    assert samleng("places", "gazetteer", pailin, "--rename")[2][-1] == f"{says}: renamed"
    assert rows(database, "SELECT en FROM place WHERE code = '240101'") == [("Pailin",)]
    assert add(tmp_path, "240101")[0] == 0


def test_a_faulty_list_changes_nothing(database, tmp_path):
    """It is told in one line, and no database is made for it."""
    code, said, (line,) = samleng("places", "gazetteer", written(tmp_path / "list.xlsx"))
    assert (code, said) == (1, [])
    assert line == "samleng: list.xlsx: there is no commune in this list."
    assert not database.exists()
