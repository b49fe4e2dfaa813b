"""The workflow map: activities and paths with their figures, discovery, views, stored versions."""
