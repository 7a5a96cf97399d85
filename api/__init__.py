"""The Clausula service: agreements kept, actions recorded, and a GraphQL API over both."""
