"""Stories: worked examples of a pack, read by people, run by the check."""

from shounuo.rules.stories.comparing import Difference, Wrong
from shounuo.rules.stories.models import Expect, Expected, ExpectedMatter, Stories, Story, StoryCalendar
from shounuo.rules.stories.running import read_examples, run_story, story_faults
from shounuo.rules.stories.setting import SettingError
from shounuo.rules.stories.writing import WritingError

__all__ = [
    "Difference",
    "Expect",
    "Expected",
    "ExpectedMatter",
    "SettingError",
    "Stories",
    "Story",
    "StoryCalendar",
    "WritingError",
    "Wrong",
    "read_examples",
    "run_story",
    "story_faults",
]
