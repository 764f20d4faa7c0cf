-- Makes day $1 a day like the calendar has it. Called by RemoveClosedDay.
DELETE FROM closed_day WHERE day = $1
