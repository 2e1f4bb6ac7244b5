"""English pages keep the dates and numbers of the papers that they speak of."""

from config.formats.vi.formats import *  # noqa: F403
