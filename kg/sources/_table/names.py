"""What the columns of a table of papers are called, in the exports of many programs and in people's own words.

Names are compared in letters and digits only, with or without the words in them that say nothing.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from kg.text import fold

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "titles", "articletitle", "papertitle", "documenttitle", "itemtitle", "displayname", "worklabel", "papername", "paper", "papers",
              "titel", "título", "titulo", "titre", "titolo", "tytuł", "название", "названиедокумента", "назва", "název", "başlık", "judul",
              "标题", "题名", "题目", "论文题目", "论文标题", "论文名称", "论文名", "论文", "篇名", "標題", "文献标题", "論文名", "論文タイトル", "タイトル", "文献タイトル", "제목", "논문명", "논문",
              "заголовок", "makaleadı", "makalebaşlığı", "tittel", "otsikko", "cím", "titlu", "títol", "τίτλοσ", "tiêuđề", "العنوان", "عنوان", "כותרת"),
    "author": ("authorfullnames", "authors", "author", "authornames", "authorsnames", "authorlist", "authorname", "authfullname", "creators", "creator", "researchers", "contributors",
               "authorshipsauthordisplayname", "autoren", "autor", "autorin", "verfasser", "autores", "auteurs", "auteur", "autori", "autore", "autorzy", "авторы", "автор",
               "автори", "autoři", "yazarlar", "yazar", "penulis", "forfattere", "författare", "autorinnen", "tekijät", "szerzők", "autors", "συγγραφείσ", "tácgiả", "المؤلفون", "المؤلف", "نویسندگان", "מחברים", "作者", "著者", "著者名", "저자", "저자명"),
    "first_author": ("firstauthor", "leadauthor", "1stauthor", "erstautor", "primerautor", "第一作者"),
    "group": ("groupauthors", "groupauthor"),
    "author_id": ("orcids", "orcid", "authororcid", "authororcids", "authorshipsauthororcid", "authorids"),
    "openalex_author": ("authorshipsauthorid",),
    "affiliation": ("authorswithaffiliations", "авторыорганизаций", "带归属机构的作者", "authorsrawaffiliation", "addresses", "affiliations", "affiliation", "aff",
                    "authoraffiliations", "authoraffiliation", "authoraddresses", "authoraddress", "institutions", "institution",
                    "authorshipsinstitutionsdisplayname", "researchorganizationsstandardized", "afiliaciones", "afiliações", "организации", "归属机构", "作者单位", "机构", "单位", "所属機関"),
    "affiliation_id": ("authorshipsinstitutionsror", "authorshipsinstitutionsid"),
    "abstract": ("abstract", "abstracts", "abstractnote", "abstracttext", "summary", "summaries", "zusammenfassung", "resumen", "resumo", "résumé", "riassunto", "streszczenie",
                 "аннотация", "анотація", "краткоеописание", "özet", "abstrakt", "abstrak", "samenvatting", "sammendrag", "kurzfassung", "sammanfattning", "tiivistelmä", "absztrakt", "rezumat", "resum", "περίληψη", "tómtắt", "الملخص", "چکیده", "תקציר",
                 "摘要", "要旨", "要約", "概要", "抄録", "초록", "요약"),
    "date": ("date", "publicationdate", "publishdate", "publisheddate", "datepublished", "publishtime", "publicationtime", "issuedate", "dateissued", "onlinedate", "pubdate", "published", "coverdate", "issued", "datum", "fecha", "时间", "日期", "发表时间", "发表日期"),
    "year": ("year", "years", "publicationyear", "pubyear", "publishedyear", "yearpublished", "jahr", "erscheinungsjahr", "produceddatey", "出版年月", "año", "ano", "année", "annee", "anno", "rok", "год", "рік", "yıl", "jaar", "tahun", "år", "vuosi", "év", "έτοσ", "năm", "السنة", "سال", "שנה", "年份", "年", "出版年", "発行年", "연도", "년도", "발행년", "발행연도"),
    "early": ("earlyaccessdate",),
    "month": ("month", "publicationmonth", "publishedmonth", "pubmonth", "monat", "mes", "mês", "mois", "mese", "miesiąc", "месяц", "月"),
    "arxiv": ("arxivid", "arxiv", "arxivnumber", "eprint"),
    "doi": ("doi", "doiid", "itemdoi", "doiurl", "doilink", "doidoi", "electronicresourcenumber"),
    "pmid": ("pmid", "pubmedid", "idspmid", "originalpaperpubmedid"),
    "pmcid": ("pmcid", "idspmcid"),
    "openalex": ("openalexid", "openalex"),
    "s2": ("s2id", "s2paperid", "semanticscholarid", "corpusid"),
    "dblp": ("dblpkey", "dblpid", "dblp"),
    "acl": ("aclid", "anthologyid", "aclanthologyid"),
    "openreview": ("openreviewid", "openreview", "forum"),
    "identifier": ("id", "paperid", "identifier", "biorxiv", "medrxiv", "chemrxiv"),
    "own_id": ("eid", "lensid", "publicationid", "bibcode", "key", "citationkey", "citekey"),
    "venue": ("sourcetitle", "publicationtitle", "journal", "journaltitle", "journalname", "journalbook", "journalconference", "journalconf", "venue", "conference", "pub",
              "conferencename", "booktitle", "proceedingstitle", "proceedings", "proceeding", "containertitle", "publication",
              "publicationname", "primarylocationsourcedisplayname", "anthologytitle", "journalref", "zeitschrift", "konferenz", "revista", "revue", "rivista", "czasopismo", "periódico", "časopis", "dergi", "tijdschrift", "tidsskrift", "tidskrift", "jurnal", "lehti", "folyóirat", "περιοδικό", "tạpchí", "المجلة", "مجله", "כתבעת",
              "veröffentlichtin", "conferencia", "conferência", "conférence", "conferenza", "conferentie", "konferencja", "konferans", "конференция",
              "журнал", "названиеисточника", "来源出版物名称", "出版物名", "期刊", "会议", "期刊名称", "刊名", "刊物", "发表刊物", "发表期刊", "会议名称", "誌名", "来源", "文献来源", "雑誌名", "掲載誌", "会議", "會議", "期刊名稱", "저널", "저널명", "학술지명", "학회", "학회명"),
    "volume": ("volume", "vol", "bibliovolume", "journalvolume", "band", "volumen", "tom", "том", "cilt", "卷", "巻", "권"),
    "issue": ("issue", "biblioissue", "issuenumber", "journalissue", "heft", "ausgabe", "fascicolo", "выпуск", "sayı", "期", "号", "호"),
    "pages": ("pages", "pagination", "page", "pagerange", "seiten", "páginas", "pagine", "strony", "страницы", "sayfa", "halaman", "页码", "頁碼", "ページ", "페이지"),
    "first_page": ("pagestart", "startpage", "firstpage", "bibliofirstpage", "страницаначала", "起始页码", "開始ページ"),
    "last_page": ("pageend", "endpage", "lastpage", "bibliolastpage", "страницаокончания", "结束页码", "終了ページ"),
    "article_number": ("artno", "articleno", "articlenumber", "论文编号", "文献编号", "論文番号"),
    "publisher": ("publisher", "verlag", "editorial", "editora", "editore", "éditeur", "издательство", "wydawca", "出版社", "出版商", "발행처"),
    "type": ("itemtype", "documenttype", "publicationtype", "contenttype", "referencetype", "type", "типдокумента", "文献类型", "文献タイプ"),
    "language": ("language", "languageoforiginaldocument", "sprache", "idioma", "língua", "lingua", "langue", "język", "язык", "языкоригинальногодокумента", "dil", "原始文献语言", "语种", "言語"),
    "category": ("categories", "category", "subjects", "subject", "subjectareas", "subjectarea", "fieldsofstudy", "fields", "field",
                 "topics", "topic", "primaryarea", "woscategories", "researchareas", "primarytopicdisplayname",
                 "topicsdisplayname", "fieldsofresearchanzsrc2020", "terms"),
    "keyword": ("keywords", "keyword", "authorkeywords", "tags", "manualtags", "automatictags", "keywordsdisplayname", "ieeeterms", "ieeekeywords", "ieeekeyword", "meshterms", "schlagwörter", "schlagworte",
                "palabrasclave", "palavraschave", "motsclés", "parolechiave", "ключевыеслова", "ключевыесловаавтора", "ключовіслова", "słowakluczowe", "anahtarkelimeler", "katakunci", "stichwörter", "trefwoorden", "klíčováslova", "nyckelord", "avainsanat", "kulcsszavak", "cuvintecheie", "từkhóa", "作者关键字", "著者キーワード", "关键词", "关键字", "關鍵詞", "關鍵字", "キーワード", "키워드", "주제어"),
    "comment": ("comments", "comment", "note", "tldr"),
    "extra": ("extra",),
    "citation": ("citation", "citations", "fullcitation", "fullreference", "bibliographicreference", "bibliographiccitation", "citationtext", "referencetext", "reference", "bibliography", "référence", "referencia",
                 "referência", "libellésource", "quelle", "参考文献"),
    "reference": ("references", "citedreferences", "referencedworks", "referenceids", "cites"),
    "url": ("url", "link", "uri", "urlabs", "urlpdf", "articleurl", "fulltexturl", "urls", "sourcelinkout", "primarylocationlandingpageurl", "pdf", "pdfurl", "pdflink", "code",
            "codeurl", "github", "website", "sourceurls", "externalurl", "paperurl", "paperlink", "repo", "project", "projectpage", "ссылка", "enlace", "lien", "链接", "网址", "連結", "リンク", "링크"),
}  # fmt: skip
"""What columns are called, in letters and digits only, the fuller ones first. Of some fields one column is enough."""

EACH: Final = frozenset(["category", "keyword", "url", "group", "comment", "identifier", "own_id"])
"""Fields that every column counts for; of others the first column that says something."""

_TAGS: Final = {
    "TI": "articletitle", "AF": "authorfullnames", "AU": "authors", "CA": "groupauthors", "AB": "abstract", "SO": "sourcetitle",
    "LA": "language", "DT": "documenttype", "DE": "authorkeywords", "C1": "addresses", "OI": "orcids", "PM": "pubmedid",
    "PY": "publicationyear", "PD": "publicationdate", "EA": "earlyaccessdate", "VL": "volume", "IS": "issue", "BP": "startpage", "EP": "endpage",
    "DI": "doi", "PU": "publisher", "WC": "woscategories", "SC": "researchareas", "CR": "citedreferences",
}  # fmt: skip
"""Web of Science's field tags, and what its spreadsheets call them."""

NAMES: Final = (
    "title", "author", "abstract", "date", "year", "doi", "arxiv_id", "identifier", "url", "venue", "volume", "issue", "pages",
    "publisher", "type", "language", "category", "keyword", "comment", "affiliation", "author_id", "affiliation_id", "version",
    "reference", "other",
)  # fmt: skip
"""The fields that a person may name a column for."""


def is_tagged(names: Sequence[str]) -> bool:
    """Tell whether columns are called by Web of Science's tags, as its own tables and those of bibliometrix are."""
    return "TI" in names and ("PT" in names or ("AU" in names and ("SO" in names or "PY" in names)))


def keys_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns in letters and digits only, with Web of Science's tags spelt out."""
    if is_tagged(names):
        return tuple(_TAGS.get(name, f"tag{name.lower()}") for name in names)
    keys = tuple("".join(c for c in name.casefold() if c.isalnum()) for name in names)
    return tuple(key if key in _KNOWN else _shorter(name, keys) or key for name, key in zip(names, keys, strict=True))


_KNOWN: Final = frozenset(key for known in COLUMNS.values() for key in known)
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD: Final = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-zß-ÿ])|[^\W\d_]+")
_ALTERNATIVES: Final = re.compile(r"[/|,+&]|(?<=[A-Za-z])-(?=[^\x00-\x7f])")
"""What stands between two names of a column, as in `Year/Jahr` and CNKI's `Title-题名`."""

_FILLERS: Final = frozenset({
    "of", "the", "a", "in", "name", "names", "paper", "papers", "article", "articles", "publication", "publications", "pub", "work", "study", "document", "reference", "full", "main", "complete", "information", "info",
    "s", "list", "del", "de", "la", "los", "las", "el", "do", "da", "dos", "des", "du", "der", "die", "das", "artículo", "articulo", "artigo", "publicación", "publicação", "статьи", "публикации", "논문", "trabajo", "trabalho", "texte", "beitrags", "arbeit",
    "str", "txt", "string", "bib", "raw", "original", "clean", "cleaned", "x", "y", "i", "ss",
})  # fmt: skip
"""Words of the names of columns that say nothing of what is in them: `Title of the paper`, `Year of publication`."""


def _shorter(name: str, keys: Sequence[str]) -> str:
    """Return what a column's name comes to without asides, alternatives and words that say nothing, if that is known and no other column's name; else nothing.

    >>> _shorter("Title of the Paper", ()), _shorter("Zeitschrift / Konferenz", ()), _shorter("author_names_raw", ()), _shorter("Number of authors", ())
    ('title', 'zeitschrift', 'author', '')
    """
    for piece in _ALTERNATIVES.split(_ASIDE.sub(" ", name)):
        words = [word.casefold() for word in _WORD.findall(piece.casefold() if piece.isupper() else piece)]
        if words[:1] in (["a"], ["an"], ["the"]):
            return ""  # a sentence, or a title
        telling = [word for word in words if word not in _FILLERS]
        for key in ("".join(words), "".join(telling), fold("".join(telling)), "".join(telling).removesuffix("s")):
            if key in _KNOWN and key not in keys:
                return key
    return ""


_NUMBER: Final = ("number", "número", "numero", "numéro", "numer", "номер")
"""What the issue is called beside a volume."""


_NAMING: Final = ("article", "articles", "publication", "publications", "name")
"""What the title is called where no column says `title`; elsewhere a publication is a venue, and a name anything."""


def roles_of(names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the columns that the header tells, by field."""
    keys = keys_of(names)
    ranks = {key: rank for rank, key in reversed(list(enumerate(keys))) if key}
    found = {role: tuple(ranks[key] for key in known if key in ranks) for role, known in COLUMNS.items()}
    for role in EACH & set(found):
        found[role] += tuple(rank for rank, key in enumerate(keys) if key in COLUMNS[role] and rank != ranks[key])  # `url_1`, `url_2`
    if "author" in ranks and not {"authors", "authorfullnames"} & set(ranks):
        found["author"] = tuple(rank for rank, key in enumerate(keys) if key == "author")  # `Author 1`, `Author 2`
    if "source" in ranks and {"cites", "gsrank"} & set(ranks) and not found["venue"]:
        found["venue"] = (ranks["source"],)  # Publish or Perish
    elif "source" in ranks and found["title"] and not found["venue"] and not {"eid", "id"} & set(ranks):
        found["venue"] = (ranks["source"],)  # a reading list; elsewhere the source is the database
    if "name" in ranks and found["title"] and not found["author"] and (found["author_id"] or found["affiliation"]) and (found["doi"] or found["year"]):
        found["author"] = (ranks["name"],)  # a row for each author
    if not found["title"] and not found["citation"] and found["author"]:
        named = next((ranks[key] for key in _NAMING if key in ranks), None)
        if named is not None:  # what else the papers of a table with authors may be listed under
            found["title"], found["venue"] = (named,), tuple(rank for rank in found["venue"] if rank != named)
    number = next((key for key in _NUMBER if key in ranks), None)
    if number and not found["issue"] and ("publication" in ranks or (found["venue"] and found["volume"])):
        found["issue"] = (ranks[number],)  # Google Scholar, JabRef; elsewhere that of a report, or of the row
    if found["title"]:
        del found["citation"]  # it says less well what the other columns say
    return {role: columns for role, columns in found.items() if columns}
