"""Calendar words: the months and weekdays as pages write them, in the languages that pages are written in.

Tables only; separate because they are long, and grow by a line when a language is added.
Each line: the twelve months, or the seven weekdays from Monday; ``/`` parts the forms of one name.
"""

from __future__ import annotations

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
)

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
