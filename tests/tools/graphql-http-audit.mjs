// Runs the audits of the npm package graphql-http against a server, and fails if one of them fails.
//
//   node graphql-http-audit.mjs http://127.0.0.1:8080/graphql

import { auditServer } from "graphql-http";

const url = process.argv[2];
if (!url) {
  console.error("Give the address of the server: node graphql-http-audit.mjs http://127.0.0.1:8080/graphql");
  process.exit(2);
}

let results;
try {
  results = await auditServer({ url });
} catch (error) {
  // An audit throws only when it gets no answer at all.
  console.error(`There is no answer from ${url}: ${error.cause?.message ?? error.message}`);
  process.exit(1);
}

const failed = results.filter((result) => result.status !== "ok");
for (const { id, name, status, reason, response } of failed) {
  console.log(`${status} ${id} ${name}: ${reason} (status ${response?.status})`);
}
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
