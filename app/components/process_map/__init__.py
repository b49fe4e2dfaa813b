"""The process map: values that describe what is drawn, and the Streamlit component that draws it."""

from app.components.process_map.component import process_map
from app.components.process_map.values import END, START, MapNode, MapPath, Picked, ProcessMap

__all__ = ["END", "START", "MapNode", "MapPath", "Picked", "ProcessMap", "process_map"]
