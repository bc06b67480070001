"""The edition as files: the book as one PDF, the archive to deposit, and the ways to open a chapter elsewhere.

One module a step: ``settings`` (addresses, from _config.yml), ``pages`` (the built site as one document), ``pdf`` (that
document printed), ``wheel`` (the package to install), ``metadata`` (what deposits and registers read, from CITATION.cff), ``archive`` (one zip of all), ``launch``
(Binder, Colab), ``kept`` and ``released`` (editions under their own address, the register of them), ``reading``, ``old`` and ``manifest``
(docs/reading-ease.md, docs/figures.md, docs/manifest.csv and docs/changes.md), ``screenshot`` (the picture in README).
"""
