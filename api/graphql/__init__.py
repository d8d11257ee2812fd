"""The GraphQL API: its schema, and how a question is bounded, answered and refused."""
