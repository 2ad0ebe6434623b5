"""Countries, their parts, and cities that affiliations name: what tells a place from an organisation.

Written from general knowledge, and short on purpose: a city stands here if laboratories print it. Names are folded
(`kg.text.fold`), without punctuation. A city that two countries have (Cambridge, Birmingham) says nothing of the country.
"""

import re
from typing import Final, NamedTuple


class Place(NamedTuple):
    """What a name says of a place: `country`, `region` or `city`, and the country as a code (ISO 3166-1), empty if it could be several."""

    level: str
    country: str


_COUNTRIES: Final = """
US=usa|u s a|u s|us|united states|united states of america|the united states
GB=uk|u k|united kingdom|great britain|england|scotland|wales|northern ireland
CN=china|p r china|pr china|people s republic of china|peoples republic of china|p r c|prc|mainland china|p r of china
HK=hong kong|hong kong sar|hksar|hong kong s a r|hong kong china|hong kong sar china
MO=macau|macao|macau sar
TW=taiwan|taiwan r o c|r o c|roc|taiwan roc|republic of china|chinese taipei
JP=japan|nippon
KR=korea|south korea|republic of korea|s korea|rep of korea|korea republic of|korea south
DE=germany|deutschland|federal republic of germany
FR=france
IT=italy|italia
ES=spain|espana
PT=portugal
NL=netherlands|the netherlands|holland
BE=belgium|belgique|belgie
LU=luxembourg
CH=switzerland|schweiz|suisse|svizzera
AT=austria|osterreich
SE=sweden|sverige
NO=norway|norge
FI=finland|suomi
DK=denmark|danmark
IS=iceland
IE=ireland|republic of ireland
PL=poland|polska
CZ=czech republic|czechia
SK=slovakia|slovak republic
HU=hungary
RO=romania
BG=bulgaria
GR=greece
HR=croatia
SI=slovenia
RS=serbia
BA=bosnia and herzegovina
MK=north macedonia
EE=estonia
LV=latvia
LT=lithuania
UA=ukraine
BY=belarus
RU=russia|russian federation|ussr
TR=turkey|turkiye
CY=cyprus
MT=malta
IL=israel
PS=palestine
JO=jordan
LB=lebanon
IR=iran|islamic republic of iran
IQ=iraq
SA=saudi arabia|kingdom of saudi arabia|ksa
AE=united arab emirates|uae|u a e
QA=qatar
KW=kuwait
OM=oman
BH=bahrain
EG=egypt
MA=morocco
DZ=algeria
TN=tunisia
ZA=south africa
NG=nigeria
KE=kenya
ET=ethiopia
GH=ghana
RW=rwanda
UG=uganda
TZ=tanzania
SN=senegal
CM=cameroon
IN=india
PK=pakistan
BD=bangladesh
LK=sri lanka
NP=nepal
SG=singapore|republic of singapore
MY=malaysia
TH=thailand
VN=vietnam|viet nam
ID=indonesia
PH=philippines|the philippines
KH=cambodia
MM=myanmar
MN=mongolia
KZ=kazakhstan
UZ=uzbekistan
AM=armenia
AZ=azerbaijan
AU=australia
NZ=new zealand
CA=canada
MX=mexico
BR=brazil|brasil
AR=argentina
CL=chile
CO=colombia
PE=peru
UY=uruguay
EC=ecuador
VE=venezuela
CR=costa rica
CU=cuba
PR=puerto rico
"""

_REGIONS: Final = """
US=alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|district of columbia
US=al|ak|az|ar|ca|co|ct|fl|ga|hi|id|il|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|dc|d c|calif|mass
CA=ontario|quebec|british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick|newfoundland|bc|qc|ab|on
AU=new south wales|nsw|queensland|qld|south australia|western australia|tasmania|victoria|vic|act
CN=anhui|fujian|gansu|guangdong|guangxi|guizhou|hainan|hebei|heilongjiang|henan|hubei|hunan|inner mongolia|jiangsu|jiangxi|jilin|liaoning|ningxia|qinghai|shaanxi|shandong|shanxi|sichuan|tibet|xinjiang|yunnan|zhejiang
IN=maharashtra|karnataka|tamil nadu|kerala|gujarat|rajasthan|uttar pradesh|west bengal|telangana|andhra pradesh|punjab|haryana|bihar|odisha|uttarakhand|madhya pradesh|assam|jharkhand
DE=bavaria|bayern|baden wurttemberg|hessen|saxony|sachsen|niedersachsen|lower saxony|nordrhein westfalen|north rhine westphalia|saarland|thuringia|brandenburg
JP=tohoku|kyushu|kansai|ibaraki|ishikawa|aichi|kanagawa|chiba|saitama|ibaragi|shizuoka|hokkaido|tokushima|niigata|miyagi|gifu|mie
FR=ile de france|bretagne|occitanie
IT=lombardy|tuscany|lazio|emilia romagna
GB=surrey|kent|essex|hertfordshire|oxfordshire|middlesex|cambridgeshire|berkshire
BR=sp|rj|mg|rs
ES=catalonia|catalunya|andalucia|pais vasco|basque country
KR=gyeonggi do|gyeonggi|gyeongbuk|chungnam
"""

_CITIES: Final = """
US=new york city|nyc|boston|chicago|los angeles|san francisco|san diego|san jose|seattle|redmond|bellevue|kirkland|palo alto|stanford|mountain view|menlo park|sunnyvale|santa clara|cupertino|berkeley|oakland|irvine|pasadena|la jolla|davis|riverside|santa barbara|santa cruz|merced|austin|dallas|houston|college station|arlington|el paso|san antonio|lubbock|denton|waco|atlanta|athens ga|pittsburgh|philadelphia|state college|university park|princeton|new brunswick nj|piscataway|newark|hoboken|new haven|providence|ithaca|rochester ny|buffalo|stony brook|troy ny|syracuse|binghamton|albany|yorktown heights|brooklyn|manhattan|baltimore|college park|bethesda|gaithersburg|washington dc|washington d c|fairfax|charlottesville|blacksburg|williamsburg va|chapel hill|raleigh|durham nc|charlotte|columbia sc|clemson|gainesville|orlando|miami|tampa|tallahassee|daytona beach|melbourne fl|nashville|knoxville|oak ridge|memphis|lexington ky|louisville|columbus|cleveland|cincinnati|dayton|ann arbor|dearborn|east lansing|detroit|houghton|kalamazoo|west lafayette|bloomington|indianapolis|notre dame|evanston|urbana|champaign|urbana champaign|argonne|madison|milwaukee|minneapolis|twin cities|st paul|saint paul|rochester mn|iowa city|ames|st louis|saint louis|kansas city|rolla|lawrence ks|omaha|norman|stillwater|tulsa|fayetteville|baton rouge|new orleans|tuscaloosa|auburn|huntsville|denver|boulder|golden co|fort collins|salt lake city|provo|logan ut|tempe|phoenix|tucson|albuquerque|los alamos|las vegas|reno|portland or|corvallis|eugene|pullman|spokane|boise|honolulu|amherst|lowell|medford|waltham|worcester ma|hanover nh|burlington|storrs|hartford|east brunswick|livermore|moffett field|san mateo|redwood city|foster city|emeryville|fremont|santa monica|san bruno|chestnut hill|needham|burlington ma|murray hill|holmdel|florham park|armonk|fort worth|plano|richardson|hillsboro|golden|boca raton|coral gables|fort lauderdale|greenbelt|aberdeen proving ground|adelphi|claremont|malibu|thousand oaks|pomona|long beach|fullerton
GB=london|oxford|edinburgh|glasgow|manchester|bristol|leeds|sheffield|liverpool|nottingham|southampton|coventry|warwick|bath|exeter|cardiff|swansea|belfast|aberdeen|dundee|st andrews|stirling|lancaster|leicester|loughborough|reading|guildford|brighton|colchester|canterbury|egham|uxbridge|cranfield|harwell|didcot|milton keynes|newcastle upon tyne|hull|hatfield|portsmouth|plymouth|bradford|salford|keele|norwich|preston|bedford
CN=beijing|shanghai|shenzhen|guangzhou|hangzhou|nanjing|wuhan|chengdu|chongqing|xi an|xian|tianjin|hefei|harbin|changsha|shenyang|dalian|jinan|qingdao|xiamen|suzhou|wuxi|ningbo|zhengzhou|kunming|nanchang|fuzhou|changchun|lanzhou|guiyang|nanning|taiyuan|shijiazhuang|hohhot|urumqi|haikou|zhuhai|dongguan|foshan|shantou|wenzhou|xuzhou|nantong|yangzhou|zhenjiang|changzhou|jinhua|weihai|yantai|luoyang|kaifeng|mianyang|xiangtan|wuhu|guilin|qinhuangdao|baoding|daqing|jiaxing|shaoxing|huzhou|hengyang|yinchuan|xining|lhasa|handan|anshan|peking
HK=kowloon|shatin|sha tin|new territories|n t|clear water bay|hung hom|pokfulam
MO=taipa
TW=taipei|hsinchu|taichung|tainan|kaohsiung|taoyuan|chiayi|keelung|hualien|nantou|new taipei
JP=tokyo|kyoto|osaka|nagoya|sendai|sapporo|fukuoka|kobe|tsukuba|nara|ikoma|yokohama|kawasaki|hiroshima|chiba city|toyota city|toyohashi|kitakyushu|kanazawa|okayama|kumamoto|nagaoka|hamamatsu|atsugi|wako|kashiwa|koganei|chofu|suita|toyonaka|akita|morioka|yamagata|aizu wakamatsu|aizuwakamatsu|utsunomiya|okinawa|hachioji|matsuyama|tottori|shinjuku|shibuya|meguro|bunkyo ku|minato ku
KR=seoul|daejeon|taejon|pohang|suwon|busan|pusan|daegu|gwangju|ulsan|incheon|ansan|yongin|seongnam|jeonju|cheongju|changwon|chuncheon|gangneung|sejong|pangyo|gyeongsan|jinju|cheonan|asan
DE=berlin|munich|munchen|hamburg|cologne|koln|frankfurt|stuttgart|karlsruhe|heidelberg|tubingen|freiburg|bonn|aachen|dresden|leipzig|darmstadt|saarbrucken|kaiserslautern|hannover|hanover|bremen|gottingen|munster|bielefeld|dortmund|bochum|essen|duisburg|dusseldorf|wuppertal|siegen|paderborn|kassel|marburg|giessen|mainz|mannheim|ulm|augsburg|erlangen|nuremberg|nurnberg|wurzburg|bamberg|bayreuth|regensburg|passau|konstanz|jena|ilmenau|weimar|chemnitz|magdeburg|halle|potsdam|rostock|kiel|lubeck|braunschweig|oldenburg|osnabruck|garching|oberpfaffenhofen|wessling|julich|sankt augustin|offenburg|luneburg|clausthal|cottbus|greifswald|trier|koblenz|hildesheim|ingolstadt|rosenheim|freising
FR=paris|lyon|marseille|toulouse|grenoble|lille|rennes|nantes|bordeaux|nice|sophia antipolis|montpellier|strasbourg|nancy|metz|palaiseau|orsay|gif sur yvette|saclay|cachan|versailles|marne la vallee|champs sur marne|compiegne|besancon|dijon|brest|caen|rouen|le mans|tours|orleans|poitiers|limoges|clermont ferrand|saint etienne|annecy|avignon|toulon|valenciennes|lens|rocquencourt|villeurbanne|evry|villetaneuse|creteil|vandoeuvre les nancy|illkirch|angers|reims|amiens|troyes|la rochelle|perpignan|pau|chambery|bourges
IT=rome|roma|milan|milano|turin|torino|genoa|genova|pisa|florence|firenze|bologna|padua|padova|venice|venezia|trento|verona|naples|napoli|bari|catania|palermo|cagliari|siena|perugia|parma|pavia|modena|ferrara|brescia|trieste|udine|l aquila|ancona|lecce|salerno|messina|bergamo|cosenza|rende|pontedera|povo|bolzano|cassino|reggio emilia
ES=madrid|barcelona|valencia|seville|sevilla|granada|malaga|bilbao|san sebastian|donostia|zaragoza|alicante|murcia|cartagena|girona|bellaterra|salamanca|valladolid|oviedo|santiago de compostela|vigo|castellon|jaen|cordoba|pamplona|vitoria|leganes|getafe|elche|lleida|palma|las palmas|tarragona|la laguna
PT=lisbon|lisboa|porto|coimbra|aveiro|braga|guimaraes|faro|covilha|evora
NL=amsterdam|delft|eindhoven|utrecht|leiden|groningen|nijmegen|rotterdam|twente|enschede|tilburg|maastricht|wageningen|the hague|den haag|veldhoven
BE=brussels|bruxelles|brussel|leuven|ghent|gent|antwerp|antwerpen|liege|louvain la neuve|louvain|mons|namur|hasselt|heverlee|diepenbeek
CH=zurich|zuerich|lausanne|geneva|geneve|bern|basel|lugano|st gallen|neuchatel|fribourg|martigny|winterthur|villigen|rapperswil|dubendorf|ruschlikon|sion
AT=vienna|wien|graz|linz|innsbruck|salzburg|klagenfurt|klosterneuburg|leoben|hagenberg
SE=stockholm|gothenburg|goteborg|uppsala|lund|linkoping|umea|lulea|orebro|vasteras|karlstad|malmo|skovde|halmstad|jonkoping|kista|solna|norrkoping
NO=oslo|trondheim|bergen|tromso|stavanger|kristiansand|grimstad|as norway|kongsberg|gjovik|kjeller
FI=helsinki|espoo|tampere|oulu|turku|jyvaskyla|joensuu|lappeenranta|kuopio|vaasa
DK=copenhagen|kobenhavn|aarhus|odense|aalborg|lyngby|kongens lyngby|roskilde|ballerup
IS=reykjavik
IE=dublin|cork|galway|limerick|maynooth
PL=warsaw|warszawa|krakow|cracow|wroclaw|poznan|gdansk|lodz|gliwice|katowice|lublin|szczecin|torun|bialystok|rzeszow
CZ=prague|praha|brno|ostrava|plzen|pilsen|liberec|olomouc
SK=bratislava|kosice|zilina
HU=budapest|szeged|debrecen|pecs|veszprem
RO=bucharest|cluj napoca|cluj|iasi|timisoara|brasov|craiova
BG=sofia|plovdiv|varna
GR=athens|thessaloniki|patras|heraklion|crete|ioannina|chania|volos|piraeus
HR=zagreb|split|rijeka|osijek
SI=ljubljana|maribor
RS=belgrade|novi sad|nis
EE=tallinn|tartu
LV=riga
LT=vilnius|kaunas
UA=kyiv|kiev|lviv|kharkiv
BY=minsk
RU=moscow|moskva|saint petersburg|st petersburg|novosibirsk|dolgoprudny|kazan|innopolis|tomsk|yekaterinburg|nizhny novgorod|samara|zelenograd
TR=istanbul|ankara|izmir|bursa|antalya|konya|eskisehir|kocaeli|gebze|trabzon|kayseri
CY=nicosia|limassol
IL=tel aviv|jerusalem|haifa|beer sheva|be er sheva|ramat gan|rehovot|herzliya|ariel|petah tikva|yokneam
IR=tehran|isfahan|shiraz|tabriz|mashhad|qazvin|kerman|yazd|rasht|zanjan
SA=riyadh|jeddah|thuwal|dhahran|dammam|mecca|medina
AE=abu dhabi|dubai|sharjah|al ain
QA=doha
KW=kuwait city
OM=muscat
LB=beirut
JO=amman
EG=cairo|alexandria|giza|assiut
MA=rabat|casablanca|fes|marrakech
TN=tunis|sfax|sousse
DZ=algiers
ZA=cape town|johannesburg|pretoria|stellenbosch|durban|potchefstroom
NG=lagos|abuja|ibadan|nsukka
KE=nairobi
ET=addis ababa
GH=accra|kumasi
RW=kigali
UG=kampala
IN=mumbai|bombay|new delhi|delhi|bangalore|bengaluru|chennai|madras|kolkata|calcutta|hyderabad|pune|kanpur|kharagpur|guwahati|roorkee|gandhinagar|ahmedabad|jaipur|jodhpur|indore|bhopal|ropar|rupnagar|mandi|patna|bhubaneswar|varanasi|dhanbad|tirupati|palakkad|dharwad|goa|surat|trivandrum|thiruvananthapuram|kochi|calicut|tiruchirappalli|trichy|vellore|coimbatore|mangalore|surathkal|warangal|rourkela|durgapur|nagpur|noida|gurgaon|gurugram|mohali|chandigarh|allahabad|prayagraj|lucknow|jammu|pilani|mysore|visakhapatnam|vijayawada|sonipat|patiala
PK=islamabad|lahore|karachi|rawalpindi|peshawar|faisalabad
BD=dhaka|chittagong|sylhet|khulna|rajshahi
LK=colombo|moratuwa|peradeniya
NP=kathmandu
MY=kuala lumpur|penang|johor bahru|cyberjaya|bangi|serdang|selangor
TH=bangkok|chiang mai|pathum thani|khon kaen
VN=hanoi|ha noi|ho chi minh city|ho chi minh|da nang|danang|hue|can tho
ID=jakarta|bandung|surabaya|yogyakarta|depok|bogor
PH=manila|quezon city|cebu
KZ=almaty|astana|nur sultan
AM=yerevan
AU=sydney|melbourne|brisbane|perth|adelaide|canberra|hobart|wollongong|geelong|darwin|gold coast|townsville|callaghan|clayton|st lucia|kensington|ultimo|parkville|bundoora|armidale
NZ=auckland|wellington|christchurch|dunedin|palmerston north
CA=toronto|montreal|vancouver|ottawa|calgary|edmonton|waterloo|quebec city|kingston|hamilton|winnipeg|halifax|saskatoon|regina|burnaby|guelph|sherbrooke|st john s|fredericton|oshawa|mississauga|markham|surrey bc|kelowna|thunder bay|sudbury
MX=mexico city|monterrey|guadalajara|puebla|guanajuato|ensenada|cuernavaca|leon|tijuana|merida
BR=sao paulo|rio de janeiro|belo horizonte|campinas|porto alegre|brasilia|recife|fortaleza|curitiba|florianopolis|sao carlos|natal|salvador|manaus|goiania|vitoria es|juiz de fora|joao pessoa|maceio|uberlandia|pelotas|sao jose dos campos|niteroi
AR=buenos aires|rosario|la plata|bahia blanca|mendoza
CL=santiago|valparaiso|concepcion|antofagasta
CO=bogota|medellin|cali|barranquilla
PE=lima|arequipa
UY=montevideo
EC=quito
SG=jurong
=cambridge|birmingham|durham|lincoln|newcastle|worcester|rochester|columbia|richmond|lexington|portland|cordoba|valencia|santiago|kingston|victoria|hamilton|waterloo|reading|split|nice|tours|nara|bath|hull|orange|essex|york|burlington|troy|lawrence|hanover|halle|mobile|natal|leon|merida|vitoria|warwick|ariel|ulm|golden|davis|bergen
"""


def _names(table: str, level: str) -> dict[str, Place]:
    """Return the names of a table; the last line that has a name counts."""
    rows = (line.split("=", 1) for line in table.strip().splitlines())
    return {name: Place(level, country) for country, names in rows for name in names.split("|")}


PLACES: Final[dict[str, Place]] = _names(_CITIES, "city") | _names(_REGIONS, "region") | _names(_COUNTRIES, "country")
"""Folded name to place; a country before a region before a city of the name."""

CITIES: Final[dict[str, Place]] = _names(_CITIES, "city")
"""Folded names of cities, also of such as are called like their country or region."""

FIRST_WORDS: Final = frozenset(name.partition(" ")[0] for name in PLACES)
"""What names of places begin with."""

LONGEST: Final = 6
"""Words of the longest name."""

_POSTCODE: Final = re.compile(r"[0-9]{4,6}|[0-9]{3}|[a-z]{1,2}[0-9]{1,2}[a-z]?|[0-9][a-z]{2}|[a-z][0-9][a-z]|[a-z]{1,2}|ch|cedex|box|p\.?o")
"""One word of a post code; a single letter or two stand in many of them."""


def is_code(word: str) -> bool:
    """Return whether a folded word can be part of a post code or of a number in a street.

    >>> is_code("94305"), is_code("ec1v"), is_code("4paradigm")
    (True, True, False)
    """
    return not word.isalpha() and any(c.isdigit() for c in word) and _POSTCODE.fullmatch(word) is not None
