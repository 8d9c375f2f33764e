"""Changes of the tables, one file each, applied in order by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

_HERE = Path(__file__).parent


def config(engine: Engine | None = None) -> Config:
    """Alembic's settings; `engine` is the database it works on."""
    settings = Config()
    settings.set_main_option("script_location", str(_HERE))
    settings.attributes["engine"] = engine
    return settings


def upgrade_tables(engine: Engine) -> None:
    """Brings a database up to the newest revision; all of it or nothing."""
    command.upgrade(config(engine), "head")
