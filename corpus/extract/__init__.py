"""From bytes to blocks: PDF, DOCX, HTML, XML, Markdown and plain text."""
