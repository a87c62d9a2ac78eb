"""The command line. Nothing heavy is imported before the command that needs it runs."""

from app.cli.main import main

__all__ = ["main"]
