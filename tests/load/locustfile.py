"""Users who ask, one question after another; being told to come back later is counted by itself."""

import itertools

from locust import FastHttpUser, task

QUESTIONS = itertools.cycle(
    (
        "What does the declaration say about trafficking in persons?",
        "¿Qué dice sobre el racismo?",
        "O que diz o parágrafo 1?",
        "Existe-t-il un quota de visas de travail ?",
    )
)


class Asker(FastHttpUser):
    @task
    def ask(self) -> None:
        with self.client.post("/api/v1/ask", json={"question": next(QUESTIONS)}, catch_response=True) as response:
            if response.status_code in {429, 503}:
                response.request_meta["name"] = "shed"
                response.success()
