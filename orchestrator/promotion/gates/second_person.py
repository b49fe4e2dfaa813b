"""Second person: nobody promotes what they proposed themselves."""

from __future__ import annotations

from collections.abc import Sequence

from governance import Principal, PrincipalKind
from orchestrator.promotion.gates.candidate import Gate, gate


def second_person(proposer: Principal, signer: Principal | None, may_sign: Sequence[str]) -> Gate:
    """Whether someone else than the proposer signed: an active person with one of the roles that may sign."""
    listed = " or ".join(f"`{role}`" for role in may_sign)
    if signer is None:
        problems = [f"waits for someone other than `{proposer.name}`, with the role {listed}, to sign"]
        return gate("second person", problems, "")
    problems = []
    if signer.id == proposer.id:
        problems.append(f"`{signer.name}` proposed this version; someone else must sign it")
    if signer.kind is not PrincipalKind.PERSON:
        problems.append(f"`{signer.name}` is an agent; only a person can sign")
    if not signer.active:
        problems.append(f"`{signer.name}` is not active")
    if not set(may_sign) & set(signer.roles):
        problems.append(f"`{signer.name}` does not have the role {listed}")
    return gate("second person", problems, f"proposed by `{proposer.name}`, signed by `{signer.name}`")
