// Answers that came with the page (server/overview/routes/draft.rs): what its program would ask first, as the server said it to whoever
// asked for the page. Each is taken once, in place of the first question; every later one goes to the server.

let answers: Map<string, unknown> | undefined;

/** The answer to this question, if the page brought it. */
export function brought(address: string): Response | undefined {
  answers ??= read();
  if (!answers.has(address)) return undefined;
  const answer = answers.get(address);
  answers.delete(address);
  return Response.json(answer);
}

function read(): Map<string, unknown> {
  const place = globalThis.document?.getElementById('answers');
  const text = place?.textContent ?? '{}';
  place?.remove();
  return new Map(Object.entries(JSON.parse(text) as Record<string, unknown>));
}
