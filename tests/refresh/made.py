"""Answers in the shape of each publisher, with values of our own: small, whole, and read by one reader each."""

from __future__ import annotations

import json
from collections.abc import Callable

import loopback
import pandas as pd

from refresh.publishers import (
    australian_sanctions,
    bank_of_russia,
    carriers,
    comtrade,
    dataverse,
    eia,
    eu_sanctions,
    fred,
    gacc,
    hmrc,
    imf,
    kazakhstan,
    oecd,
    ofac,
    pink_sheet,
    swiss_sanctions,
    uk_sanctions,
    uzbekistan,
    world_bank,
)

Read = Callable[[bytes], pd.DataFrame]


def lines(*rows: str, end: str = "\n") -> bytes:
    return (end.join(rows) + end).encode()


IMF_HEAD = "STRUCTURE[;],STRUCTURE_ID,ACTION,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,STATUS"
IMTS = lines(
    IMF_HEAD,
    "dataflow,IMF.STA:IMTS(1.0.0),R,CHN,XG_FOB_USD,RUS,A,2024,111222333444,6,",
    "dataflow,IMF.STA:IMTS(1.0.0),R,CHN,XG_FOB_USD,RUS,A,2025,101202303404,6,e",
    "dataflow,IMF.STA:IMTS(1.0.0),R,CHN,XG_FOB_USD,TUV,A,,,6,",
    "dataflow,IMF.STA:IMTS(1.0.0),R,CHN,MG_CIF_USD,RUS,M,2026-M08,9876543210.5,6,",
)
AVAILABILITY = json.dumps(
    {
        "data": {
            "dataConstraints": [
                {
                    "annotations": [
                        {"id": "series_count", "title": "7"},
                        {"id": "time_period_end", "title": "2026-08-01"},
                    ]
                }
            ]
        }
    }
).encode()
OECD = lines(
    "DATAFLOW,REF_AREA,MEASURE,COUNTERPART_AREA,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS",
    "OECD.STI.PIE:DSD_TIVA_MAINLV@DF_MAINLV(1.1),CHN,EXGR_FVA,RUS,A,2021,12.75,",
    "OECD.STI.PIE:DSD_TIVA_MAINLV@DF_MAINLV(1.1),CHN,EXGR_FVA,RUS,A,2022,13.5,",
    "OECD.STI.PIE:DSD_TIVA_MAINLV@DF_MAINLV(1.1),RUS,EXGR_FVA,CHN,A,2022,14.25,",
    end="\r\n",
)
INDICATOR = json.dumps(
    [
        {"page": 1, "pages": 1, "per_page": 20000, "total": 3, "sourceid": "2", "lastupdated": "2026-10-15"},
        [
            {"indicator": {"id": "NY.GDP.MKTP.CD", "value": "GDP"}, "country": {"id": code[:2], "value": code}, "countryiso3code": code,
             "date": year, "value": value, "unit": "", "obs_status": "", "decimal": 0}
            for code, year, value in (("CHN", "2024", 18111222333444.5), ("RUS", "2024", 2111222333444.25), ("RUS", "1988", None))
        ],
    ]
).encode()  # fmt: skip
VERSIONS = json.dumps(
    {
        "page": 1,
        "pages": 1,
        "total": 3,
        "source": [
            {
                "id": "57",
                "concept": [
                    {
                        "id": "version",
                        "variable": [
                            {"id": "202403", "value": "2024 Mar"},
                            {"id": "202405", "value": "2024 May"},
                            {"id": "202607", "value": "2026 Jul"},
                        ],
                    }
                ],
            }
        ],
    }
).encode()
ARCHIVE = json.dumps(
    {
        "page": 1, "pages": 1, "total": 2, "lastupdated": "2026-10-15",
        "source": {"id": "57", "name": "WDI Database Archives", "data": [
            {"variable": [{"concept": "Country", "id": "CHN"}, {"concept": "Version", "id": "202403"}, {"concept": "Series", "id": "NY.GDP.MKTP.CD"}, {"concept": "Time", "id": year}], "value": value}
            for year, value in (("YR2022", 17111.5), ("YR2023", None))
        ]},
    }
).encode()  # fmt: skip
WDI = (
    '\ufeff"Data Source","World Development Indicators",\r\n\r\n"Last Updated Date","2026-10-15",\r\n\r\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024",\r\n'
    '"China","CHN","GDP (current US$)","NY.GDP.MKTP.CD","17111222333444.5","18111222333444.5",\r\n'
    '"Korea, Rep.","KOR","GDP (current US$)","NY.GDP.MKTP.CD","","1811122233344.25",\r\n'
).encode()
RECORD = {
    **{
        "freqCode": "A",
        "period": "2024",
        "reporterCode": 156,
        "reporterISO": "CHN",
        "partnerCode": 643,
        "partnerISO": "RUS",
    },
    **{"partner2Code": 0, "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0, "netWgt": None},
}
COMTRADE = json.dumps(
    {
        "elapsedTime": "0.11 secs",
        "count": 2,
        "data": [
            RECORD | {"flowCode": "X", "primaryValue": 111222333444.5, "fobvalue": 111222333444.5, "cifvalue": None},
            RECORD | {"flowCode": "M", "primaryValue": 122333444555, "fobvalue": None, "cifvalue": 122333444555},
        ],
        "error": "",
    }
).encode()
RELEASES = json.dumps(
    {
        "elapsedTime": "0.1 secs",
        "count": 1,
        "data": [
            {"period": 2024, "reporterCode": 156, "datasetChecksum": -7, "lastReleased": "2026-08-03T19:51:21.7333333"}
        ],
        "error": "",
    }
).encode()
FRED = lines("observation_date,EXCHUS,DEXCHUS", "2026-05-01,6.8111,", "2026-06-01,6.7111,6.7", "2026-07-01,,6.6")
FRED_OLD = lines("DATE,DCOILBRENTEU", "2018-10-01,84.94", "2018-10-02,.", "2018-10-03,86.05")
EIA = json.dumps(
    {
        "response": {
            "total": "2", "dateFormat": "YYYY-MM", "frequency": "monthly",
            "data": [
                {"period": "2026-08", "series": "RBRTE", "series-description": "Brent", "value": "81.11", "units": "$/BBL"},
                {"period": "2026-09", "series": "RBRTE", "series-description": "Brent", "value": "79.22", "units": "$/BBL"},
            ],
        },
        "apiVersion": "2.1.8",
    }
).encode()  # fmt: skip
HMRC = loopback.good("rates-hmrc")["month"]
CBR = (
    '<?xml version="1.0" encoding="windows-1251"?><ValCurs ID="R01375" DateRange1="01.10.2026" DateRange2="03.10.2026" name="Динамика">'
    '<Record Date="01.10.2026" Id="R01375"><Nominal>10</Nominal><Value>121,4567</Value><VunitRate>12,14567</VunitRate></Record>'
    '<Record Date="02.10.2026" Id="R01375"><Nominal>10</Nominal><Value>122,5678</Value><VunitRate>12,25678</VunitRate></Record></ValCurs>'
).encode("cp1251")
PINK = loopback.workbook(
    "Monthly Prices",
    [
        ["World Bank Commodity Price Data (The Pink Sheet)"],
        [None, "Crude oil, Brent", "Natural gas, Europe **"],
        [None, "($/bbl)", "($/mmbtu)"],
        ["2026M08", 81.11, 11.5],
        ["2026M09", 79.22, "…"],
        ["2026M10", 78.5, 12.25],
    ],
)
DATASET = loopback.good("un-positions")["dataset"]
POSITIONS = lines(
    'ccode\t"iso3c"\t"Countryname"\tyear\tNVotesFP\tIdealPointFP\tQ5%FP\tQ95%FP'.replace('"', ""),
    "710\tCHN\tChina\t2024\t8\t-0.61\t-0.9\t-0.3",
    "365\tRUS\tRussia\t2024\t8\t-1.21\t-1.5\t-0.9",
    "710\tCHN\tChina\t2025\t92\t-0.66\t-0.8\t-0.5",
)
GACC_CELLS = [
    ("Total", "1,111.0", "700.0", "411.0", "5.0", "6.0", "3.3"),
    ("of which: Germany", "150.0", "90.0", "60.0", "-2.0", "1.0", "-6.2"),
    ("Russia", "190.0", "92.0", "98.0", "-7.1", "-10.9", "-3.2"),
    ("Chinese Taipei", "-", "-", "-", "-", "-", "-"),
]
GACC_TITLE = "(4) China's Total Export & Import Values by Country/Region, October 2026 (in CNY)"
GACC = (
    f"<!DOCTYPE html><html><head><title>{GACC_TITLE}</title></head><body><table>\n"
    f"<tr><td colspan=7><b>{GACC_TITLE.replace('&', '&amp;')}</b></td></tr>\n<tr><td colspan=7>Unit: CNY 100 Million</td></tr>\n"
    + "".join("<tr>" + "".join(f"<td>{cell}&nbsp;</td>" for cell in row) + "</tr>\n" for row in GACC_CELLS)
    + "</table></body></html>\n"
).encode()
GACC_INDEX = (
    b"<!DOCTYPE html><html><body><table>\n<tr><td>(4) China's Total Export & Import Values by Country/Region (in CNY)</td>"
    b"<td><span>Jan.</span><a href=http://english.customs.gov.cn/Statics/0a1b2c3d-0000-4000-8000-000000000001.html> Sep.</a>"
    b"<a href=/Statics/0a1b2c3d-0000-4000-8000-000000000002.html>Oct.</a><span>Nov.</span></td></tr>\n</table></body></html>\n"
)
SDN = (
    b'36,"SAMPLE AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    b'9001,"EXAMPLE, Ivan","individual","RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1 Jan 1970."\r\n'
    b'9002,"SAMPLE VESSEL","vessel","RUSSIA-EO14024",-0- ,"UBXX1","Crude Oil Tanker","105,000","60,000","Panama","Sample Owner",-0- \r\n'
) + b"\x1a"
DELTA = (
    b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
    b'<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><publicationInfo>'
    b"<datePublished>2026-11-20T00:00:00-05:00</datePublished></publicationInfo><entities>"
    b'<entity id="1" action="add"><generalInfo><entityType refId="601">Entity</entityType></generalInfo><sanctionsPrograms>'
    b'<sanctionsProgram id="5" refId="211">RUSSIA-EO14024</sanctionsProgram></sanctionsPrograms></entity>'
    b'<entity id="2" action="remove"><generalInfo><entityType refId="600">Individual</entityType></generalInfo></entity>'
    b"</entities></sanctionsData>"
)
HISTORY = json.dumps(
    [{"publicationID": 501, "datePublished": "2026-11-20"}, {"publicationID": 502, "datePublished": "2026-11-26"}]
).encode()
UK = lines(
    "Report Date: 20-Nov-2026",
    "Last Updated,Unique ID,Name 6,Name type,Regime Name,Designation Type,Date Designated",
    "01/11/2026,RUS9001,EXAMPLE,Primary Name,The Russia (Sanctions) (EU Exit) Regulations 2019,Individual,24/02/2022",
    "01/11/2026,RUS9001,EXAMPLE TWO,Alias,The Russia (Sanctions) (EU Exit) Regulations 2019,Individual,24/02/2022",
    '02/11/2026,RUS9002,"SAMPLE, VESSEL",Primary Name,The Russia (Sanctions) (EU Exit) Regulations 2019,Ship,01/11/2026',
)
EU = b"\xef\xbb\xbf" + lines(
    "fileGenerationDate;Entity_LogicalId;Entity_SubjectType;Entity_Regulation_PublicationDate;Entity_Regulation_Programme;NameAlias_WholeName",
    "20/11/2026;9001;P;2022-02-23;UKR;Example Ivan",
    "20/11/2026;9001;P;2022-02-23;UKR;Ivan Example",
    "20/11/2026;9002;E;2026-11-01;UKR;Sample Trading",
)
EU_XML = (
    b'<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-20T08:00:00.000+01:00">'
    b'<sanctionEntity euReferenceNumber="EU.1.1" logicalId="9001"><regulation publicationDate="2022-02-23" programme="UKR"/>'
    b'<subjectType code="person"/></sanctionEntity>'
    b'<sanctionEntity euReferenceNumber="EU.1.2" logicalId="9002"><regulation publicationDate="2026-11-01" programme="UKR"/>'
    b'<subjectType code="enterprise"/></sanctionEntity></export>'
)
SECO = (
    b'<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list list-type="whole-list" date="2026-11-20">'
    b'<sanctions-program ssid="20"><program-key lang="eng">Ukraine</program-key><sanctions-set ssid="101" lang="eng">annexe 1</sanctions-set></sanctions-program>'
    b'<target ssid="1000"><sanctions-set-id>101</sanctions-set-id><individual/><modification modification-type="amended" effective-date="2026-05-01"/>'
    b'<modification modification-type="listed" effective-date="2025-04-15"/></target>'
    b'<target ssid="2000"><sanctions-set-id>101</sanctions-set-id><entity/><modification modification-type="de-listed" effective-date="2026-04-01">'
    b'<removed><target ssid="2000"><entity/></target></removed></modification><modification modification-type="listed" effective-date="2025-01-01"/></target>'
    b"</swiss-sanctions-list>"
)
DFAT = loopback.workbook(
    "Sheet1",
    [
        ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees", "Control Date"],
        ["9001", "EXAMPLE Ivan", "Individual", "Primary Name", "Autonomous (Russia)", "2026-11-01"],
        ["9001a", "EXAMPLE Iwan", "Individual", "aka", "Autonomous (Russia)", "2026-11-01"],
        ["9002", "Sample Trading", "Entity", "Primary Name", "Autonomous (Ukraine)", "2022-03-01"],
    ],
)
TALDAU = json.dumps(
    [
        {
            "id": "741880",
            "text": "РЕСПУБЛИКА КАЗАХСТАН",
            "leaf": "false",
            "y122023": "11.5",
            "122023": "883",
            "y122024": "12.5",
            "122024": "17",
        }
    ],
    ensure_ascii=False,
).encode()
UZB = b"\xef\xbb\xbf" + lines(
    "Code,Klassifikator,Klassifikator_ru,Klassifikator_en,2023,2024",
    "156,Xitoy,Китай,China,2511.5,2044.25",
    "643,Rossiya,Россия,Russian Federation,3211.5,3744.75",
)
OIL = lines("Date,Price", "2026-05-15,71.11", "2026-06-15,85.4", "2026-07-15,83.76")
PANEL = lines(
    "Country,Date,yrqtr,yrmon,levels,additions,removals,change",
    "Russia,2026-02-28,2026Q1,2026-02,5419,3,9,-6",
    "Russia,2026-03-31,2026Q1,2026-03,5420,2,1,1",
)

ANSWERS: dict[str, tuple[Read, bytes]] = {
    "imf": (imf.read, IMTS),
    "oecd": (oecd.read, OECD),
    "world-bank": (world_bank.read, INDICATOR),
    "world-bank-archive": (world_bank.read_archive, ARCHIVE),
    "world-bank-csv": (world_bank.read_csv, WDI),
    "world-bank-zip": (world_bank.read_csv, loopback.zipped({"API_made.csv": WDI})),
    "comtrade": (comtrade.read, COMTRADE),
    "fred": (fred.read, FRED),
    "fred-old": (fred.read, FRED_OLD),
    "eia": (eia.read, EIA),
    "hmrc": (hmrc.read, HMRC),
    "bank-of-russia": (bank_of_russia.read, CBR),
    "pink-sheet": (pink_sheet.read, PINK),
    "dataverse": (dataverse.read, DATASET),
    "un-positions": (dataverse.positions, POSITIONS),
    "gacc": (gacc.read, GACC),
    "gacc-index": (gacc.read_index, GACC_INDEX),
    "ofac": (ofac.read, SDN),
    "ofac-delta": (ofac.read_delta, DELTA),
    "ofac-history": (ofac.read_history, HISTORY),
    "uk": (uk_sanctions.read, UK),
    "eu": (eu_sanctions.read, EU),
    "eu-xml": (eu_sanctions.read_xml, EU_XML),
    "switzerland": (swiss_sanctions.read, SECO),
    "australia": (australian_sanctions.read, DFAT),
    "kazakhstan": (kazakhstan.read, TALDAU),
    "uzbekistan": (uzbekistan.read, UZB),
    "oil": (carriers.read_oil, OIL),
    "ofac-panel": (carriers.read_ofac, PANEL),
}
