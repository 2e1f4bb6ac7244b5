"""The officers' pages of alerts about stamps: the list, one alert, its photo."""
