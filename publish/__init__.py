"""What makes artefacts from notebooks and tables; needs the developers' environment, does not ship.

``run`` (chapters executed and stored), ``site`` (the Sphinx extension of the book: everything below, in order), ``figures`` (chart
output to figure), ``said`` (numbers in sentences), ``theme`` (how pages look), ``steps`` (what else a page or the site has), ``edition``
(PDF, wheel, archive, metadata).
"""
