// What this example asks. The generator reads these and makes a type for the variables and the answer of each.

import { graphql } from "./gql/index.js";

export const OpenDeal = graphql(`
  mutation OpenDeal($agreement: String!, $roles: [RoleInput!]!, $blanks: [FieldInput!], $key: String!) {
    openDeal(agreement: $agreement, roles: $roles, blanks: $blanks, idempotencyKey: $key) {
      __typename
      ... on Opened { dealId version }
      ... on Invalid { code problems }
    }
  }
`);

export const Submit = graphql(`
  mutation Submit($deal: ID!, $as: String!, $action: FundsEscrowAction!, $key: String!, $version: Sequence) {
    submitFundsEscrow(dealId: $deal, as: $as, action: $action, idempotencyKey: $key, expectedVersion: $version) {
      __typename
      ... on Accepted { act section version changes { section text } }
      ... on Refused { act section summary version reasons { section text truth } }
      ... on Conflict { actualVersion }
      ... on Invalid { code problems }
    }
  }
`);

export const WhatCanIDo = graphql(`
  query WhatCanIDo($deal: ID!) {
    availableActions(dealId: $deal) {
      __typename
      ... on AvailableActions { actions { actor text allowed section summary needs { name type optional } } }
      ... on Invalid { code problems }
    }
  }
`);

export const Stands = graphql(`
  query Stands($deal: ID!, $asOf: Instant) {
    deal(id: $deal, asOf: $asOf) { version asOf title funds { name balance { amount currency } } }
  }
`);

export const Events = graphql(`
  subscription Events($deal: ID!, $after: Sequence!) {
    dealEvents(dealId: $deal, after: $after) { version kind party act section }
  }
`);
