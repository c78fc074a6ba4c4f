// Runs the 61 audits of the GraphQL-over-HTTP specification against one endpoint and counts them.
//
//   GRAPHQL_URL=http://127.0.0.1:8080/graphql GRAPHQL_AUTHORIZATION="Bearer ..." node audit.js
//   node audit.js http://127.0.0.1:8080/graphql
//
// The audits send documents and introspect, so the endpoint must take the caller for a developer:
// GRAPHQL_AUTHORIZATION, if set, goes into the Authorization header. Only audits that begin with MAY and
// concern GET may fail: the endpoint offers none, on purpose. Exit code 1 when any other fails.

import { serverAudits } from "graphql-http";

const EXPECTED = 61;
const url = process.argv[2] ?? process.env.GRAPHQL_URL;
if (!url) {
  console.error("usage: node audit.js URL (or set GRAPHQL_URL)");
  process.exit(2);
}

const authorization = process.env.GRAPHQL_AUTHORIZATION;

function fetchAsDeveloper(input, init = {}) {
  const headers = new Headers(init.headers);
  if (authorization) headers.set("authorization", authorization);
  return fetch(input, { ...init, headers });
}

function mayFail({ name }) {
  return name.startsWith("MAY ") && name.includes("GET");
}

// An audit throws only when there was no answer to judge.
function unreachable(err) {
  console.error(`no answer from ${url}: ${err.cause?.message ?? err.message}`);
  process.exit(1);
}

const audits = serverAudits({ url, fetchFn: fetchAsDeveloper });
const counts = { passed: 0, optional: 0, failed: 0 };

for (const audit of audits) {
  const result = await audit.fn().catch(unreachable);
  if (result.status === "ok") {
    counts.passed++;
    continue;
  }
  const verdict = mayFail(result) ? "optional" : "failed";
  counts[verdict]++;
  console.log(`${verdict} ${result.id} ${result.name}: ${result.reason}`);
}

console.log(`${audits.length} audits: ${counts.passed} passed, ${counts.optional} optional ones not met, ${counts.failed} failed`);
if (audits.length !== EXPECTED) console.log(`expected ${EXPECTED} audits`);
process.exit(counts.failed > 0 || audits.length !== EXPECTED ? 1 : 0);
