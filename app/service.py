"""The seam: what the product does, for every way of asking it.

The web page, REST, the OpenAI protocol, MCP, the command line and eval all call this and nothing below it, so
they cannot answer differently. Knows nothing of HTTP, terminals or settings.
"""
