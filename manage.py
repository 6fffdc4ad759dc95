#!/usr/bin/env python
"""Command line of the site: `python manage.py help`."""

import os
import sys

from django.core.management import execute_from_command_line

from config.profile import settings_module


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or settings_module()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
