"""대학교: which universities there are, for whoever types the name of one; any other name is as good."""

from kosme_web.domain.universities.foreign import UniversityDataError, foreign_schools
from kosme_web.domain.universities.korean import korean_schools, read_schools, write_schools
from kosme_web.domain.universities.official_file import OfficialFileError, merged, read_official
from kosme_web.domain.universities.school import School
from kosme_web.domain.universities.search import SchoolIndex

__all__ = [
    "OfficialFileError",
    "School",
    "SchoolIndex",
    "UniversityDataError",
    "foreign_schools",
    "korean_schools",
    "merged",
    "read_official",
    "read_schools",
    "write_schools",
]
