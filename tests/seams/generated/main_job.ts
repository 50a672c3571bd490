/**
 * The main job with the types that openapi-typescript makes; compiled and run by `test_generated_clients`.
 *
 * Told by arguments: the gateway's address, the tokens of a school's head and a handler. Every answer is used
 * as the type that the client says it has; nothing is cast.
 */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./client.js";

const [, , address, headToken, handlerToken] = process.argv;
assert(address && headToken && handlerToken);

function signedIn(token: string) {
  const headers = { Authorization: `Bearer ${token}`, "Accept-Language": "en" };
  return createClient<paths>({ baseUrl: address!, headers });
}
const head = signedIn(headToken);
const handler = signedIn(handlerToken);

const me = await head.GET("/api/v1/me");
assert(me.data);
const site = me.data.sites?.[0];
assert(site);

const word: components["schemas"]["Intake"] = {
  site_id: site.id,
  kind: "complaint",
  service: "meals",
  subject: "Lunch ran out",
  description: "Three classes were left without.",
};
const key = { header: { "Idempotency-Key": `word-${randomUUID()}` } };
const reported = await head.POST("/api/v1/cases", { params: key, body: word });
assert(reported.data);
assert.equal(reported.data.state, "received");
const again = await head.POST("/api/v1/cases", { params: key, body: word });
assert.equal(again.data?.id, reported.data.id);
assert.equal(again.response.headers.get("Idempotency-Replayed"), "true");

const path = { case_id: reported.data.id };
const answered = await handler.POST("/api/v1/cases/{case_id}/messages", {
  params: { path },
  body: { body: "More is on its way." },
});
assert.equal(answered.data?.messages.at(-1)?.body, "More is on its way.");
const stale = await handler.POST("/api/v1/cases/{case_id}/messages", {
  params: { path, header: { "If-Match": `"${reported.data.version}"` } },
  body: { body: "Too late." },
});
assert.equal(stale.error?.code, "stale");
assert.equal(stale.error.current_version, answered.data?.version);

const read = await head.GET("/api/v1/cases/{case_id}", { params: { path } });
assert(read.data?.response_due_at);
assert(new Date(read.data.response_due_at) > new Date(read.data.received_at));
assert.equal(read.data.history[0]?.by, me.data.name);
const listed = await head.GET("/api/v1/cases", { params: { query: { state: ["in_progress"] } } });
assert(listed.data?.items.some((each) => each.id === path.case_id));

const faulty = await head.POST("/api/v1/cases", { body: { ...word, subject: "" } });
assert.equal(faulty.error?.errors?.[0]?.pointer, "#/subject");
const nobodys = await head.GET("/api/v1/cases/{case_id}", { params: { path: { case_id: randomUUID() } } });
assert.equal(nobodys.error?.status, 404);

const happened = await head.GET("/api/v1/events");
assert(happened.data?.items.some((each) => each.subject === path.case_id));
const clock = await head.GET("/api/v1/clock", { params: { query: { year: 2026 } } });
assert(clock.data);
const { total, scheduled, met, cancelled } = clock.data.summary;
assert.equal(total, scheduled + met + cancelled);
