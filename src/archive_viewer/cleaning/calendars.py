"""Calendar words: the months and weekdays as pages write them, in the languages that pages are written in.

Tables, and what turns a day of Iran's or the Islamic calendar into one of ours; separate because they are long, and
grow by a line when a language is added.
Each line: the twelve months, or the seven weekdays from Monday; ``/`` parts the forms of one name.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

_MONTHS = (
    # English, German, French, Spanish, Portuguese, Italian, Dutch
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct "
    "november/nov december/dec",
    "januar/jänner/jän februar/feber märz/mrz april mai juni juli august september oktober/okt november dezember/dez",
    "janvier/janv février/févr/fevrier mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre "
    "décembre/déc/decembre",
    "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set octubre noviembre "
    "diciembre/dic",
    "janeiro fevereiro/fev março/marco abril maio/mai junho julho agosto setembro outubro/out novembro dezembro",
    "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/sett ottobre/ott novembre "
    "dicembre",
    "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    # Swedish, Danish and Norwegian, Polish, Czech, Turkish, Indonesian, Romanian, Hungarian
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts/mars april maj/mai juni juli august september oktober november december/desember",
    "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec "
    "sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen "
    "září října/říjen listopadu prosince/prosinec",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "január február március április május június július augusztus szeptember október november december",
    # Finnish (in the form of a date), Slovak, Catalan, Vietnamese; Croatia's listopad is October, Poland's November
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta",
    "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "gener febrer març/marc abril maig juny juliol agost setembre octubre novembre desembre",
    "tháng_1 tháng_2 tháng_3 tháng_4 tháng_5 tháng_6 tháng_7 tháng_8 tháng_9 tháng_10 tháng_11 tháng_12",
    # Bulgarian, Serbian
    "януари февруари март април май юни юли август септември октомври ноември декември",
    "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    # Russian, Ukrainian, Greek
    "января/январь/янв февраля/февраль/фев марта/март апреля/апрель/апр мая/май июня/июнь июля/июль августа/август/авг "
    "сентября/сентябрь/сен октября/октябрь/окт ноября/ноябрь/ноя декабря/декабрь/дек",
    "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень "
    "серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου "
    "δεκεμβρίου",
    # Hindi, Bengali, Arabic (Egypt and the Gulf; the Levant), Urdu
    "जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    # Persian (of the Gregorian year), Hebrew, Marathi, Gujarati, Punjabi, Tamil, Telugu
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "בינואר/ינואר בפברואר/פברואר במרץ/מרץ/במרס באפריל/אפריל במאי/מאי ביוני/יוני ביולי/יולי באוגוסט/אוגוסט "
    "בספטמבר/ספטמבר באוקטובר/אוקטובר בנובמבר/נובמבר בדצמבר/דצמבר",
    "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ સપ્ટેમ્બર ઓક્ટોબર નવેમ્બર ડિસેમ્બર",
    "ਜਨਵਰੀ ਫ਼ਰਵਰੀ/ਫਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
    "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
    # Thai, whole and short
    "มกราคม/ม.ค. กุมภาพันธ์/ก.พ. มีนาคม/มี.ค. เมษายน/เม.ย. พฤษภาคม/พ.ค. มิถุนายน/มิ.ย. กรกฎาคม/ก.ค. สิงหาคม/ส.ค. กันยายน/ก.ย. "
    "ตุลาคม/ต.ค. พฤศจิกายน/พ.ย. ธันวาคม/ธ.ค.",
)

ERAS: Mapping[str, int] = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "民國": 1911,
    "民国": 1911,
}
"""Japan's eras, and the republic's in Taiwan: the year before their first."""

BUDDHIST = 543
"""What the year of the Buddha is ahead of ours, as Thailand has counted since 1941 (ISO 8601 knows only ours)."""
BUDDHIST_YEARS = range(2450, 2650)
"""Years that no page is of by our count."""

_SOLAR_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_LUNAR_MONTHS = (
    "محرم صفر ربيع_الأول/ربيع_الاول ربيع_الآخر/ربيع_الثاني/ربيع_الاخر جمادى_الأولى/جمادى_الاولى "
    "جمادى_الآخرة/جمادى_الثانية/جمادى_الاخرة رجب شعبان رمضان شوال ذو_القعدة/ذي_القعدة ذو_الحجة/ذي_الحجة"
)
_SOLAR_EPOCH, _LUNAR_EPOCH = datetime.date(622, 3, 21).toordinal(), datetime.date(622, 7, 18).toordinal()

_WEEKDAYS = (
    "monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thur/thurs friday/fri saturday/sat sunday/sun",
    "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "måndag tisdag onsdag torsdag fredag lördag söndag",
    "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "pondělí úterý středa čtvrtek pátek sobota neděle",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "senin selasa rabu kamis jumat sabtu minggu",
    "понедельник вторник среда/среду четверг пятница/пятницу суббота/субботу воскресенье",
    "понеділок вівторок середа четвер п’ятниця субота неділя",
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "सोमवार मंगलवार बुधवार गुरुवार/बृहस्पतिवार शुक्रवार शनिवार रविवार",
    "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার",
    "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار",
    "星期一/周一/週一 星期二/周二/週二 星期三/周三/週三 星期四/周四/週四 星期五/周五/週五 星期六/周六/週六 "
    "星期日/星期天/周日/週日",
    "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
)

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def lookup_form(name: str) -> str:
    """A name as the tables have it: lower case, and Turkish ``İ`` and ``ı`` as ``i``, whose case no rule joins."""
    return name.lower().replace("i\u0307", "i").replace("ı", "i")


def _numbered(lines: Iterable[str], first: int) -> Mapping[str, int]:
    return {
        lookup_form(name.replace("_", " ")): number
        for line in lines
        for number, names in enumerate(line.split(), first)
        for name in names.split("/")
    }


MONTHS = _numbered(_MONTHS, 1)
"""Name in its lookup form → month, 1 to 12."""

WEEKDAYS = _numbered(_WEEKDAYS, 0)
"""Name in its lookup form → weekday, 0 for Monday, as ``datetime.date.weekday`` counts."""

SOLAR_MONTHS = _numbered((_SOLAR_MONTHS,), 1)
"""The months of Iran's calendar."""

LUNAR_MONTHS = _numbered((_LUNAR_MONTHS,), 1)
"""The months of the Islamic calendar."""


def of_solar(year: int, month: int, day: int) -> datetime.date:
    """Our day for one of Iran's calendar, by the 33-year rule, which holds from 1178 to 1633 (our 1799 to 2254).

    :raises ValueError: the calendar has no such day.
    """
    leaps = sum((y % 33) in (1, 5, 9, 13, 17, 22, 26, 30) for y in range(1, year % 33)) + year // 33 * 8
    is_leap = year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
    longest = 31 if month <= 6 else 30 if month <= 11 or is_leap else 29
    if not 1 <= month <= 12 or not 1 <= day <= longest:
        raise ValueError(f"{year}-{month}-{day}")
    days = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return datetime.date.fromordinal(_SOLAR_EPOCH + 365 * (year - 1) + leaps + days + day - 1)


def of_lunar(year: int, month: int, day: int) -> datetime.date:
    """Our day for one of the Islamic calendar, by the arithmetic calendar; the moon may be seen a day from it.

    :raises ValueError: the calendar has no such day.
    """
    if not 1 <= month <= 12 or not 1 <= day <= 30:
        raise ValueError(f"{year}-{month}-{day}")
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day
    return datetime.date.fromordinal(_LUNAR_EPOCH + days)
