"""Looks at PDF files as validators of PDF/A-3a and PDF/UA-1 do, on all processors.

    conformance.py FOLDER

Prints a line for each rule that a file breaks, as `NAME: PROFILE RULE: what is wrong (object N)`, and ends with status 1 if
there is any. FOLDER is searched for *.pdf, not deeply.
"""

import multiprocessing
import pathlib
import sys

import page

PROFILES = {"PDF/A-3a": "3a", "PDF/UA-1": "ua1"}


def faults(path: pathlib.Path) -> list[str]:
    """What is wrong with a file: each rule once, by the first object that breaks it."""
    found: dict[tuple[str, str], str] = {}
    for name, profile in PROFILES.items():
        try:
            failures = page.validate_pdf(path, profile=profile).failures
        except page.PageError as error:
            found[name, ""] = f"{path.name}: {name}: it cannot be read: {error}"
            continue
        for failure in failures:
            where = f" (object {failure.object_id.object_number})" if failure.object_id else ""
            line = f"{path.name}: {name} {failure.rule_id}: {failure.message}{where}"
            found.setdefault((name, failure.rule_id), line)
    return list(found.values())


def main() -> int:
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.pdf"))
    if not paths:
        print(f"there is no PDF in {sys.argv[1]}")
        return 1
    with multiprocessing.Pool() as pool:
        lines = [line for some in pool.imap(faults, paths, chunksize=8) for line in some]
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
