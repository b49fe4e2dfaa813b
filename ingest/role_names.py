"""The names that columns have for each role, the surest first. XES standard names come before all others.

Names are compared in lower case, without accents, with one space for every run of other signs.
"""

from __future__ import annotations

from ingest.values import ColumnRole

FEEDING = (
    ColumnRole.START, ColumnRole.PERFORMER, ColumnRole.PERFORMER_KIND, ColumnRole.COST,
    ColumnRole.OUTCOME, ColumnRole.DUE, ColumnRole.COMPLETE,
)  # fmt: skip
COST_WORDS = {
    "cost", "costs", "coste", "costes", "costo", "costos", "kosten", "gesamtkosten", "cout", "couts", "custo", "custos",
}  # fmt: skip
# With one of these in its name a column of numbers says which cost, or whose, and not how much.
NO_COST_WORDS = {
    "type", "code", "center", "centre", "id", "class", "category", "number", "no", "nr", "num", "key", "group",
    "element", "object", "driver", "account", "pool", "level", "unit", "index", "flag", "count", "tipo",
    "codigo", "centro", "clase", "categoria", "numero", "clave", "grupo", "elemento", "objeto", "cuenta",
    "nivel", "art", "typ", "stelle", "klasse", "kategorie", "nummer", "schlussel", "schluessel", "trager",
    "traeger", "gruppe", "konto", "codice", "categorie", "classe", "cle", "groupe", "compte", "niveau", "poste",
    "identifier", "identificador",
}  # fmt: skip

XES_NAMES = {
    ColumnRole.CASE: ("case:concept:name",),
    ColumnRole.ACTIVITY: ("concept:name",),
    ColumnRole.END: ("time:timestamp",),
    ColumnRole.START: ("start_timestamp", "time:start", "start:timestamp"),
    ColumnRole.PERFORMER: ("org:resource",),
    ColumnRole.LIFECYCLE: ("lifecycle:transition",),
    ColumnRole.COST: ("cost:total", "cost:amount"),
    ColumnRole.SYSTEM: ("org:system",),
    ColumnRole.DUE: ("case:due", "case:deadline"),
}

COMMON_NAMES = {
    ColumnRole.CASE: (
        "case id", "caseid", "case", "case key", "case number", "case no", "case concept name", "trace id", "trace",
        "process instance", "process instance id", "instance id", "ticket id", "ticket", "order id", "order number",
        "incident id", "incident number", "request id", "application id", "claim id", "id caso", "caso", "id de caso",
        "numero de caso", "expediente", "id expediente", "vorgang", "vorgangsnummer", "fall", "fall id", "dossier",
        "id dossier", "numero dossier",
    ),
    ColumnRole.ACTIVITY: (
        "activity", "activity name", "concept name", "task", "task name", "event", "event name", "step", "step name",
        "action", "operation", "activity label", "actividad", "nombre actividad", "tarea", "evento", "paso",
        "aktivitat", "aktivitaet", "vorgangsschritt", "activite", "tache", "etape",
    ),
    ColumnRole.END: (
        "end time", "end timestamp", "complete timestamp", "completion time", "end", "ended", "end date", "finish time",
        "finished", "finished at", "ended at", "completed at", "complete time", "end datetime", "time timestamp",
        "timestamp", "event time", "event timestamp", "date time", "datetime", "time", "date", "fecha fin", "fin",
        "hora fin", "fecha hora fin", "fecha de fin", "fecha", "fecha hora", "marca de tiempo", "endzeit", "ende",
        "zeitstempel", "date fin", "horodatage",
    ),
    ColumnRole.START: (
        "start time", "start timestamp", "start", "started", "started at", "start date", "begin", "begin time",
        "begin timestamp", "start datetime", "fecha inicio", "inicio", "hora inicio", "fecha hora inicio",
        "fecha de inicio", "startzeit", "beginn", "date debut", "debut",
    ),
    ColumnRole.PERFORMER: (
        "performer", "performed by", "org resource", "resource", "resource name", "user", "user name", "username",
        "user id", "employee", "worker", "originator", "actor", "agent", "operator", "assignee", "executed by",
        "done by", "recurso", "usuario", "responsable", "empleado", "ejecutor", "bearbeiter", "benutzer", "ressource",
        "utilisateur",
    ),
    ColumnRole.PERFORMER_KIND: (
        "performer kind", "performer type", "resource type", "resource kind", "actor type", "user type", "task type",
        "type task", "activity type", "automation", "tipo recurso", "tipo de recurso", "tipo tarea", "tipo de tarea",
    ),
    ColumnRole.SYSTEM: (
        "system", "system name", "application", "app", "source system", "it system", "system of record", "software",
        "tool", "sistema", "aplicacion", "anwendung", "systeme",
    ),
    ColumnRole.COST: (
        "cost", "costs", "total cost", "event cost", "activity cost", "cost total", "cost amount", "coste", "costo",
        "costes", "costos", "kosten", "cout",
    ),
    ColumnRole.OUTCOME: ("outcome", "result", "status", "error", "failed", "resultado", "ergebnis", "resultat"),
    ColumnRole.DUE: (
        "due", "due date", "due at", "deadline", "sla due", "sla deadline", "case deadline", "case due",
        "fecha limite", "vencimiento", "fecha vencimiento", "faelligkeit", "echeance",
    ),
    ColumnRole.COMPLETE: (
        "case complete", "is complete", "complete", "case completed", "case closed", "is closed", "case finished",
        "caso completo", "completo", "cerrado",
    ),
    ColumnRole.LIFECYCLE: (
        "lifecycle", "lifecycle transition", "transition", "event type", "event lifecycle", "transicion",
        "ciclo de vida",
    ),
}  # fmt: skip
