"""Spanish words of time, said in English before they are read: "el viernes a las 5" is "friday at 5"."""

import re

_DAYS = "lunes:monday martes:tuesday miercoles:wednesday jueves:thursday viernes:friday sabado:saturday domingo:sunday"
_MONTHS = (
    "enero:january febrero:february marzo:march abril:april mayo:may junio:june julio:july agosto:august"
    " septiembre:september setiembre:september octubre:october noviembre:november diciembre:december"
)
_NUMBERS = "una:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12"


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_DAY_NAMES, _MONTH_NAMES, _NUMBER_NAMES = _pairs(_DAYS), _pairs(_MONTHS), _pairs(_NUMBERS)
_ZONE_NAMES = _pairs("pacifico:pacific este:eastern centro:central central:central montana:mountain")
_DAY = "|".join(_DAY_NAMES)
_NUMBER = rf"(?:(?:\d{{1,2}}|{'|'.join(_NUMBER_NAMES)})(?::\d\d)?)"
# one of these, and the sentence is Spanish: "a", "la", "o" and "entre" alone prove nothing
_SPANISH = re.compile(
    rf"\b(?:{_DAY}|sabados|domingos|manana|pasado manana|hoy|semana|mes|mediodia|tarde|tardes|noche|a las? {_NUMBER}|las {_NUMBER}|de {_NUMBER} a {_NUMBER}|cualquier"
    rf"|(?:{'|'.join(_MONTH_NAMES)}) a las|\d{{1,2}} de (?:{'|'.join(_MONTH_NAMES)})|cuanto antes|lo antes posible|cuando sea|despues|antes de|a partir|desde|hasta|entre (?:las? )?{_NUMBER} y|{_NUMBER} y (?:media|cuarto)|primero de|(?:{'|'.join(_MONTH_NAMES)}) \d{{1,2}}|(?:hora|tiempo) (?:del|de la) (?:{'|'.join(_ZONE_NAMES)})|temprano|medianoche|mananas|noches|quince dias)\b"
)
_ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")
_PHRASES = (
    (rf"\b({_NUMBER}) y media\b", r"\1:30"),
    (rf"\b({_NUMBER}) y cuarto\b", r"\1:15"),
    (r"\bbuen(?:os dias|as tardes|as noches)\b", " "),
    (r"\b(?:12|doce) de la noche\b|\b(?:a (?:la )?)?medianoche\b", "midnight"),
    (r"\bantes de (?:la|mi|su|nuestra|una) (?:junta|reunion|audiencia)(?: del iep)?(?: (?:que )?(?:es )?(?:del|de|el))?", "before the meeting on "),
    (r"\b(?:salgo|llego|salimos) (?:del trabajo|de trabajar|a (?:la )?casa)?\b", "i get off "),
    (r"\b(?:no )?trabaj(?:o|a|amos|ando)\b", "i work"),
    (r"\b(?:junta|reunion|audiencia)s?\b", "meeting"),
    (r"\b(?:suspend|expuls|expuls)\w+\b", "suspended"),
    (r"\b(?:doctora?|terapia|terapista|dentista)\b", "doctor"),
    (r"\b(?:me|nos|le|lo|la) (?:dijeron|dijo|llamaron|llamo|mandaron|mando)\b", "they told me"),
    (r"\b(?:a eso de|tipo|alrededor de|mas o menos a|por ahi de)(?: las?)? ", "around "),
    (r"\b(?:a partir|desde) (?:del?|el|este) (?:proximo )?(?=(?:" + _DAY + r")\b)", "starting "),
    *((rf"\b(?:hora|tiempo) (?:del |de la |de )?{spanish}\b", f"{english} time") for spanish, english in _ZONE_NAMES.items()),
    (r"\bpor las (?=mananas|tardes|noches)", ""),
    (r"\b(?:la otra semana|semana siguiente)\b", "next week"),
    (r"\b(?:en|de aqui a|dentro de) (?:dos semanas|quince dias)\b", "in two weeks"),
    (r"\b(?:el )?primero de (?=[a-z]+)", "1 de "),
    (r"\b(?:el )?(?:mas )?temprano\b", "early"),
    (r"\b(?:entonces|pues|bueno|tambien|tal vez|quizas?|nomas|solamente|mejor dicho|si se puede|si es posible)\b", " "),
    (r"\b(?:por|en|de|a) la manana\b|\bde manana(?= temprano|$)", "in the morning"),
    (r"\bmananas\b", "mornings"),
    (r"\btemprano\b", "early"),
    (r"\b(?:por|en|de|a) la tarde\b|\btardes?\b", "in the afternoon"),
    (r"\b(?:por|en|de|a) la noche\b|\bnoches?\b", "in the evening"),
    (r"\bpasado manana\b", "the day after tomorrow"),
    (r"\bmanana\b", "tomorrow"),
    (r"\bhoy\b", "today"),
    (r"\b(?:al?|el) mediodia\b|\bmediodia\b", "noon"),
    (r"\bcualquier (?:dia|hora|momento)\b|\bcuando sea\b|\ba cualquier hora\b", "anytime"),
    (r"\b(?:lo antes posible|cuanto antes)\b", "asap"),
    (r"\bfin(?:es)? de semana\b", "weekend"),
    (r"\bentre semana\b", "weekdays"),
    (r"\b(?:la )?(?:proxima semana|semana proxima|semana que viene|semana entrante)\b", "next week"),
    (r"\besta semana\b", "this week"),
    (r"\bde next week\b", "next week"),
    (rf"(?<!no )(?<!menos )(?<!excepto )(?<!salvo )(?<!no puedo )\blos ({_DAY})\b", r"every \1"),
    (r"\b(?:despues|a partir|desde) (?:de las?|del?|las?|el) ", "after "),
    (r"\bantes (?:de las?|del?) ", "before "),
    (r"\bhasta (?:las?|el) ", "until "),
    (rf"\bentre (?:las? |el )?({_NUMBER}|{_DAY}) y (?:las? |el )?(?={_NUMBER}|{_DAY})", r"between \1 and "),
    (rf"\bde (?:las? )?({_NUMBER}) a (?:las? )?(?={_NUMBER})", r"from \1 to "),
    (rf"\bde ({_DAY}) a (?={_DAY})", r"from \1 to "),
    (r"\b(?:menos|excepto|salvo|pero no)(?: el| los)?\b", "but not"),
    (r"\bno (?:el|los) ", "not "),
    (rf"\b(?:a|como a|sobre) las? (?={_NUMBER})", "at "),
    (rf"\blas (?={_NUMBER})", "at "),
    (rf"\b(?:(?:el|los) )?(?:proximo|siguiente) ({_DAY})\b|\b(?:el )?({_DAY}) (?:proximo|que viene)\b", r"next \1\2"),
    (rf"\beste ({_DAY})\b", r"this \1"),
    (r"\b(\d{1,2}) de (?=[a-z]+)", r"\1 "),
    (r"\b(?:o|u) (?:el |los |a las? )?", "or "),
    (r"\b(?:y|e) (?:el |los |a las? )?", "and "),
    (r"\b(?:el|los|la|las|puedo|podemos|puede ser|estaria bien|mejor|por favor|gracias|si|seria|me sirve|me queda bien|quiero|tengo libre)\b", " "),
)  # fmt: skip


def in_english(text: str) -> str:
    """Return a sentence about time with its Spanish words in English; one that is not Spanish as it is.

    >>> in_english("el viernes a las 5 de la tarde")
    'friday at 5 in the afternoon'
    """
    plain = text.lower().translate(_ACCENTS)
    if not _SPANISH.search(plain):
        return text
    for wrong, right in _PHRASES:
        plain = re.sub(wrong, right, plain)
    for names in (_DAY_NAMES, _MONTH_NAMES, _NUMBER_NAMES):
        plain = re.sub(rf"\b({'|'.join(names)})(?:es|s)?\b", lambda found: names[found[1]], plain)  # noqa: B023
    return " ".join(plain.split())


_TIME = re.compile(
    rf"\b(?:(?:el|la|los|las|en|por|a|de|este|esta|desde|hasta|para) )*(?:proxim[oa] )?(?:{_DAY}|hoy|manana|pasado manana|tardes?|noche|semana|mediodia)\b(?: (?:por|en|de|a) la (?:manana|tarde|noche))?"
    rf"|\b(?:(?:despues|antes|a partir|como|sobre|desde|entre) )?(?:para |de |a )?las? {_NUMBER}\b(?: (?:y|a) (?:las? )?{_NUMBER}\b)?"
)


def without_spanish_times(text: str) -> str:
    """Return a Spanish clause without its days and hours, and without accents; one that names none as it is.

    >>> without_spanish_times("necesito una cita el jueves después de las 4")
    'necesito una cita'
    """
    plain = text.lower().translate(_ACCENTS)
    bare = _TIME.sub(" ", plain)
    return text if bare == plain else " ".join(bare.split())
