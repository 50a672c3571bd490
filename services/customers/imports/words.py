"""What is wrong with a cell, in words that tell how to mend it."""

from collections.abc import Mapping

from chassis.languages import LANGUAGES, Language

WORDS: Mapping[str, tuple[str, str, str]] = {
    "empty_file": (
        "Tiedosto on tyhjä. Ensimmäisellä rivillä ovat sarakkeiden nimet.",
        "Filen är tom. Den första raden innehåller kolumnernas namn.",
        "The file is empty. Its first row holds the names of the columns.",
    ),
    "not_utf8": (
        "Tiedosto ei ole UTF-8-muodossa. Tallenna se muodossa «CSV UTF-8».",
        "Filen är inte i UTF-8. Spara den som ”CSV UTF-8”.",
        "The file is not UTF-8. Save it as “CSV UTF-8”.",
    ),
    "not_csv": (
        "Riviä ei voi lukea: lainausmerkki on kesken tai solu on liian pitkä.",
        "Raden kan inte läsas: ett citattecken är öppet eller en cell är för lång.",
        "The row cannot be read: a quotation mark is left open, or a cell is too long.",
    ),
    "too_many_rows": (
        "Tiedostossa on yli {limit} riviä. Jaa se osiin.",
        "Filen har fler än {limit} rader. Dela upp den.",
        "The file has more than {limit} rows. Split it.",
    ),
    "too_many_columns": (
        "Otsikkorivillä on yli {limit} saraketta. Tarkista, että tiedosto on oikea.",
        "Rubrikraden har fler än {limit} kolumner. Kontrollera att filen är den rätta.",
        "The first row has more than {limit} columns. Check that it is the right file.",
    ),
    "other_separator": (
        "Sarakkeiden välissä on {separator}. Erota ne puolipisteillä (;).",
        "Kolumnerna skiljs åt med {separator}. Skilj dem åt med semikolon (;).",
        "The columns are separated by {separator}. Separate them by semicolons (;).",
    ),
    "one_line": (
        "Kirjoita yhdelle riville, ilman rivinvaihtoja.",
        "Skriv på en rad, utan radbrytningar.",
        "Write it on one line, without line breaks.",
    ),
    "forbidden_character": (
        "Merkkiä {character} (tekstin {position}. merkki) ei voi käyttää. Poista se.",
        "Tecknet {character} (tecken nummer {position} i texten) kan inte användas. Ta bort det.",
        "The character {character} (number {position} of the text) cannot be used. Remove it.",
    ),
    "missing_column": (
        "Sarake {column} puuttuu otsikkoriviltä.",
        "Kolumnen {column} saknas på rubrikraden.",
        "The column {column} is missing from the first row.",
    ),
    "unknown_column": (
        "Saraketta {column} ei tunneta. Poista se tai tarkista nimi.",
        "Kolumnen {column} är okänd. Ta bort den eller kontrollera namnet.",
        "The column {column} is unknown. Remove it or check its name.",
    ),
    "repeated_column": (
        "Sarake {column} on otsikkorivillä kahdesti.",
        "Kolumnen {column} finns två gånger på rubrikraden.",
        "The column {column} is in the first row twice.",
    ),
    "too_many_cells": (
        "Rivillä on enemmän soluja kuin otsikkorivillä. Tarkista puolipisteet.",
        "Raden har fler celler än rubrikraden. Kontrollera semikolonen.",
        "The row has more cells than the first row. Check the semicolons.",
    ),
    "missing_value": ("Tämä tieto puuttuu.", "Den här uppgiften saknas.", "This is missing."),
    "too_long": (
        "Teksti on liian pitkä: enintään {limit} merkkiä.",
        "Texten är för lång: högst {limit} tecken.",
        "The text is too long: {limit} characters at most.",
    ),
    "wrong_form": (
        "«{value}» ei ole oikeassa muodossa. Esimerkki: {sample}.",
        "”{value}” har fel form. Exempel: {sample}.",
        "“{value}” does not have the right form. Example: {sample}.",
    ),
    "unknown_choice": (
        "«{value}» ei käy. Vaihtoehdot: {choices}.",
        "”{value}” går inte. Alternativen är: {choices}.",
        "“{value}” will not do. Choose one of: {choices}.",
    ),
    "not_found": (
        "«{value}» ei löydy. Tarkista kirjoitusasu tai tuo se ensin.",
        "”{value}” hittas inte. Kontrollera stavningen eller importera den först.",
        "“{value}” cannot be found. Check the spelling, or import it first.",
    ),
    "repeated_row": (
        "Sama on jo rivillä {row}.",
        "Samma finns redan på rad {row}.",
        "The same is already on row {row}.",
    ),
    "differs_from_above": (
        "Arvo on eri kuin rivillä {row}, vaikka kyse on samasta.",
        "Värdet är ett annat än på rad {row}, fast det gäller samma sak.",
        "The value differs from row {row}, though it is about the same.",
    ),
    "taken": (
        "«{value}» on jo toisen käytössä.",
        "”{value}” används redan av en annan.",
        "“{value}” is already in use by another.",
    ),
    "business_id": (
        "Y-tunnus «{value}» ei ole oikein: muoto on 1234567-1 ja tarkistusmerkin on täsmättävä.",
        "FO-numret ”{value}” är fel: formen är 1234567-1 och kontrolltecknet måste stämma.",
        "The business id “{value}” is wrong: the form is 1234567-1 and the check digit must match.",
    ),
    "external_has_none": (
        "Ulkoinen asiakas ei kuulu hallintokuntaan eikä asiakasryhmään. Jätä tyhjäksi.",
        "En extern kund hör inte till någon förvaltning eller kundgrupp. Lämna tomt.",
        "An external customer belongs to no department and no customer group. Leave it empty.",
    ),
    "internal_needs_department": (
        "Sisäinen asiakas tarvitsee hallintokunnan.",
        "En intern kund behöver en förvaltning.",
        "An internal customer needs a department.",
    ),
    "group_of_other_department": (
        "Asiakasryhmä kuuluu toiseen hallintokuntaan.",
        "Kundgruppen hör till en annan förvaltning.",
        "The customer group belongs to another department.",
    ),
    "needs_both": (
        "Anna leveys- ja pituusaste yhdessä tai jätä molemmat tyhjiksi.",
        "Ange både latitud och longitud, eller lämna båda tomma.",
        "Give latitude and longitude together, or leave both empty.",
    ),
    "needs_producer": (
        "Laatutaso on annettu, mutta palvelun tuottaja puuttuu.",
        "En standard har angetts, men producenten av tjänsten saknas.",
        "A standard is given, but the producer of the service is missing.",
    ),
    "scope_missing": (
        "Rooli tarvitsee tämän tiedon.",
        "Rollen behöver den här uppgiften.",
        "The role needs this.",
    ),
    "scope_unfit": (
        "Rooli ei voi koskea tätä. Jätä tyhjäksi.",
        "Rollen kan inte gälla detta. Lämna tomt.",
        "The role cannot be bound to this. Leave it empty.",
    ),
    "own_stand_in": (
        "Kukaan ei voi sijaistaa itseään.",
        "Ingen kan vara sin egen ersättare.",
        "Nobody can stand in for themselves.",
    ),
    "days_in_order": (
        "Viimeinen päivä on ennen ensimmäistä päivää.",
        "Den sista dagen är före den första.",
        "The last day is before the first day.",
    ),
}
"""Words by code, in the order of `LANGUAGES`."""


def words_of(code: str, params: Mapping[str, object], language: Language) -> str:
    """Return what is wrong, in the language."""
    return WORDS[code][LANGUAGES.index(language)].format(**params)
