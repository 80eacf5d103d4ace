"""The same in Spanish: about one family in six that asks writes some of it. Accents are already gone."""

from __future__ import annotations

_CHILD = r"(?:mi|la|el|un|una|su) (?:nin[oa]|hij[oa]|niet[oa]|bebe|sobrin[oa]|herman[oa]|muchach[oa])"
_GROWN_UP = (
    r"(?:esposo|marido|papa|padre|mama|padrastro|madrastra|novio|ex|tio|maestr[oa]|profesora?|senora?"
    r"|director|chofer|abuelo|hombre|muchacho)"
)

PATTERNS = (
    # suicide, self-harm
    (
        r"\b(?:quier[eo]|quiera|deseo|desea|pensando en) (?:morir\w*|matar(?:se|me)|desaparecer|estar"
        r" muert[oa])\b"
    ),
    r"\bquitar(?:se|me)? la vida\b",
    r"\b(?:se|me) (?:quier[eo]|va a|voy a) (?:morir|matar|ir con dios)\b",
    r"\birse (?:con dios|al cielo)\b",
    r"\bya no quier[eo] (?:seguir )?viv\w+",
    r"\bno quier[eo] (?:seguir |estar )?viv\w+",
    r"\bse corto las venas\b",
    r"\bse (?:esta )?cort(?:a|o|ando) (?:los|las|el|la) (?:brazo|pierna|muneca)s?\b",
    r"\bcortandose\b",
    r"\bse (?:haga|hace|hizo|va a hacer) dano\b",
    r"\bhacerse dano\b",
    r"\bquier[eo] (?:estar|irme|irse|ir) con (?:su|mi) (?:abuel\w+|papa|mama|herman\w+)\b[^.?!]{0,40}\b(?:muri\w+|fallec\w+|cielo|dios)",
    r"\bno quier[eo] (?:seguir|estar) (?:aqui|viv\w+)",
    r"\bno haber nacido\b",
    r"\bmejor sin (?:el|ella|mi)(?= *[.,!?]| *$)",
    r"\bcarta de despedida\b",
    r"\bsobredosis\b",
    r"\bse tomo (?:\w+ )?(?:las|mis|sus|unas|muchas|un monton de) ?(?:\w+ )?(?:pastillas|pildoras)",
    r"\bno aguanto mas esta vida\b",
    r"\bgolpea la cabeza hasta\b",
    # abuse, violence
    (
        rf"\b{_GROWN_UP}\b[^.?!]{{0,20}}\b(?:(?:le|lo|la|me|nos) )?(?:pega|pego|golpea|golpeo|patea|pellizca"
        r"|jalo|amenazo|amenaza|viola|violo|toca|toco|quemo|encerro|encierra|amarro)\b"
    ),
    r"\b(?:la|lo) toca\b",
    r"\bme toca (?:en|a escondidas)\b",
    r"\babus(?:a|o|aron|ando) (?:de|sexual)",
    r"\bmoreton\w*",
    r"\bmarcas en (?:los|las|el|la|su) (?:brazo|pierna|cuello|espalda|cara|cuerpo)s?\b",
    r"\btoc(?:a|o|aron) (?:las|sus) partes\b",
    r"\bviolencia (?:domestica|en casa)\b",
    r"\b(?:lo|la) (?:amarraron|encerraron|golpearon|violaron|patearon)\b",
    r"\bcara (?:golpeada|morada|hinchada)\b",
    r"\bsangr(?:a|ando|ar)\b",
    r"\b(?:pistola|cuchillo|navaja|un arma|rifle)\b",
    r"\bamenaz\w+ (?:con|de) (?:muerte|matar\w*|una?)\b",
    r"\bme (?:va a|quiere) matar\b",
    # missing, emergency
    rf"\b(?:se me perdio|perdi a|no encuentro a|desaparecio|secuestraron a|se llevo a) {_CHILD}",
    rf"{_CHILD} (?:autista )?(?:no (?:ha )?regres\w+|no aparece|desaparecio|se escapo)",
    rf"\bno (?:ha )?(?:aparece|regres\w+|aparecido) {_CHILD}\b",
    r"\bno la volvere a ver\b",
    r"\bno lleg(?:o|a) a (?:la )?(?:escuela|casa)\b",
    r"\bno respira\b",
    r"\bno despierta\b",
    r"\bse desmayo\b",
)
