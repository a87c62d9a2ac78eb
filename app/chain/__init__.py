"""From a question to a grounded answer or a refusal: condense, retrieve, draft, ground, abstain."""
