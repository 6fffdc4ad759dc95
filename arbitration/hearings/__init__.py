"""日程: the week of a person or an office, choosing the time of a hearing, the calendar file and the printed list."""
