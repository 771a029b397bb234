"""Pipedrive: list views and *Tools > Export data* (2024 to 2026), CSV or XLSX.

Headers: readers of real files in public repositories, English (four for deals, three for
people and organizations), German (two), Portuguese (five), French (two), Spanish (two);
the user's language decides, for the prefix too. Notes come from one written fixture.
Ids are numbers per object; the zone of instants is not known, so none is said here.
"""

from .dialect import COUNTED, Dialect, Sign

_OBJECTS = (
    "Deal|Lead|Organization|Person|Activity|Note|Product|Project"
    "|Organisation|Aktivität|Notiz|Produkt"
    "|Negócio|Pessoa|Organização|Atividade|Produto"
    "|Affaire|Personne|Activité|Produit"
    "|Trato|Persona|Organización|Actividad|Producto"
)

DIALECTS = (
    Dialect(
        "Pipedrive",
        "deals-<company>-<n>.csv or .xlsx, people-…, and so on; headers like “Deal - Title”"
        " in the user's language",
        signs=(Sign(pattern=rf"(?:{_OBJECTS}) - \S.*", share=0.6),),
        columns={"deals": {"Archive status|Archive time": ""}},
        superfluous={
            "Done activities|Activities to do|Total activities|Email messages count": COUNTED,
            "Weighted value|Currency of Weighted value|Gewichteter Wert": COUNTED,
            "Open deals|Won deals|Lost deals|Closed deals": COUNTED,
        },
    ),
)
