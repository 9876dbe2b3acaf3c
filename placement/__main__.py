"""`python -m placement` is the command `place`."""

from placement.cli import main

main()
