"""Members of the schema that say nothing of themselves, and what is said of them: the same words wherever they stand.

A name means the same in the whole schema, so that it is described once: `section` is a section of the agreement in
every type that has one. Where a type means something of its own by it, the row has the type before it. Whoever adds a
member that no row describes gives it a description where it is made, or a row here; a test finds what has neither.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)


def describe(schema: GraphQLSchema) -> None:
    """Give each type, field, argument and value without a description the one that it has here, if any."""
    for path, found in undescribed(schema):
        owner, _, member = path.rpartition(".")
        _, bracket, argument = member.partition("(")
        said = WORDS.get(path) or WORDS.get(bracket + argument or member)
        found.description = said or (_value(found) if owner else _kind(path))


def undescribed(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    """What has no description, each with where it stands: `Deal`, `Deal.title`, `Deal.norms(status)`, `Truth.OPEN`."""
    for name, kind in schema.type_map.items():
        if not name.startswith("__"):
            yield from ((path, each) for path, each in _of(name, kind) if not each.description)


def _of(name: str, kind: Any) -> Iterator[tuple[str, Any]]:
    yield name, kind
    match kind:
        case GraphQLObjectType() | GraphQLInterfaceType():
            for field, each in kind.fields.items():
                yield f"{name}.{field}", each
                yield from ((f"{name}.{field}({one})", given) for one, given in each.args.items())
        case GraphQLInputObjectType():
            yield from ((f"{name}.{field}", each) for field, each in kind.fields.items())
        case GraphQLEnumType():
            yield from ((f"{name}.{value}", each) for value, each in kind.values.items())
        case _:  # a union, or a scalar
            return


def _value(found: Any) -> str | None:
    """What a value is that is made from the words of an agreement."""
    match found:
        case GraphQLEnumValue(value=str(words)) | GraphQLEnumValue(value=Enum(value=str(words))):
            return f"In the words of the agreement: {words}."
        case _:
            return None


def _kind(name: str) -> str | None:
    """What types are that are named by what they hold."""
    if name.endswith("Edge"):
        return "One of a connection, and where it stands."
    if name.endswith("Connection"):
        return "A page of a list, in order."
    if name.endswith("Result"):
        return "What came of it: read every member, and ask `__typename` which it is."
    return None


WORDS: Final[Mapping[str, str]] = {
    # types
    "Query": "What can be asked. Nothing changes by it.",
    "Mutation": "What can be done. All that a deal makes of it is on record, refusals too.",
    "Subscription": "Streams: over a WebSocket (`graphql-transport-ws`), or with `Accept: text/event-stream`.",
    "PageInfo": "Where a page of a connection stands.",
    # what many have
    "section": "The section of the agreement, as it is cited: `3.1(a)(iv)(A)`.",
    "text": "In words.",
    "title": "Its title.",
    "name": "What it is called in the agreement.",
    "at": "When it came about.",
    "kind": "The kind, as the agreement names it: `Joint Instruction`.",
    "version": "The place of an entry in the log of its deal; the opening has 1.",
    "party": "The party of the deal.",
    "person": "A person, as tokens name the person.",
    "message": "What stands in the way, in a sentence for people.",
    "about": "The name of the entry that it is about.",
    "fund": "The fund, as the agreement names it: `Escrow Fund`.",
    "amount": "How much, as `12000000.00` or `USD 12,000,000.00`.",
    "verb": "How it is called here, where the agreement has a word of its own for it.",
    "waits": "What it waits for.",
    "reasons": "Why, as trees.",
    "note": "What was found, as `3 of 4`; may be empty.",
    "truth": "How it stands.",
    "depth": "How deep it stands in the tree.",
    "part": "The part of the agreement that it stands in; empty where it has none.",
    "happenedAt": "When it happened, as was said or as it came.",
    "recordedAt": "When it was recorded.",
    "openedAt": "When the deal was opened.",
    "madeAt": "When it was made.",
    "agreementSha256": "SHA-256 of the text that the deal is pinned to.",
    "agreement": "The agreement by its name in the catalogue.",
    "signatures": "Who has to sign, and how each signature stands.",
    "optional": "It can be left out.",
    "channel": "By which channel it is given, where the agreement knows several.",
    "copy": "To whom a copy goes.",
    "summary": "In a sentence.",
    "event": "The entry of the log.",
    "said": "What each has stated so far.",
    "readings": "How it can be read.",
    "children": "What it rests on.",
    "dealId": "The number of the deal.",
    "edges": "What is on this page, in order.",
    "pageInfo": "Where this page stands.",
    "cursor": "Hand it back as `after` or `before`, to go on from here.",
    "node": "The thing itself.",
    "hasNextPage": "There is more behind this page.",
    "hasPreviousPage": "There is more before this page.",
    "startCursor": "That of the first on this page; null where there is none.",
    "endCursor": "That of the last on this page; null where there is none.",
    "status": "How it stands.",
    "erasedAt": "When it was erased; null while it is there.",
    "fields": "What it states, field by field.",
    "type": "`text`, `yes-or-no`, `date`, `amount of USD`, `payments`, ...",
    "seal": "The seal of the entry.",
    "key": "The id of the key.",
    "effect": "What it would do, in the agreement's own words.",
    "actors": "Who does it.",
    "steps": "What is done, in order.",
    "asOf": "The instant to look at; now, if not given.",
    "knownAt": "From what was known then alone; from what is known now, if not given.",
    "to": "To whom.",
    "act": "The act, in words.",
    "problem": "What is wrong.",
    "answers": "What came of each, in their order.",
    "value": "Its content, in the language's own words.",
    "paid": "How much of it was paid.",
    "lines": "The same in order, each with its depth.",
    "receipt": "What it rests on.",
    "changes": "What followed.",
    # agreements
    "Agreement.name": "Its name in the catalogue, as `openDeal` takes it.",
    "Agreement.version": "The version of the text, as it says itself.",
    "Agreement.governingLaw": "The law that it is under, as it says itself.",
    "Agreement.zone": "The time zone in which its days end, as IANA names it.",
    "Agreement.currency": "The currency of its amounts, where they name none.",
    "Agreement.clauses": "Its sections, in order; of one, if given.",
    "Agreement.parties": "Everybody whom it names.",
    "Agreement.kinds": "The kinds of papers, notices, findings, claims and acts that it knows.",
    "Agreement.blanks": "What is filled in when a deal is opened, or later.",
    "Party.described": "How the agreement describes it; empty where it does not.",
    "Party.actsFor": "For whom a person acts; empty for anybody else.",
    "Party.members": "Who is in a group.",
    "Kind.signers": "Who signs it.",
    "Kind.makers": "Who makes it, where nobody has to sign.",
    "Kind.deliverers": "Who delivers it.",
    "Kind.recipients": "Who receives it.",
    "Kind.about": "The kind of entry that it is about; empty where it is about none.",
    "Kind.fields": "What it states.",
    "BlankText.required": "Has to be filled before a deal opens.",
    "category": "`operative`, `protective`, `interpretive`, `boilerplate` or `not encoded`.",
    "reason": "Why it is not operative; empty where it is.",
    "Clause.displacedBy": "The section that stands in its place; empty where none does.",
    "Clause.waivedBy": "What waives it; empty where nothing does.",
    "Clause.openPoints": "What the source leaves open here.",
    "Clause.readings": "Where the clause file had to choose how to read the source here.",
    # deals
    "Deal.title": "The title of the agreement.",
    "Deal.seats": "Who acts for whom.",
    "Deal.roles": "Who fills each role.",
    "Deal.funds": "Money that is held.",
    "Deal.paid": "What each payee got.",
    "Deal.caps": "Limits on payments.",
    "Deal.documents": "The documents that the agreement asks for.",
    "Deal.blanks": "The blanks of the source, and what they hold.",
    "Deal.ambiguities": "What the source leaves open, and how the parties settled it.",
    "DealParty.name": "The party, as the agreement names it.",
    "RoleFiller.role": "The role.",
    "RoleFiller.filler": "Who fills it, by name; empty where nobody is named.",
    "Fund.holder": "Who holds it.",
    "Fund.balance": "What is in it, beside excess and interest.",
    "Fund.excess": "What came in beyond what it is for.",
    "Fund.interest": "What it has earned.",
    "Paid.payee": "Who was paid.",
    "Paid.total": "All that was paid to it in one currency.",
    "Movement.number": "Its place among the movements of the deal.",
    "Movement.verb": "How it moved: `deposit`, `pay`, `release`, ...",
    "Movement.target": "A party, or a purpose of a fund: `Escrow Fund/balance`.",
    "Movement.amount": "How much.",
    "Cap.limit": "At most so much.",
    "Cap.used": "What was paid under it.",
    "Cap.remainder": "What can still be paid under it.",
    "Entry.number": "Its place among the entries of the deal.",
    "Entry.name": "What whoever made it called it: `JI-1`.",
    "Entry.about": "The name of the entry that it is about; empty where it is about none.",
    "Entry.superseded": "A later one of its kind stands in its place.",
    "Entry.stages": "The stages that it goes through.",
    "Document.entry": "The paper, where there is one.",
    "Signature.signer": "Who has to sign.",
    "Signature.signed": "When it was signed; null where it was not.",
    "Signature.received": "When the signed paper was received; null where it was not.",
    "Stage.name": "The stage: `received`, `given`, ...",
    "Stage.at": "When it is reached; null where that is not known.",
    "ChecklistLine.item": "The condition.",
    "Norm.key": "Names it among those of the deal.",
    "Norm.bearers": "Who must, may or must not do it.",
    "Norm.since": "Since when it stands.",
    "Norm.owed": "How much is owed; null where it is no payment, or the amount is not known.",
    "Norm.paid": "How much of it was paid; null where it is no payment.",
    "Ambiguity.question": "What is asked.",
    "Ambiguity.settledBy": "Who has to settle it.",
    "Blank.filled": "Whether it is filled.",
    "Blank.content": "What it holds; empty while it is not filled.",
    "Blank.filledBy": "Who fills it.",
    "Said.by": "Who states it.",
    "Change.cause": "What brought it about.",
    "Seat.person": "Who acts for it, as tokens name the person.",
    # reasons
    "Possibility.actor": "Who would do it.",
    "Possibility.verb": "What is done: `sign`, `deposit`, `make`, ...",
    "Possibility.subject": "To what: a kind of paper, a fund, a blank.",
    "Possibility.allowed": "Whether it would be accepted now.",
    "Possibility.needs": "What has still to be said.",
    "Possibility.rules": "What its content has to meet.",
    "Possibility.reasons": "Why it is blocked; empty where it is allowed.",
    "Wait.what": "`act`, `time`, `blank`, `reading` or `calendar`; `past` where it is too late for all of them.",
    "Wait.at": "The instant that it waits for; null where it waits for none.",
    "WayStep.at": "When, where only time has to pass; null for an act.",
    "Derivation.facts": "What happened, that it was worked out from.",
    "Explanation.section": "The section that decides it.",
    "Searched.NOTHING_NEARER": "Acts that brought the answer nearer were followed until none was left. "
    "It is no proof that there are no other ways.",
    "Searched.CUT_SHORT": "The search stopped before: after so many tries, so many acts in a row, or so many ways.",
    "Truth.TRUE": "It is so.",
    "Truth.FALSE": "It is not so.",
    "Truth.PENDING": "An act, a finding or an instant has not come.",
    "Truth.OPEN": "It rests on a blank or a reading that nobody has settled.",
    "Difference.before": "How it is in this deal; null where it is not there.",
    "Difference.after": "How it is there; null where it is not there.",
    "Divergence.at": "When it was recorded.",
    # what is handed in
    "ActInput.action": "By its name in the agreement.",
    "ActInput.make": "Make an entry without signatures.",
    "ActInput.sign": "Sign a paper.",
    "ActInput.deliver": "Deliver a paper.",
    "ActInput.withdraw": "Withdraw an entry.",
    "ActInput.release": "Release a fund.",
    "ActInput.pay": "Pay.",
    "ActInput.deposit": "Deposit into a fund.",
    "ActInput.depositWith": "Deposit what is in a fund with somebody else.",
    "ActInput.hold": "Hold a fund, or a part of it.",
    "ActInput.lift": "Lift a hold.",
    "ActInput.fill": "Fill a blank.",
    "ActInput.choose": "Settle an ambiguity.",
    "ActInput.assertBreach": "Say that a duty is breached.",
    "AttemptInput.act": "What is tried.",
    "SubmissionInput.act": "What is tried.",
    "CompareInput.actions": "What acts would lead to, one after the other.",
    "CompareInput.moment": "Another instant.",
    "ExplainInput.section": "A section.",
    "ExplainInput.condition": "A condition, in the language's own words.",
    "ExplainInput.value": "A value, in the language's own words: `the balance of the Escrow Fund`.",
    "ExplainInput.attempt": "An act, and who would try it.",
    "FieldInput.name": "The field, as the agreement names it.",
    "FillInput.blank": "The blank, as the agreement names it.",
    "ChooseInput.ambiguity": "The ambiguity, as the agreement names it.",
    "ChooseInput.reading": "The reading, as the agreement names it.",
    "DepositWithInput.place": "With whom.",
    "ReleaseInput.accordingTo": "The name of the paper whose plan is carried out.",
    "MakeInput.name": "What it is called from then on; left out, it gets a name by itself.",
    "SignInput.name": "What it is called, or is to be called.",
    "DeliverInput.name": "The name of the entry; left out, the one that there is.",
    "WithdrawInput.name": "The name of the entry; left out, the one that there is.",
    "PaymentInput.amount": "How much; left out, the rest.",
    "SealInput.version": "The entry.",
    "RoleInput.party": "The role, as the agreement names it.",
    # who one is, keys and evidence
    "Query.me": "Who you are.",
    "Me.id": "As seats name you.",
    "Me.name": "As your token says.",
    "Me.expires": "When your token ends.",
    "PersonKey.id": "The start of the SHA-256 of the key.",
    "PersonKey.registeredAt": "When it was registered.",
    "PersonKey.revokedAt": "When it was revoked; null while it counts.",
    "AccessRecord.at": "When it was shown.",
    "Revoked.at": "Tokens that were issued until then are good no more.",
    "Invitation.until": "It can be accepted before.",
    "TimelineRecord.previousSeal": "The seal of the entry before it.",
    "Integrity.entries": "How many entries were looked at.",
    "Integrity.sound": "Whether all is as it was written.",
    "Integrity.faults": "What is not.",
    "Fault.table": "The table in which it stands.",
    "Fault.version": "The entry; null where it is of none.",
    "Fault.column": "The column; null where it is of none.",
    "Health.deals": "How many deals there are.",
    "Health.lastRecordedAt": "When the last entry was recorded; null where there is none.",
    "Health.database": "Which database, without what is secret in its address.",
    "Health.tablesVersion": "The version of its tables.",
    "Health.programVersion": "The version of the program.",
    "Health.pythonVersion": "The version of Python.",
    "ToSignAll.each": "What to sign for each of them, in their order.",
    "Invalid.problems": "What was found, what is expected, where, and what to do.",
    # arguments
    "(dealId)": "The number of the deal.",
    "(first)": "At most so many, 1 to 100.",
    "(after)": "Only what comes after this cursor or number.",
    "(last)": "The last so many, 1 to 100.",
    "(before)": "Only what comes before this cursor.",
    "(for)": "Of one party; of all that you act for, if none is given.",
    "(allowed)": "True: only what would be accepted. False: only what is blocked.",
    "(status)": "Only of this status.",
    "(section)": "Only of this section.",
    "(category)": "Only of this category.",
    "(kind)": "Only of this kind.",
    "(sort)": "Only of this sort of paper.",
    "(bearer)": "Only of this party.",
    "(named)": "True: only those that the log names. False: only those that it does not.",
    "(name)": "The name of it.",
    "(as)": "The party you act for, or `Buyer by Ann` where it matters who does.",
    "(act)": "What would be done.",
    "(actions)": "What would be done, one after the other.",
    "(about)": "What is asked about.",
    "(to)": "What to compare with.",
    "(condition)": "In the language's own words: `JI-1 is signed by all Companies`.",
    "(happenedAt)": "When it happens, if not now; never in the future.",
    "(asOf)": "The instant to look at; now, if not given.",
    "(knownAt)": "From what was known then alone; from what is known now, if not given.",
    "(idempotencyKey)": "The key under which it is to be submitted.",
    "(version)": "The entry.",
    "(action)": "Exactly one act, with what it states.",
    "(id)": "Its id.",
    "(ids)": "Their ids, at most 100.",
    "(seen)": "A version and its seal that you have seen before: it has to be in the log still.",
    "(text)": "The text of the invitation, as it was handed to you.",
    "(person)": "The person, as tokens name the person.",
    "Query.consistency(first)": "The smaller size of the log.",
    "Query.consistency(second)": "The larger one.",
    "Query.agreement(name)": "Its name in the catalogue.",
    "Subscription.dealEvents(after)": "The version of the last entry that you have; 0 for all.",
    "Mutation.keepPersonal(about)": "Whom it is about.",
    "Mutation.keepPersonal(value)": "What is kept.",
    "Mutation.invite(party)": "A party that you act for.",
    "Mutation.invite(days)": "How long it can be accepted, 1 to 30 days.",
    "Mutation.seat(party)": "A party that you act for.",
    "Mutation.seatFirst(party)": "A party for which nobody acts, as the agreement names it.",
    "Mutation.submit(act)": "What to do.",
    "Mutation.submitActions(actions)": "What to do, one after the other.",
    "Mutation.openDeal(agreement)": "The agreement by its name in the catalogue.",
    "Mutation.openDeal(roles)": "Who acts for whom.",
    "Mutation.openDeal(blanks)": "What its blanks hold.",
    "Mutation.signOut(everywhere)": "True: all that you were issued. False: this token.",
    "Mutation.replayDeliveries(webhookId)": "The webhook.",
    "Mutation.replayDeliveries(deliveryId)": "One of its deliveries; all that are dead, if not given.",
    # streams and webhooks
    "MomentCause.PRESENT": "You began to follow.",
    "MomentCause.ENTRY": "An entry was recorded.",
    "MomentCause.TIME": "An instant came that the deal waited for.",
    "Webhook.id": "Names it among your webhooks.",
    "Webhook.url": "Where it sends.",
    "Webhook.document": "The subscription, as it was stored.",
    "WebhookSecret.webhook": "The webhook that it is for.",
    "Replayed.count": "How many are sent again.",
}
