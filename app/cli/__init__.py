"""The command line. Nothing heavy is imported before the command that needs it runs."""

try:
    from app.cli.main import main
except KeyboardInterrupt:  # pressed while starting
    raise SystemExit(130) from None

__all__ = ["main"]
