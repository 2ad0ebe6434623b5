"""What words of affiliations mean, apart from places: units, fields of work, sorts of organisations, seats of universities."""

from typing import Final

from kg.text import word_set

FIELDS: Final = word_set(
    "computer computing computational science engineering informatic mathematic mathematical physic physical statistic statistical "
    "electrical electronic robotic mechanical mechatronic information technology communication telecommunication automation control "
    "system software data artificial intelligence machine learning vision graphic language linguistic cognitive neuroscience brain "
    "psychology biology biological biomedical bioengineering chemistry chemical material aerospace civil environmental industrial "
    "operation management business economic finance statistic biostatistic network security cybersecurity media human interaction "
    "speech signal processing image multimedia optimization decision design education health medicine medical radiology surgery "
    "mining ai ml nlp cs cse ece eec ee eec eecs it me cv hci ict advanced applied autonomous intelligent visual computation "
    "manufacturing production energy power microelectronic nano nanotechnology space aeronautic astronautic naval ocean marine "
    "theoretical quantum knowledge web digital social political philosophy law art architecture automation perception dynamic "
    "imaging geometry computation analytic big cloud mobile user interface natural pattern recognition bioinformatic genomic "
    "geography geoscience earth atmospheric agricultural agriculture forestry transportation transport mechanic instrumentation research"
)
"""What departments are called after."""

GENERIC: Final = word_set(
    "university institute college school academy polytechnic technical technology technological science engineering national state "
    "federal free catholic central north south east west northern southern eastern western northeastern northwestern southeastern "
    "southwestern international american islamic christian open medical agricultural normal applied advanced research center "
    "laboratory department faculty art education economic finance information electronic law group company of higher study public "
    "royal imperial new city metropolitan general hospital corporation foundation industrial industry computer data system"
)
"""Words that no organisation is known by: what is made of these alone, and a place, needs the place."""

UNITS: Final = word_set(
    "department school faculty laboratory group division chair team section program programme unit lehrstuhl area branch "
    "office subdivision cluster discipline graduate undergraduate campus dept ecole studio consortium network brain "
    "phd msc student professor researcher scientist senior junior fellow scholar cnrs umr"
)
"""Words of what is a part of an organisation."""

WORK: Final = word_set(
    "institute center college laboratory school department faculty group division program initiative research unit team lab "
    "campus office graduate area branch cluster"
)

HEADS: Final = {
    "university": 8, "polytechnic": 7, "academy": 6, "hospital": 5, "clinic": 5, "college": 5.5, "institute": 4, "foundation": 4,
    "agency": 4, "council": 4, "observatory": 4, "hochschule": 7, "fachhochschule": 7, "ecole": 5, "society": 4, "association": 3,
    "center": 3, "laboratory": 2, "organization": 3, "organisation": 3, "museum": 4, "bank": 4, "consulting": 4, "university-hospital": 5,
}  # fmt: skip
"""Key word to how surely it makes an organisation of the name that it is in."""

COMPANY: Final = word_set("inc incorporated ltd limited llc gmbh ag corp corporation co company plc sas srl bv ab oy pvt pte pty kk technologies labs")
SURE: Final = 7
"""How surely a name with a company's legal form, or an institute of technology, is one."""

AGAINST: Final = word_set("university hospital medical clinic museum press academy college polytechnic foundation memorial church bank")
"""What makes another organisation of the one whose name stands before."""

SECTORS: Final = {
    "university": "education", "polytechnic": "education", "college": "education", "hochschule": "education", "ecole": "education",
    "fachhochschule": "education", "hospital": "healthcare", "clinic": "healthcare", "ministry": "government", "agency": "government",
    "foundation": "nonprofit", "observatory": "facility",
}  # fmt: skip

SYSTEMS: Final[dict[str, frozenset[str]]] = {
    key: frozenset(cities.split("|"))
    for key, cities in (
        row.split("=")
        for row in """universitycalifornia=
universitytexa=
universityillinoi=urbana|champaign|urbana champaign|
universitymichigan=ann arbor
universitywashington=seattle
universityminnesota=minneapolis|twin cities|st paul
universitymaryland=college park
universitynorthcarolina=chapel hill
universitywisconsin=madison
universitycolorado=boulder
universitymassachusett=amherst
universitymissouri=columbia
universitynebraska=lincoln
universityalabama=tuscaloosa
universitytennessee=knoxville
universityhouston=houston
universitypittsburgh=pittsburgh
universityarkansa=fayetteville
universitykansa=lawrence
universitynevada=
purdueuniversity=west lafayette
indianauniversity=bloomington
pennsylvaniastateuniversity=university park|state college
texaa&muniversity=college station
rutgeruniversity=new brunswick|piscataway
stateuniversitynewyork=
californiastateuniversity=
californiapolytechnicstateuniversity=san luis obispo
indianinstitutetechnology=
indianinstituteinformationtechnology=
internationalinstituteinformationtechnology=
nationalinstitutetechnology=
indianinstitutescienceeducationresearch=
nationaluniversityireland=
louisianastateuniversity=baton rouge
universityhawaii=honolulu|manoa
chineseuniversityhongkong=hong kong|shatin|sha tin|new territories
harbininstitutetechnology=harbin
universitysouthflorida=tampa
universitynottingham=nottingham
universityparis=
""".splitlines()
    )
}
"""Key of a university with several seats to the cities that mean the main one; another city makes another university."""
