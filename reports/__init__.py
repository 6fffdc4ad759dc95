"""Indicators, tables and exports: reads every app, imported by none."""
