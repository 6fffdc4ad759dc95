"""The site of a trial with one page more: `benchmarks.bare`."""

from config.settings.dev import *  # noqa: F403  as every profile

ROOT_URLCONF = "benchmarks.bare"
