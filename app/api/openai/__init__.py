"""The OpenAI protocol under `/v1`: chat completions, responses, embeddings, models."""
