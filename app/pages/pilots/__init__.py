"""Pilots: what AI is there already, what overlaps, what is missing, what is risky?"""
