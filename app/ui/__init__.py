"""The web interface: the page, the documents, their words and looks."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it when it is imported
