"""The BPMN view: the Streamlit component that draws a BPMN 2.0 diagram with bpmn-js."""

from app.components.bpmn_view.component import bpmn_view

__all__ = ["bpmn_view"]
