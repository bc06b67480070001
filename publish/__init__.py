"""What makes artefacts from notebooks and tables; needs the developers' environment, does not ship. README.md says what each module does."""

import os
import shutil
import sys

ROOM = 100_000_000
"""Bytes; with less left on the disk no bytecode is written here or in a kernel."""

# On a full disk Python can leave bytecode that is cut short, and every later run would end at it.
if shutil.disk_usage(os.path.dirname(__file__)).free < ROOM:
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
