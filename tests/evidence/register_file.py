"""Files in the national register's own shape, about schools that do not exist."""

import csv
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

# The 140 columns of the full extract: NAME+ stands for a code and a name, NAME= for a name
# alone, NAME# for a code alone.
_COLUMNS: Final = """
URN LA+ EstablishmentNumber EstablishmentName TypeOfEstablishment+ EstablishmentTypeGroup+
EstablishmentStatus+ ReasonEstablishmentOpened+ OpenDate ReasonEstablishmentClosed+
CloseDate PhaseOfEducation+ StatutoryLowAge StatutoryHighAge Boarders+ NurseryProvision=
OfficialSixthForm+ Gender+ ReligiousCharacter+ ReligiousEthos= Diocese+ AdmissionsPolicy+
SchoolCapacity SpecialClasses+ CensusDate NumberOfPupils NumberOfBoys NumberOfGirls
PercentageFSM TrustSchoolFlag+ Trusts+ SchoolSponsorFlag= SchoolSponsors= FederationFlag=
Federations+ UKPRN FEHEIdentifier FurtherEducationType= OfstedLastInsp
OfstedSpecialMeasures+ LastChangedDate Street Locality Address3 Town County= Postcode
SchoolWebsite TelephoneNum HeadTitle= HeadFirstName HeadLastName HeadPreferredJobTitle
BSOInspectorateName= InspectorateReport DateOfLastInspectionVisit NextInspectionVisit
TeenMoth= TeenMothPlaces CCF= SENPRU= EBD= PlacesPRU FTProv= EdByOther= Section41Approved=
SEN1= SEN2= SEN3= SEN4= SEN5= SEN6= SEN7= SEN8= SEN9= SEN10= SEN11= SEN12= SEN13=
TypeOfResourcedProvision= ResourcedProvisionOnRoll ResourcedProvisionCapacity
SenUnitOnRoll SenUnitCapacity GOR+ DistrictAdministrative+ AdministrativeWard+
ParliamentaryConstituency+ UrbanRural+ GSSLACode= Easting Northing MSOA= LSOA=
InspectorateName= SENStat SENNoStat BoardingEstablishment= PropsName PreviousLA+
PreviousEstablishmentNumber OfstedRating= RSCRegion= Country= UPRN SiteName QABName+
EstablishmentAccredited+ QABReport CHNumber MSOA# LSOA# FSM AccreditationExpiryDate
"""
_ENDINGS: Final = {"+": (" (code)", " (name)"), "=": (" (name)",), "#": (" (code)",)}
COLUMNS: Final = [
    word.rstrip("+=#") + ending
    for word in _COLUMNS.split()
    for ending in _ENDINGS.get(word[-1], ("",))
]
# The 34 columns of the extract of academies and free schools.
ACADEMY_COLUMNS: Final = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "ReasonEstablishmentOpened (name)",
    "OpenDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "Boarders (name)",
    "OfficialSixthForm (name)",
    "Gender (name)",
    "ReligiousCharacter (name)",
    "AdmissionsPolicy (name)",
    "UKPRN",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "SchoolWebsite",
    "TelephoneNum",
    "FaxNum",
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
    "HeadPreferredJobTitle",
    "GOR (name)",
    "ParliamentaryConstituency (code)",
    "ParliamentaryConstituency (name)",
]

PLAIN: Final = {
    "LA (code)": "999",
    "LA (name)": "Northmoor",
    "TypeOfEstablishment (code)": "01",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentTypeGroup (code)": "4",
    "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1998",
    "PhaseOfEducation (code)": "2",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "3",
    "StatutoryHighAge": "11",
    "Boarders (code)": "1",
    "Boarders (name)": "No boarders",
    "NurseryProvision (name)": "Has Nursery Classes",
    "OfficialSixthForm (code)": "2",
    "OfficialSixthForm (name)": "Does not have a sixth form",
    "Gender (code)": "3",
    "Gender (name)": "Mixed",
    "ReligiousCharacter (code)": "00",
    "ReligiousCharacter (name)": "Does not apply",
    "Diocese (code)": "0000",
    "Diocese (name)": "Not applicable",
    "AdmissionsPolicy (code)": "0",
    "AdmissionsPolicy (name)": "Not applicable",
    "SchoolCapacity": "420",
    "SpecialClasses (name)": "No Special Classes",
    "CensusDate": "15-01-2026",
    "NumberOfPupils": "391",
    "NumberOfBoys": "200",
    "NumberOfGirls": "191",
    "PercentageFSM": "16.8",
    "TrustSchoolFlag (code)": "0",
    "TrustSchoolFlag (name)": "Not applicable",
    "FederationFlag (name)": "Not under a federation",
    "LastChangedDate": "02-03-2026",
    "Street": "Lantern Street",
    "Locality": "Old Harbour",
    "Town": "Northmoor",
    "County (name)": "Not recorded",
    "Postcode": "NM1 1AA",
    "SchoolWebsite": "https://www.school.example/",
    "TelephoneNum": "01632960001",
    "HeadTitle (name)": "Ms",
    "HeadFirstName": "Robin",
    "HeadLastName": "Example",
    "HeadPreferredJobTitle": "Headteacher",
    "GOR (name)": "North West",
    "DistrictAdministrative (name)": "Northmoor",
    "AdministrativeWard (name)": "Old Harbour",
    "ParliamentaryConstituency (name)": "Northmoor East",
    "UrbanRural (name)": "(England/Wales) Urban city and town",
    "Easting": "330079",
    "Northing": "386063",
    "MSOA (name)": "Northmoor 035",
    "LSOA (name)": "Northmoor 035C",
    "Country (name)": "United Kingdom",
    "UPRN": "10000000001",
    "FSM": "65",
}
_FIRST: Final = "Harbour Lantern Gull Mill Orchard Chapel Quarry River Bridge Café Saxon".split()
_SECOND: Final = "View Lane Hill Street Green Park Road Field Brow Meadow".split()


def school(urn: int, **cells: str) -> dict[str, str]:
    """One fictional school's row; `cells` by column name, spaces and all, through `**`."""
    own = {
        "URN": str(urn),
        "EstablishmentNumber": str(2000 + urn % 5000),
        "EstablishmentName": f"Harbour View School {urn}",
        "UKPRN": str(10_000_000 + urn),
    }
    return PLAIN | own | cells


def many(count: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """As many fictional schools as the whole country has."""
    chance = random.Random(seed)
    for urn in range(900_001, 900_001 + count):
        name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {chance.choice(_FIRST)} School"
        pupils = chance.randrange(40, 1600)
        yield school(
            urn,
            **{
                "EstablishmentName": name,
                "LA (code)": str(201 + urn % 150),
                "NumberOfPupils": str(pupils),
                "NumberOfBoys": str(pupils // 2),
                "PercentageFSM": f"{chance.random() * 60:.1f}",
                "Trusts (code)": str(4000 + urn % 1500) if urn % 2 else "",
                "Trusts (name)": f"{_FIRST[urn % 11]} Learning Trust" if urn % 2 else "",
                "Easting": str(chance.randrange(300_000, 600_000)),
                "Northing": str(chance.randrange(100_000, 500_000)),
                "Postcode": f"NM{urn % 90 + 1} {urn % 9}AB",
                "SchoolWebsite": f"https://www.school{urn}.example/",
                "UPRN": str(10_000_000_000 + urn),
            },
        )


def write(
    path: Path,
    rows: Iterable[Mapping[str, str]],
    columns: Iterable[str] = COLUMNS,
    *,
    encoding: str = "cp1252",
    newline: str = "\r\n",
) -> Path:
    """Write rows as the register publishes them: every cell in quotation marks."""
    columns = list(columns)
    with path.open("w", encoding=encoding, newline="") as out:
        rows_out = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=newline)
        rows_out.writerow(columns)
        rows_out.writerows([row.get(name, "") for name in columns] for row in rows)
    return path
