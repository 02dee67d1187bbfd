#!/usr/bin/python3
"""A second opinion on Word files: LibreOffice opens each, refuses every tracked change and takes every one, and must read the two texts.

    libreoffice.py FOLDER

FOLDER holds `name.docx` beside `name.json`, which says what either text is: `make test-word` fills it. Needs `soffice` and Python's `uno`.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.awt.FontWeight import BOLD
from com.sun.star.beans import PropertyValue

HEADINGS = ("Title", "Heading1", "Heading2", "Heading3")


def main(folder):
    names = sorted(path.with_suffix("") for path in folder.glob("*.docx"))
    if not names:
        sys.exit(f"There is no Word file in {folder}.")
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", "--accept=pipe,name=undersigned-word;urp;"]
        )
        try:
            desktop, dispatcher = connected()
            wrong = sum(differs(desktop, dispatcher, name) for name in names)
            desktop.terminate()
        finally:
            office.wait(timeout=60)
    if wrong:
        sys.exit(f"{wrong} readings differ.")
    print(f"{len(names)} files: LibreOffice reads the older text with every change refused, and the newer with every change taken.")


def connected():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve("uno:pipe,name=undersigned-word;urp;StarOffice.ComponentContext")
            create = context.ServiceManager.createInstanceWithContext
            return create("com.sun.star.frame.Desktop", context), create("com.sun.star.frame.DispatchHelper", context)
        except Exception:  # It has not begun to listen.
            time.sleep(0.5)
    sys.exit("LibreOffice did not start.")


def differs(desktop, dispatcher, name):
    wanted = json.loads(name.with_suffix(".json").read_text())
    wrong = 0
    for side, command in [("old", "RejectAllTrackedChanges"), ("new", "AcceptAllTrackedChanges")]:
        hidden = PropertyValue(Name="Hidden", Value=True)
        document = desktop.loadComponentFromURL(name.with_suffix(".docx").as_uri(), "_blank", 0, (hidden,))
        dispatcher.executeDispatch(document.getCurrentController().getFrame(), f".uno:{command}", "", 0, ())
        found = [paragraph for paragraph in map(read, document.getText()) if paragraph["words"] or paragraph["notes"]]
        left = sum(1 for _ in document.getRedlines())
        document.close(True)
        for at in range(max(len(found), len(wanted[side]))):
            one = found[at] if at < len(found) else None
            other = wanted[side][at] if at < len(wanted[side]) else None
            if one != other:
                wrong += 1
                print(f"{name.name}, {side}, paragraph {at + 1}:\n  LibreOffice: {one}\n  the text:    {other}")
        if left:
            wrong += 1
            print(f"{name.name}, {side}: {left} changes are left")
    return wrong


def style_of(paragraph):
    """LibreOffice has names of its own for some."""
    name = paragraph.ParaStyleName
    return {"Standard": "Normal", "Quotations": "Quote"}.get(name, name).replace(" ", "")


def read(paragraph):
    told = {"number": paragraph.ListLabelString, "words": "", "bold": "", "notes": "", "style": style_of(paragraph)}
    for portion in paragraph:
        if portion.TextPortionType == "Footnote":
            lines = [line.getString() for line in portion.Footnote.getText()]
            # A footnote begins with a space behind its number.
            told["notes"] += "".join("¶" + (line.removeprefix(" ") if at == 0 else line) for at, line in enumerate(lines))
        elif portion.TextPortionType == "Text":
            told["words"] += portion.getString()
            told["bold"] += portion.getString() if portion.CharWeight == BOLD and told["style"] not in HEADINGS else ""
    if not told["number"] and "\t" in told["words"]:
        told["number"], told["words"] = told["words"].split("\t", 1)
    return told


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
