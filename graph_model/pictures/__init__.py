"""Pictures of pathways, coverage and impact, as SVG and Mermaid text: pure functions over rows."""
