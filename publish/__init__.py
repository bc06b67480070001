"""What makes artefacts from notebooks and tables; needs the developers' environment, does not ship.

``build`` (run, then the site, once and whole), ``lock`` (one build at a time), ``drawn`` (drawings kept by content), ``run`` (chapters executed and stored), ``serve`` (the site
on this machine), ``site`` (the Sphinx extension of the book: everything below, in order), ``figures`` (chart
output to figure), ``said`` (numbers in sentences), ``host`` (what these two ask of a book), ``thisbook`` (what this one answers), ``csp`` (what a page may load), ``theme`` (how pages look), ``steps`` (what else a page or the site has), ``edition``
(PDF, wheel, archive, metadata).
"""

import os
import shutil
import sys

ROOM = 100_000_000
"""Bytes; with less left on the disk no bytecode is written here or in a kernel."""

# On a full disk Python can leave bytecode that is cut short, and every later run would end at it.
if shutil.disk_usage(os.path.dirname(__file__)).free < ROOM:
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
