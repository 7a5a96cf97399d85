// Every question and act of the page. All of them are checked against the schema by a test.

const POSSIBILITY = `
  actor verb subject text allowed section summary keyed by
  needs { name optional type }
  rules { section text }
  reasons { lines { depth text truth section note waits { text who at } } }
  waits { text who at section }`;

const LISTS = `
    checklists(first: 100, after: $lists) { pageInfo { hasNextPage endCursor } edges { node {
      key section title about text consequences latched met
      lines { depth item { label path text truth note waits { text who at section } } } } } }
    norms(first: 100, after: $norms) { pageInfo { hasNextPage endCursor } edges { node {
      key section modality bearers jointly text about status since due vague stopped
      owed { text } paid { text } assertedBy } } }`;

const DEAL = `
  fragment DealParts on Deal {
    dealId agreement title agreementSha256 version openedAt asOf yourParties terminatedAt terminatedBy
    seats { party person acts }
    roles { role filler }
    funds { name holder section purpose { text } balance { text minorUnits } excess { text minorUnits }
      interest { text minorUnits } deposited { text } paidOut { text } }
    paid { payee total { text } }
    movements(first: 100) { edges { node { number at verb source target section about amount { text minorUnits currency } } } }
    caps { section text limit { text } used { text } remainder { text } excess { text } }
    documents { kind section status signatures { signer status } }
    claims: entries(sort: "claim", first: 100) { edges { node { number kind name author at section about counts
      fields { name text } } } }
    receipt { knownAt }
    ${LISTS}
    clauses { section title part category status }
    ambiguities { name question section chosen settledBy said { text by } }
    undecided { what name told waits }
    blanks { name section filled content filledBy }
    divergences { text then now }
    contents(first: 100) { edges { node { sha256 held url mediaType size heldAt putBy erasedAt } } }
    named: contents(named: true, first: 100) { edges { node { sha256 } } }
    availableActions { ... on AvailableActions { actions { ${POSSIBILITY} } } }
  }`;

const ANSWER = `
  fragment Answer on SubmitResult {
    __typename
    ... on Accepted { act section note version changes { at section text } }
    ... on Refused { act section summary version
      reasons { lines { depth text truth section note waits { text who at } } } }
    ... on Conflict { actualVersion }
    ... on Invalid { code problems retryAfter }
  }`;

const RECORD = `
  version kind person party act section summary happenedAt recordedAt seal
  reasons { lines { depth text truth section note waits { text who at } } }
  changes { at section text cause }`;

export const ME = `query Me { me { id name expires } }`;

export const DEALS = `query Deals($after: String) {
  deals(first: 50, after: $after) {
    edges { node { dealId agreement openedAt yourParties } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const AGREEMENTS = `query Agreements {
  agreements { name title
    parties { name role described }
    blanks { name required type bounds default section } }
}`;

export const ZONE = `query Zone($name: String!) { agreement(name: $name) { sha256 zone } }`;

export const SEE = `query See($deal: ID!, $asOf: Instant, $knownAt: Instant, $norms: String, $lists: String) {
  deal(id: $deal, asOf: $asOf, knownAt: $knownAt) { ...DealParts }
} ${DEAL}`;

export const MORE = `query More($deal: ID!, $asOf: Instant!, $knownAt: Instant!, $norms: String, $lists: String) {
  deal(id: $deal, asOf: $asOf, knownAt: $knownAt) { ${LISTS} }
}`;

export const HELD = `query Held($deal: ID!, $value: String!, $asOf: Instant, $knownAt: Instant) {
  explain(dealId: $deal, about: { value: $value }, asOf: $asOf, knownAt: $knownAt) {
    ... on Explanation { truth summary figures { value truth } }
    ... on Invalid { code message }
  }
}`;

export const HELD_THEN = `query HeldThen($deal: ID!, $value: String!, $as: String!, $text: String!) {
  preview(dealId: $deal, as: $as, act: { text: $text }) {
    ... on Preview { deal { explain(about: { value: $value }) { ... on Explanation { truth summary figures { value truth } } } } }
  }
}`;

export const CLAUSE = `query Clause($deal: ID!, $section: String!, $asOf: Instant, $knownAt: Instant) {
  deal(id: $deal, asOf: $asOf, knownAt: $knownAt) {
    clauses(section: $section) { section title category reason text status displacedBy survives waivedBy
      openPoints { title text } readings { title text } }
  }
}`;

export const TIMELINE = `query Timeline($deal: ID!, $last: Int!, $before: String) {
  timeline(dealId: $deal, last: $last, before: $before) {
    edges { cursor node { ${RECORD} } }
    pageInfo { hasPreviousPage startCursor }
  }
}`;

export const EXPLAIN = `query Explain($deal: ID!, $section: String!, $asOf: Instant, $knownAt: Instant) {
  explain(dealId: $deal, about: { section: $section }, asOf: $asOf, knownAt: $knownAt) {
    ... on Explanation {
      truth section summary
      reasons { lines { depth text truth section note waits { text who at } } }
      figures { rendered }
    }
    ... on Invalid { code message }
  }
}`;

export const WHY_NOT = `query WhyNot($deal: ID!, $as: String!, $text: String!) {
  whyNot(dealId: $deal, as: $as, act: { text: $text }) {
    ... on Explanation { truth section summary searched ways { acts steps { actors text section states at } } }
    ... on Invalid { code message }
  }
}`;

export const PREVIEW = `query Preview($deal: ID!, $as: String!, $text: String!, $norms: String, $lists: String) {
  preview(dealId: $deal, as: $as, act: { text: $text }) {
    ... on Preview { answer { ...Answer } changes { at section text } deal { ...DealParts } }
    ... on Invalid { __typename code problems }
  }
} ${ANSWER} ${DEAL}`;

export const SUBMIT = `mutation Submit($deal: ID!, $as: String!, $text: String!, $key: String!, $version: Sequence!, $signature: SignatureInput) {
  submit(dealId: $deal, as: $as, act: { text: $text }, idempotencyKey: $key, expectedVersion: $version, signature: $signature) { ...Answer }
} ${ANSWER}`;

export const OPEN = `mutation Open($agreement: String!, $roles: [RoleInput!]!, $blanks: [FieldInput!], $signing: [String!], $key: String!) {
  openDeal(agreement: $agreement, roles: $roles, blanks: $blanks, signing: $signing, idempotencyKey: $key) {
    __typename
    ... on Opened { dealId unseated }
    ... on Invalid { code problems retryAfter }
  }
}`;

export const INVITE = `mutation Invite($deal: ID!, $party: String!, $days: Int!) {
  invite(dealId: $deal, party: $party, days: $days) {
    __typename
    ... on Invitation { text party until }
    ... on Invalid { code problems retryAfter }
  }
}`;

export const ACCEPT = `mutation Accept($text: String!) {
  acceptInvitation(text: $text) {
    __typename
    ... on Accepted { act }
    ... on Invalid { code problems retryAfter }
  }
}`;

export const SEAT = `mutation Seat($deal: ID!, $party: String!, $person: String!, $acts: Boolean!, $key: String!) {
  seat(dealId: $deal, party: $party, person: $person, acts: $acts, idempotencyKey: $key) {
    __typename
    ... on Accepted { act }
    ... on Invalid { code problems retryAfter }
  }
}`;

export const KEYS = `query Keys { keys(first: 100) { edges { node { id registeredAt revokedAt } } } }`;

export const REVOKE_KEY = `mutation RevokeKey($id: ID!) {
  revokeKey(id: $id) {
    __typename
    ... on Invalid { code problems retryAfter }
  }
}`;

export const REGISTER = `mutation Register($key: String!, $proof: String!, $endorsement: String!) {
  registerKey(key: $key, proof: $proof, endorsement: $endorsement) {
    __typename
    ... on PersonKey { id }
    ... on Invalid { code problems retryAfter }
  }
}`;

export const TO_SIGN = `query ToSign($deal: ID!, $as: String!, $text: String!, $nonce: String!, $key: ID!) {
  toSign(dealId: $deal, as: $as, act: { text: $text }, idempotencyKey: $nonce, key: $key) {
    __typename
    ... on ToSign { text effect }
    ... on Invalid { code problems }
  }
}`;

export const EVENTS = `subscription Events($deal: ID!, $after: Sequence!) {
  dealEvents(dealId: $deal, after: $after) { ${RECORD} }
}`;
