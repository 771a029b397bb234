"""Conversions of what became of something: won or lost, done or open, by flags and words."""

from functools import cache

from . import words
from .numbers import boolean
from .references import value_map
from .values import BadValue, as_text, beside, fold_words, is_blank, transform

_NOT = frozenset(
    "not no non nicht kein keine pas nao não ikke inte ej niet geen nie nem ei hayir не ne nu".split()
)
# Not yet, not any more, perhaps: the word of an outcome stands there, and it is none.
_DOUBTS = frozenset(
    """
    almost nearly near never likely unlikely probably maybe perhaps possibly potential
    potentially hopefully expected soon verbal verbally pending awaiting waiting until
    before if to be was were previously formerly reopened reopen reactivated recovered
    revived back risk contact interest un wont t fast beinahe kurz bald vielleicht
    wahrscheinlich voraussichtlich mundlich nie niemals ehemals wiedereroffnet presque
    bientot jamais probable probablement verbalement rouvert reouvert casi nunca pronto
    probablemente verbalmente reabierto quase jamais provavelmente breve reaberto quasi
    mai presto probabilmente riaperto bijna nooit waarschijnlijk binnenkort heropend
    prawie nigdy wkrotce prawdopodobnie nastan aldrig snart troligen nesten naesten
    sandsynligvis sannsynligvis skoro nikdy brzy majdnem soha melkein pian aproape
    niciodata neredeyse asla почти никогда вероятно скоро майже ніколи
    """.split()
)
# Closed, finished: an end, and the words do not say which.
_ENDS = frozenset(
    """
    closed close done finished completed complete ended end resolved abgeschlossen abschluss
    geschlossen beendet fertig erledigt clos close cloture cloturee ferme fermee termine terminee
    cerrado cerrada cierre terminado finalizado fechado fechada encerrado concluido chiuso chiusa
    chiusura concluso gesloten afgesloten afgerond zamkniete zamknieta zamkniety zakonczone
    stangd stangt avslutad lukket avsluttet afsluttet uzavreno uzavrene lezart suljettu inchis
    kapandi kapali закрыт закрыта закрыто закрита закрито завершено archived archiviert inactive
    expired deleted void voided terminated ended abgelaufen geloscht expire expiree supprime
    caducado caducada vencido vencida eliminado eliminada excluido excluida scaduto scaduta
    """.split()
)


_SURE = {"OUTCOMES": "OUTCOME_CORE"}


@cache
def _index(table):
    """Return folded word → meaning of a table of ``words.py``."""
    return {
        word.strip(): meaning
        for meaning, text in getattr(words, table).items()
        for word in " ".join(text.split()).split(";")
    }


def meaning_of(text, table):
    """Return what a text means by a table of ``words.py``, None where no word says it.

    >>> [meaning_of(t, "OUTCOMES") for t in ("WON", "Closed - Lost", "6. Verloren 😞", "Abandoned")]
    ['won', 'lost', 'lost', 'lost']
    >>> [meaning_of(t, "OUTCOMES") for t in ("Not won", "Parked", "Won or lost")]
    [None, None, None]
    >>> [meaning_of(t, "OUTCOMES") for t in ("Won't proceed", "Almost won", "Lost?")]
    [None, None, None]
    """
    known, folded = _index(table), fold_words(text)
    if "?" in str(text):
        return None
    if folded in known:
        return known[folded]
    parts = folded.split()
    if (_NOT | _DOUBTS) & set(parts):
        return None
    # Among other words only those count that leave no doubt: a proposal that was
    # accepted is no deal yet.
    known = _index(_SURE.get(table, table))
    found = {
        known[part]
        for size in (1, 2, 3)
        for start in range(len(parts) - size + 1)
        if (part := " ".join(parts[start : start + size])) in known
    }
    return found.pop() if len(found) == 1 else None


def outcome_of_stage(text):
    """Return won, lost or open by the name of a stage, None where it is an end of some kind.

    >>> [outcome_of_stage(t) for t in ("Closed Won", "Proposal", "Closed", "Perdu")]
    ['won', 'open', None, 'lost']
    >>> [outcome_of_stage(t) for t in ("Won't proceed", "Contract not signed", "To sign")]
    [None, 'open', 'open']
    >>> outcome_of_stage("No bid"), outcome_of_stage("2"), outcome_of_stage("25 %")
    ('lost', None, 'open')
    >>> [outcome_of_stage(t) for t in ("Cancelled by customer", "Expired", "???", "Not rejected")]
    [None, None, None, 'open']
    """
    if str(text).strip().isdecimal() or not fold_words(text):
        return None  # the number or the sign of a choice, and nobody says of which
    found = meaning_of(text, "OUTCOMES")
    if found:
        return found
    words = set(fold_words(text).split())
    doubtful = not _index("OUTCOME_CORE").keys().isdisjoint(words)
    if not _NOT & words:
        # "Cancelled by customer": lost by one of its words, and the others may say more.
        doubtful |= any(_index("OUTCOMES").get(word) == "lost" for word in words)
    return None if doubtful or _ENDS & words else "open"


_FLAGS = ("won", "lost", "closed")


@transform
def outcome(value, roles):
    """Return won, lost or open from flags; the first that says it counts.

    :param roles: per source ``won``, ``lost`` or ``closed``, what a yes in it means; or
        the value list by which its words are understood where no flag says it

    >>> outcome(["1", "1"], ["won", "closed"]), outcome([0, True], ["won", "closed"])
    ('won', 'lost')
    >>> outcome(["false", "false"], ["won", "closed"]), outcome(["false"], ["won"])
    ('open', None)
    >>> outcome(["false", "Closed Lost"], ["won", "stage_outcomes"])
    {'$map': ['stage_outcomes', 'Closed Lost']}
    """
    filled = {role: part for part, role in beside(value, roles) if not is_blank(part)}
    flags = {role: boolean(part) for role, part in filled.items() if role in _FLAGS}
    words = [(role, part) for role, part in filled.items() if role not in _FLAGS]
    if flags.get("won") and flags.get("lost"):
        raise BadValue("contradiction")
    for role in ("won", "lost"):
        if flags.get(role):
            return role
    if flags.get("closed") is False or {"won", "lost"} <= set(flags):
        return "open"
    if flags.get("closed") and "won" in flags:
        return "lost"
    return value_map(words[0][1], words[0][0]) if words else None


@transform
def progress(value, roles):
    """Return done or open from a flag, else what the list of these words says.

    :param roles: per source ``done``, what a yes in it means, or a value list

    >>> progress(["1", "Completed"], ["done", "progress"]), progress(["no"], ["done"])
    ('done', 'open')
    >>> progress([None, "Completed"], ["done", "progress"])
    {'$map': ['progress', 'Completed']}
    """
    for part, role in beside(value, roles):
        if not is_blank(part):
            if role != "done":
                return value_map(part, role)
            return "done" if boolean(part) else "open"
    return None


@transform
def full_name(value, roles):
    """Return a person's name, put together where it stands in parts; else the company's.

    :param roles: per source ``whole``, ``company`` or ``part``, the parts in order

    >>> full_name([None, "Acme", "Vera", "Example"], ["whole", "company", "part", "part"])
    'Vera Example'
    >>> full_name(["Acme", None], ["company", "part"])
    'Acme'
    """
    texts = {"whole": [], "company": [], "part": []}
    for part, role in beside(value, roles):
        if role in texts and not is_blank(part):
            texts[role].append(" ".join(as_text(part).split()))
    found = (
        " ".join(filter(None, texts[role])) for role in ("whole", "part", "company")
    )
    return next(filter(None, found), None)


@transform
def is_organization(value, roles):
    """Tell whether a row names a company and nobody in it, as ``full_name`` sees it.

    >>> is_organization(["Acme", "Vera"], ["company", "part"]), is_organization(["Acme", None], ["company", "part"])
    (False, True)
    """
    filled = {role for part, role in beside(value, roles) if not is_blank(part)}
    return filled == {"company"}


_TABLES = {"STAGE_OUTCOMES": outcome_of_stage}


def propose_choice(text, table):
    """Return what a key of a value list means by its table of words, None: to be asked.

    >>> propose_choice("Gewonnen", "OUTCOMES"), propose_choice("Anruf", "ACTIVITY_TYPES")
    ('won', 'Call')
    >>> propose_choice("Qualified", "LEAD_OUTCOMES"), propose_choice("Junk", "LEAD_OUTCOMES")
    ('open', 'lost')
    """
    if table == "LEAD_OUTCOMES":
        found = meaning_of(text, "LEAD_STATES") or meaning_of(text, "OUTCOMES")
        return found
    if table in _TABLES:
        return _TABLES[table](text)
    return meaning_of(text, table)
