"""Settings: where they come from, and what an operator hears of those that can't be used."""

import os
from pathlib import Path

import pydantic
import pytest

from bot.settings import Settings, database_path, read_settings
from bot.trouble import Trouble
from scorecard.silent_hours import SilentHours

TOKEN = "123456:" + "A" * 35


@pytest.fixture(autouse=True)
def environment(tmp_path, monkeypatch):
    """Nothing set but a token, in an empty folder that is the home as well."""
    for name in os.environ:
        if name.upper().startswith("SAMLENG_"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SAMLENG_BOT_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)


def test_a_token_is_enough(tmp_path):
    """Whoever sets a token and nothing else has Telegram, Khmer, and a database in the user's data folder."""
    settings = read_settings()
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.api_url == "https://api.telegram.org"
    assert (settings.language, settings.referral) == ("km", "")
    assert database_path(settings).name == "samleng.sqlite3"
    assert database_path(settings).is_relative_to(tmp_path)
    assert settings.keys == database_path(settings).parent / "keys"


def test_the_environment_goes_before_the_file(tmp_path, monkeypatch):
    """`.env` is read, whatever editor wrote it; a variable of the environment stands above it."""
    (tmp_path / ".env").write_text("\ufeffSAMLENG_LANGUAGE=en\nSAMLENG_REFERRAL='១២៨៨'\n", encoding="utf-8")
    monkeypatch.setenv("SAMLENG_REFERRAL", "1280")
    settings = read_settings()
    assert (settings.language, settings.referral) == ("en", "1280")


def test_empty_and_others_variables_are_passed_over(tmp_path, monkeypatch):
    """An empty value counts as none; what other programs, `samleng` itself and its tests look for is no setting."""
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=x\nSAMLENG_LANGAUGE=\nexport SAMLENG_DEBUG=1\n", encoding="utf-8")
    monkeypatch.setenv("SAMLENG_DATABASE_URL", "")
    monkeypatch.setenv("SAMLENG_LANGUAGE", "")
    monkeypatch.setenv("SAMLENG_WEBHOOK_URL", "")
    for name in ("TEST_DATABASE_URL", "EFFORT", "UPDATE_GOLDENS", "UPDATE_TRANSCRIPTS", "CHROMIUM"):
        monkeypatch.setenv(f"SAMLENG_{name}", "x")
    assert read_settings().language == "km"


@pytest.mark.parametrize("where", ["environment", ".env"])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("SAMLENG_LANGAUGE", "there is no such setting. Did you mean SAMLENG_LANGUAGE?"),
        ("samleng_databse_url", "there is no such setting. Did you mean SAMLENG_DATABASE_URL?"),
        ("SAMLENG_TOKEN", "there is no such setting. Did you mean SAMLENG_BOT_TOKEN?"),
        ("SAMLENG_COLOUR", "there is no such setting. Take it out, or look in README.md for what there is."),
        ("SAMLENG_WEBHOOK_URL", "Samleng has no webhook yet, and asks Telegram for updates instead. Take it out."),
    ],
)
def test_a_misspelt_setting_is_named(tmp_path, monkeypatch, where, name, says):
    """Whoever set it believes that it is in force: it is named, with what may be meant, and its value is not told."""
    if where == "environment":
        monkeypatch.setenv(name, "opensesame")
    else:
        (tmp_path / ".env").write_text(f"{name}=opensesame\n", encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        read_settings(token=False)
    assert str(caught.value) == f"{name.upper()}: {says}"


def test_keys_lie_beside_the_database(monkeypatch):
    """The key folder is found beside the database that was named, unless another one is."""
    monkeypatch.setenv("SAMLENG_DATABASE_URL", "sqlite:////srv/data%20here/x.sqlite3")
    assert database_path(read_settings()) == Path("/srv/data here/x.sqlite3")
    assert read_settings().keys == Path("/srv/data here/keys")
    monkeypatch.setenv("SAMLENG_KEYS", "/run/samleng")
    assert read_settings().keys == Path("/run/samleng")


def test_addresses_and_texts_are_tidied(monkeypatch):
    """A slash at the end of the address and control characters in the referral are left out."""
    monkeypatch.setenv("SAMLENG_API_URL", "http://bots:8081/")
    monkeypatch.setenv("SAMLENG_REFERRAL", "  ទូរស័ព្ទ\u200b\n\x1b[2J 1280\u202e ")
    settings = read_settings()
    assert settings.api_url == "http://bots:8081"
    assert settings.referral == "ទូរស័ព្ទ\u200b [2J 1280"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BOT_TOKEN", "opensesame", "@BotFather"),
        ("BOT_TOKEN", f"bot{TOKEN}", "@BotFather"),
        ("DATABASE_URL", "postgresql://samleng:opensesame@db/", "names no database on a server"),
        ("DATABASE_URL", "sqlite:///opensesame.sqlite3", "sqlite:////folder/file"),
        ("DATABASE_URL", "sqlite://", "sqlite:////folder/file"),
        ("DATABASE_URL", "sqlite:////opensesame/", "sqlite:////folder/file"),
        ("DATABASE_URL", "sqlite:////x?mode=opensesame", "?"),
        ("DATABASE_URL", "/opensesame", "sqlite:////folder/file"),
        ("API_URL", "opensesame:8081", "http://host:port"),
        ("API_URL", "http://user:opensesame@host", "http://host:port"),
        ("API_URL", "http://host:99999", "http://host:port"),
        ("API_URL", "http://[::1", "http://host:port"),
        ("API_URL", f"http://host:8081/bot{TOKEN}", "/bot"),
        ("LANGUAGE", "opensesame", "km"),
        ("REFERRAL", "opensesame " * 20, "200"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch, name, value, says):
    """One line names the variable and what to write instead; the value, which may be secret, isn't told."""
    monkeypatch.setenv(f"SAMLENG_{name}", value)
    with pytest.raises(Trouble) as caught:
        read_settings()
    line = str(caught.value)
    assert line.startswith(f"SAMLENG_{name}: ")
    assert says in line
    assert "\n" not in line
    assert "opensesame" not in line
    assert "A" * 35 not in line


def test_a_missing_token_is_asked_for_where_it_is_needed(monkeypatch):
    """Without a token the database can be looked after, and nothing else."""
    monkeypatch.delenv("SAMLENG_BOT_TOKEN")
    assert read_settings(token=False).bot_token.get_secret_value() == ""
    with pytest.raises(Trouble, match=r"^SAMLENG_BOT_TOKEN: it isn't set"):
        read_settings()


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"SAMLENG_REFERRAL=\xff", "UTF-8"), (b"SAMLENG_LANGUAGE=en\nSAMLENG_REFERRAL='12\n", "line 2")],
)
def test_a_damaged_file_is_named(tmp_path, content, says):
    """A `.env` that can't be understood is not passed over in silence."""
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(Trouble, match=rf"^\.env: .*{says}"):
        read_settings()


def test_the_token_hides_and_nothing_changes():
    """Settings can be shown in a log and handed about: the token isn't in them to be read, and they are frozen."""
    settings = read_settings()
    assert TOKEN not in repr(settings) + str(settings)
    assert "A" * 10 not in repr(settings.model_dump())
    with pytest.raises(pydantic.ValidationError):
        settings.language = "en"


def test_settings_made_by_hand_read_nothing(monkeypatch):
    """The demo's settings are its own: neither the environment nor `.env` finds a way into them."""
    monkeypatch.setenv("SAMLENG_DATABASE_URL", "sqlite:////configured")
    settings = Settings(bot_token=pydantic.SecretStr(TOKEN), database_url="sqlite:////own/x")
    assert database_path(settings) == Path("/own/x")
    assert database_path(Settings()) != Path("/configured")


def test_silent_hours(monkeypatch):
    """The night is from nine to six unless the operator says otherwise; an odd value is named with what to write."""
    assert read_settings().silent_hours == SilentHours(21, 6)
    for given, hours in (("22:00-5:00", SilentHours(22, 5)), (" 1 – 4 ", SilentHours(1, 4)), ("none", None)):
        monkeypatch.setenv("SAMLENG_SILENT_HOURS", given)
        assert read_settings().silent_hours == hours
    for given in ("21", "21-24", "6-6", "-1-5", "night", "{}", '"21-6"'):
        monkeypatch.setenv("SAMLENG_SILENT_HOURS", given)
        with pytest.raises(Trouble, match=r"SAMLENG_SILENT_HOURS: .* Write for instance 21-6, or none"):
            read_settings()


@pytest.mark.parametrize(("given", "address"), [("127.0.0.1:9464", ("127.0.0.1", 9464)), ("[::1]:80", ("::1", 80))])
def test_an_address_for_metrics(monkeypatch, given, address):
    """Host and port; off where it is not set."""
    assert read_settings(token=False).metrics is None
    monkeypatch.setenv("SAMLENG_METRICS", given)
    assert read_settings(token=False).metrics == address


@pytest.mark.parametrize("given", ["9464", ":9464", "host:", "host:0", "host:65536", "host:๙", "host:-1"])
def test_what_is_no_address(monkeypatch, given):
    """It is said with an example."""
    monkeypatch.setenv("SAMLENG_METRICS", given)
    with pytest.raises(Trouble, match=r"SAMLENG_METRICS: this is no address\. Write for instance 127\.0\.0\.1:9464"):
        read_settings(token=False)
