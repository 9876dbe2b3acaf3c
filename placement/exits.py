"""What goes wrong in a command, as a text on standard error and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from placement.errors import PlacementError, ScenarioError

BUG_TEXT = "place: this is a bug in place, not in your scenario: {error}\nRun again with --debug for the details to report."


@contextmanager
def errors_to_exit(debug: bool) -> Iterator[None]:
    """Turn what goes wrong inside into a text on standard error and an exit code; with `debug`, let it fly."""
    try:
        yield
    except (click.ClickException, SystemExit):
        raise
    except KeyboardInterrupt:
        click.echo("place: interrupted; files written before are whole", err=True)
        sys.exit(130)
    except PlacementError as error:
        if debug:
            raise
        click.echo(str(error) if isinstance(error, ScenarioError) else f"place: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        click.echo(BUG_TEXT.format(error=f"{type(error).__name__}: {error}"), err=True)
        sys.exit(1)
