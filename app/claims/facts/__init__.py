"""Hard facts of a sentence and how two sentences differ in them: numbers, dates, summits, countries, polarity.

Pure functions over text in four languages; nothing here searches, and no model is asked.
"""
