// Requests to begin with in GraphiQL, a tab for each. A test checks them against the schema.

export const STARTERS = [
  { name: "Who am I, and what deals have I", query: `query MyDeals {
  me { id name expires }
  agreements { name title }
  deals(first: 10) {
    edges { node { dealId agreement openedAt yourParties } }
  }
}` },
  { name: "How a deal stands", query: `query HowItStands($deal: ID!) {
  deal(id: $deal) {
    title version asOf terminatedAt
    funds { name balance { text } paidOut { text } }
    norms(status: "active") { edges { node { bearers text section due vague } } }
    checklists { edges { node { section about met consequences } } }
  }
}`, variables: { deal: "" } },
  { name: "What I can do, and why not the rest", query: `query WhatICanDo($deal: ID!) {
  availableActions(dealId: $deal) {
    ... on AvailableActions { actions {
      actor text allowed section summary
      needs { name type optional }
      waits { text who at }
    } }
    ... on Invalid { code problems }
  }
}`, variables: { deal: "" } },
  { name: "What would unlock an act", query: `query WhyNot($deal: ID!, $as: String!, $text: String!) {
  whyNot(dealId: $deal, as: $as, act: { text: $text }) {
    __typename
    ... on Explanation { truth section summary ways { acts steps { actors text section } } }
    ... on Invalid { code problems }
  }
}`, variables: { deal: "", as: "Escrow Agent", text: "release the Escrow Fund according to \"JI-1\"" } },
  { name: "What an act would lead to", query: `query WhatIf($deal: ID!, $as: String!, $text: String!) {
  preview(dealId: $deal, as: $as, act: { text: $text }) {
    __typename
    ... on Preview { changes { section text } deal { funds { name balance { text } } } }
    ... on Invalid { code problems }
  }
}`, variables: { deal: "", as: "Purchaser", text: "sign the Documents" } },
  { name: "Do something", query: `mutation Submit($deal: ID!, $as: String!, $text: String!, $key: String!) {
  submit(dealId: $deal, as: $as, act: { text: $text }, idempotencyKey: $key) {
    __typename
    ... on Accepted { section version changes { section text } }
    ... on Refused { section summary reasons { rendered } }
    ... on Invalid { code problems }
  }
}`, variables: { deal: "", as: "Purchaser", text: "sign the Documents", key: "choose one of your own" } },
  { name: "Do something under the funds escrow; an act that it does not know does not fit the schema", query: `mutation SubmitTyped($deal: ID!, $as: String!, $action: FundsEscrowAction!, $key: String!) {
  submitFundsEscrow(dealId: $deal, as: $as, action: $action, idempotencyKey: $key) {
    __typename
    ... on Accepted { section version }
    ... on Refused { section summary }
    ... on Invalid { code problems }
  }
}`, variables: { deal: "", as: "Purchaser", action: { signDocuments: {} }, key: "choose another one of your own" } },
  { name: "As of another instant", query: `query AsOfThen($deal: ID!, $asOf: Instant, $knownAt: Instant) {
  deal(id: $deal, asOf: $asOf, knownAt: $knownAt) {
    asOf version
    funds { name balance { text } }
  }
}`, variables: { deal: "", asOf: "2036-01-01T00:00:00Z", knownAt: null } },
  { name: "Follow a deal", query: `subscription FollowIt($deal: ID!, $after: Sequence!) {
  dealEvents(dealId: $deal, after: $after) {
    version kind party act
    section summary
  }
}`, variables: { deal: "", after: "0" } },
];
