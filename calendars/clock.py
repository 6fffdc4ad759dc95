"""The one place from which other apps take clocks: rules, counting and lamps. Plain Python."""

from calendars.counting import (
    BEIJING,
    Clock,
    ClockError,
    ClockStopped,
    DayLine,
    Due,
    NoLength,
    Pause,
    beijing_day,
    beijing_time,
    due,
    remaining,
    used,
)
from calendars.lamps import Colour, Lamp, Say, lamp, stopped_lamp
from calendars.rules import Confidence, Direction, Extension, Nature, Period, Rule, Unit, period_words

__all__ = [
    "BEIJING",
    "Clock",
    "ClockError",
    "ClockStopped",
    "Colour",
    "Confidence",
    "DayLine",
    "Direction",
    "Due",
    "Extension",
    "Lamp",
    "Nature",
    "NoLength",
    "Pause",
    "Period",
    "Rule",
    "Say",
    "Unit",
    "beijing_day",
    "beijing_time",
    "due",
    "lamp",
    "period_words",
    "remaining",
    "stopped_lamp",
    "used",
]
