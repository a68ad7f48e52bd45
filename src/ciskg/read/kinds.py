"""What an input is, told by the ending of its name."""

FORMS = {  # one document
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "md",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".pdf": "pdf",
    ".docx": "docx",
}
COLLECTIONS = {  # many documents
    ".zip": "zip",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson": "jsonl",
    ".ndjson.gz": "jsonl",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".tsv": "tsv",
    ".tsv.gz": "tsv",
    ".parquet": "parquet",
}
READ = (
    "ciskg reads .txt, .html, .md, .mhtml, .pdf and .docx, and collections of documents in"
    " .zip, .warc, .jsonl, .csv, .tsv and .parquet"
)


def ending(name: str) -> str:
    """The ending of a name in small letters, with that before `.gz`: `.warc.gz`; "" without one."""
    stem, dot, last = name.lower().rpartition(".")
    if not dot or not stem.strip("./"):
        return ""
    if last == "gz" and (double := ending(stem)) and f"{double}.gz" in COLLECTIONS:
        return f"{double}.gz"
    return f".{last}" if "/" not in last else ""


def stem(name: str) -> str:
    """The name of a file without its ending."""
    return name[: len(name) - len(ending(name))]


def form_of(name: str) -> str:
    """The form of a document of this name; plain text where the name does not say."""
    return FORMS.get(ending(name), "txt")
