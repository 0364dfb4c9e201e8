// Audits subscriptions: the npm package graphql-ws as a client, and probes of every close code of graphql-transport-ws with the
// npm package ws. The caller must be the administrator of the server, as is who sits at the machine of a demonstration.
//
//   node graphql-ws-audit.mjs http://127.0.0.1:8080/graphql [PID]
//
// With PID, the process of the server, it is told to stop at the end, and must say farewell within 30 s.

import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [, , address, pid] = process.argv;
if (!address) {
  console.error("Give the address of the server: node graphql-ws-audit.mjs http://127.0.0.1:8080/graphql");
  process.exit(2);
}
const url = address.replace(/^http/, "ws");
const PROTOCOL = "graphql-transport-ws";
const NEVER = 'subscription { recordChanged(kinds: [PERSON]) { id } }';

const audits = [];
const audit = (name, run) => audits.push({ name, run });

/// Whatever is promised, within so many milliseconds.
function within(promise, what, milliseconds = 15_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/// Asks over HTTP.
async function ask(query, variables = {}) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const body = await response.json();
  assert.ok(!body.errors, JSON.stringify(body.errors));
  return body.data;
}

/// Changes a programme, so that something is told.
async function change() {
  const { programme } = await ask('{ programme(code: "MPED") { id version acronym } }');
  const acronym = programme.acronym === "MPED" ? "MPED2" : "MPED";
  const input = { id: programme.id, expectedVersion: programme.version, acronym };
  const done = await ask(
    "mutation Change($input: UpdateProgrammeInput!) { updateProgramme(input: $input) { errors { path message } } }",
    { input },
  );
  assert.deepEqual(done.updateProgramme.errors, []);
}

// --- graphql-ws as a client

/// All that a subscription or query tells until it ends; `told` is called with each event.
function follow(client, query, told = () => {}) {
  let stop;
  const events = [];
  const ended = new Promise((resolve, reject) => {
    stop = client.subscribe(
      { query },
      {
        next: (event) => {
          events.push(event);
          told(event);
        },
        error: reject,
        complete: () => resolve(events),
      },
    );
  });
  return { ended, stop, events };
}

async function withClient(options, run) {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, ...options });
  try {
    await run(client);
  } finally {
    await client.dispose();
  }
}

audit("a query runs over the socket and completes", () =>
  withClient({}, async (client) => {
    const events = await within(follow(client, "query Q { programmes(first: 1) { totalCount } }").ended, "a query");
    assert.equal(events.length, 1);
    assert.ok(events[0].data.programmes.totalCount > 20);
    assert.ok(events[0].extensions.cost.requested > 0);
  }),
);

audit("a change is told to those who follow, and they may stop", () =>
  withClient({}, async (client) => {
    let heard;
    const first = new Promise((resolve) => (heard = resolve));
    const query = "subscription { recordChanged(kinds: [PROGRAMME]) { operation record { ... on Programme { code } } } }";
    const following = follow(client, query, heard);
    // The protocol does not say when a subscription has begun; a query after it on the same socket has come later.
    await within(follow(client, "{ __typename }").ended, "a query");
    await change();
    const event = await within(first, "an event");
    assert.deepEqual(event.data.recordChanged, { operation: "CHANGED", record: { code: "MPED" } });
    following.stop();
    await within(following.ended, "the end");
  }),
);

audit("what is refused is an error of the operation, and the socket lives on", () =>
  withClient({}, async (client) => {
    for (const [query, code] of [
      ["subscription { nothing }", "BAD_USER_INPUT"],
      ['subscription { ballotTurnout(dialogue: "NONE") { status } }', "NOT_FOUND"],
      ["subscription { a: recordChanged { id } b: recordChanged { id } }", "BAD_USER_INPUT"],
    ]) {
      const errors = await within(follow(client, query).ended, query).then(() => assert.fail(query), (errors) => errors);
      assert.equal(errors[0].extensions.code, code, query);
    }
    const events = await within(follow(client, "{ __typename }").ended, "a query");
    assert.deepEqual(events[0].data, { __typename: "Query" });
  }),
);

audit("a client comes back after its connection broke", async () => {
  let sockets = 0;
  let last;
  class Counted extends WebSocket {
    constructor(...given) {
      super(...given);
      sockets += 1;
      last = this;
    }
  }
  await withClient({ webSocketImpl: Counted, retryAttempts: 5, retryWait: async () => {} }, async (client) => {
    let heard;
    const first = new Promise((resolve) => (heard = resolve));
    const following = follow(client, "subscription { recordChanged(kinds: [PROGRAMME]) { operation } }", heard);
    await within(follow(client, "{ __typename }").ended, "a query");
    last.terminate();
    // It changes until the client is back and hears of it.
    const changing = setInterval(() => change().catch(() => {}), 300);
    try {
      await within(first, "an event after coming back");
    } finally {
      clearInterval(changing);
    }
    assert.equal(sockets, 2);
    following.stop();
  });
});

audit("a key that does not hold is told as forbidden", () =>
  withClient({ connectionParams: { authorization: "Bearer kn_wrong" } }, async (client) => {
    const end = await within(follow(client, "{ __typename }").ended, "a query").then(() => assert.fail(), (end) => end);
    assert.equal(end.code, 4403);
  }),
);

// --- ws: probes of the protocol

/// An open socket: what it hears, and how it ends.
class Probe {
  constructor(protocols = [PROTOCOL], options = {}) {
    this.heard = [];
    this.waiting = [];
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on("message", (data) => {
      this.heard.push(JSON.parse(data.toString()));
      this.waiting.splice(0).forEach((wake) => wake());
    });
    this.closed = new Promise((resolve) => this.socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() })));
    this.opened = new Promise((resolve, reject) => {
      this.socket.on("open", () => resolve(this));
      this.socket.on("error", reject);
    });
    this.opened.catch(() => {});
  }
  static async begun(payload = {}) {
    const probe = await within(new Probe().opened, "a handshake");
    probe.say({ type: "connection_init", payload });
    assert.equal((await probe.hear()).type, "connection_ack");
    return probe;
  }
  say(message) {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }
  async hear() {
    while (this.heard.length === 0) {
      await within(new Promise((resolve) => this.waiting.push(resolve)), "a message");
    }
    return this.heard.shift();
  }
  async closes(code, milliseconds) {
    const end = await within(this.closed, `the close with ${code}`, milliseconds);
    assert.equal(end.code, code, end.reason);
    return end.reason;
  }
}

const subscribe = (id, query) => ({ id, type: "subscribe", payload: { query } });

audit("4400: a message that is not of the protocol", async () => {
  for (const wrong of ["no JSON", "[]", "{}", '{"type":"start"}', '{"type":"subscribe","id":"a","payload":{"query":1}}']) {
    const probe = await Probe.begun();
    probe.say(wrong);
    await probe.closes(4400);
  }
  const probe = await Probe.begun();
  probe.socket.send(Buffer.from([0]));
  await probe.closes(4400);
});

audit("4401: an operation before connection_init", async () => {
  const probe = await new Probe().opened;
  probe.say(subscribe("a", "{ __typename }"));
  assert.equal(await probe.closes(4401), "Unauthorized");
});

audit("4403: a key that does not hold", async () => {
  const probe = await new Probe().opened;
  probe.say({ type: "connection_init", payload: { authorization: "Bearer kn_wrong" } });
  assert.equal(await probe.closes(4403), "Forbidden");
});

audit("4406: another protocol, or none", async () => {
  assert.equal(await (await new Probe(["graphql-ws"]).opened).closes(4406), "Subprotocol not acceptable");
  await (await new Probe([]).opened).closes(4406);
});

audit("4408: no connection_init in time", async () => {
  const probe = await new Probe().opened;
  assert.equal(await probe.closes(4408, 15_000), "Connection initialisation timeout");
});

audit("4409: an id that is in use", async () => {
  const probe = await Probe.begun();
  probe.say(subscribe("a", NEVER));
  probe.say(subscribe("a", NEVER));
  assert.equal(await probe.closes(4409), "Subscriber for a already exists");
});

audit("4429: connection_init twice", async () => {
  const probe = await Probe.begun();
  probe.say({ type: "connection_init" });
  assert.equal(await probe.closes(4429), "Too many initialisation requests");
});

audit("pings are answered in both layers, before and after connection_init", async () => {
  const probe = await new Probe().opened;
  probe.say({ type: "ping", payload: { n: 1 } });
  assert.deepEqual(await probe.hear(), { type: "pong", payload: { n: 1 } });
  const answered = new Promise((resolve) => probe.socket.on("pong", (data) => resolve(data.toString())));
  probe.socket.ping("here");
  assert.equal(await within(answered, "a pong"), "here");
  probe.socket.close(1000);
  await probe.closes(1000);
});

audit("what a client completes says no more, and its id is free", async () => {
  const probe = await Probe.begun();
  probe.say(subscribe("a", NEVER));
  probe.say({ id: "a", type: "complete" });
  probe.say(subscribe("a", "{ __typename }"));
  assert.deepEqual((await probe.hear()).payload.data, { __typename: "Query" });
  assert.deepEqual(await probe.hear(), { id: "a", type: "complete" });
  probe.socket.close(1000);
});

audit("a page of elsewhere may not come with a cookie", async () => {
  const refused = new Probe([PROTOCOL], { origin: "https://evil.example", headers: { cookie: "ketnoi=x" } }).opened;
  const error = await within(refused, "a handshake").then(() => assert.fail("it was taken"), (error) => error);
  assert.match(error.message, /403/);
});

audit("more than 50 operations on a socket are too many", async () => {
  const probe = await Probe.begun();
  for (let n = 0; n <= 50; n += 1) probe.say(subscribe(`s${n}`, NEVER));
  const refused = await probe.hear();
  assert.deepEqual([refused.id, refused.type, refused.payload[0].extensions.code], ["s50", "error", "TOO_COMPLEX"]);
  probe.socket.close(1000);
});

if (pid) {
  audit("a server that is told to stop completes what is followed and closes with 1001", async () => {
    const probe = await Probe.begun();
    probe.say(subscribe("a", NEVER));
    probe.say({ type: "ping" });
    await probe.hear();
    const began = Date.now();
    process.kill(Number(pid), "SIGTERM");
    assert.deepEqual(await probe.hear(), { id: "a", type: "complete" });
    await probe.closes(1001, 30_000);
    const gone = async () => {
      for (;;) {
        try {
          process.kill(Number(pid), 0);
        } catch {
          return;
        }
        // A process that has ended stays in the list until its parent asks for it, but answers no more.
        if (!(await fetch(address).then(() => true, () => false))) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await within(gone(), "the end of the server", 30_000);
    console.log(`  it stopped after ${Date.now() - began} ms`);
  });
}

let failed = 0;
for (const { name, run } of audits) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    const told = error instanceof Error ? error.stack : JSON.stringify(error);
    console.log(`FAILED ${name}\n  ${told}`);
  }
}
console.log(`${audits.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
