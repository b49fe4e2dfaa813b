"""Who makes a model, which system a module or tool speaks to, and which tools change something: by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inventory.discovery.parsing import words

_VENDORS = (  # how names of models begin, after what stands before `/` or `:`
    ("OpenAI", ("gpt", "o1", "o3", "o4", "chatgpt", "text-embedding", "davinci", "codex")),
    ("Anthropic", ("claude",)),
    ("Google", ("gemini", "gemma", "palm")),
    ("Meta", ("llama", "meta-llama", "codellama")),
    ("Mistral", ("mistral", "mixtral", "ministral", "codestral", "magistral", "devstral")),
    ("Alibaba", ("qwen", "qwq")),
    ("DeepSeek", ("deepseek",)),
    ("xAI", ("grok",)),
    ("Cohere", ("command", "c4ai")),
    ("Amazon", ("nova", "titan", "amazon")),
    ("Microsoft", ("phi",)),
)
_BY_PROVIDER = {
    "openai": "OpenAI", "azure": "OpenAI", "anthropic": "Anthropic", "google": "Google", "google-gla": "Google",
    "vertex_ai": "Google", "gemini": "Google", "mistral": "Mistral", "cohere": "Cohere", "xai": "xAI",
    "deepseek": "DeepSeek", "meta-llama": "Meta", "qwen": "Alibaba",
}  # fmt: skip
_SYSTEMS = {  # word in a module's or tool's name: the system
    "salesforce": "Salesforce", "slack": "Slack", "jira": "Jira", "confluence": "Confluence", "hubspot": "HubSpot",
    "zendesk": "Zendesk", "servicenow": "ServiceNow", "stripe": "Stripe", "github": "GitHub", "gitlab": "GitLab",
    "gmail": "Gmail", "outlook": "Outlook", "sharepoint": "SharePoint", "notion": "Notion", "asana": "Asana",
    "trello": "Trello", "linear": "Linear", "intercom": "Intercom", "shopify": "Shopify", "snowflake": "Snowflake",
    "bigquery": "BigQuery", "postgres": "PostgreSQL", "psycopg": "PostgreSQL", "psycopg2": "PostgreSQL",
    "asyncpg": "PostgreSQL", "postgresql": "PostgreSQL", "mysql": "MySQL", "pymysql": "MySQL", "mongodb": "MongoDB",
    "pymongo": "MongoDB", "sap": "SAP", "pyrfc": "SAP", "odoo": "Odoo", "netsuite": "NetSuite", "dynamics": "Dynamics",
    "workday": "Workday", "tableau": "Tableau", "pagerduty": "PagerDuty", "sentry": "Sentry", "airtable": "Airtable",
    "twilio": "Twilio", "sendgrid": "SendGrid", "docusign": "DocuSign", "quickbooks": "QuickBooks", "xero": "Xero",
    "elasticsearch": "Elasticsearch", "kubernetes": "Kubernetes", "teams": "Teams", "gsheets": "Google Sheets",
    "gdrive": "Google Drive", "sqlite3": "SQLite", "sqlite": "SQLite", "redis": "Redis", "playwright": "browser",
    "puppeteer": "browser",
}  # fmt: skip
_CHANGES = words(
    "create add insert send publish submit write update edit modify patch upsert delete remove cancel approve reject "
    "pay reserve assign execute deploy merge push upload rename grant revoke reset escalate confirm unsubscribe"
)
_FIRST = words(  # things as well as deeds: only where the name begins with them
    "set post put close change charge refund transfer order purchase buy book schedule reply commit move issue draft "
    "run make open start stop"
)
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as code writes it (`sendMail`, `send_mail`), in small letters."""
    return tuple(word.lower() for word in _WORD.findall(name))


def vendor_of(model: str) -> str | None:
    """Who makes `model`, by how its name begins (`openai:gpt-5`, `claude-...`); None where that says nothing."""
    provider, _, bare = model.lower().replace(":", "/").rpartition("/")
    for vendor, starts in _VENDORS:
        if bare.startswith(starts):
            return vendor
    parts = [part for part in provider.split("/") if part in _BY_PROVIDER]
    return _BY_PROVIDER[parts[-1]] if parts else None


def vendors_of(models: Iterable[str]) -> str | None:
    """The makers of `models`, ` / ` between; None where none is known."""
    return " / ".join(dict.fromkeys(filter(None, map(vendor_of, models)))) or None


def systems_in(names: Iterable[str]) -> tuple[str, ...]:
    """The systems that names of modules, tools or servers speak of."""
    found = (_SYSTEMS[w] for name in names for w in (*words_of(name), name.lower()) if w in _SYSTEMS)
    return tuple(dict.fromkeys(found))


def changing(tools: Iterable[str]) -> tuple[str, ...]:
    """Those of `tools` whose name says that they change something in the world."""
    return tuple(t for t in tools if _CHANGES.intersection(words_of(t)) or _FIRST.intersection(words_of(t)[:1]))
