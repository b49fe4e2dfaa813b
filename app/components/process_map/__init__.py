"""The process map: values that describe what is drawn, and the Streamlit component that draws it."""

from app.components.process_map.component import process_map
from app.components.process_map.values import END, START, Findable, MapNode, MapPath, Picked, ProcessMap, TreeView

__all__ = [
    "END",
    "START",
    "Findable",
    "MapNode",
    "MapPath",
    "Picked",
    "ProcessMap",
    "TreeView",
    "process_map",
]
