"""The sentences of the history by the verbs of the audit log.

Verbs are never renamed, so a line here is for ever; its parameters are the facts that the act records.
"""

from workflows.sentences import desk, documents, fieldwork, goods, onboarding, projects, registry

SENTENCES: dict[str, str] = {
    **desk.SENTENCES,
    **documents.SENTENCES,
    **fieldwork.SENTENCES,
    **goods.SENTENCES,
    **onboarding.SENTENCES,
    **projects.SENTENCES,
    **registry.SENTENCES,
}
