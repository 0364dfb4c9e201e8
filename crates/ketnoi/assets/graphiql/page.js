// Starts GraphiQL on our own API. It is a file of its own because the page's policy forbids scripts in the page.
"use strict";

const firstQuery = `# The API of Kết Nối. Ctrl+Space completes, Ctrl+Enter runs, the book on the left explains.
# A key goes into the tab "Headers": { "Authorization": "Bearer ..." }

{
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}
`;

const send = GraphiQL.createFetcher({
  url: "/graphql",
  headers: { Accept: "application/graphql-response+json, application/json" },
});

// Who signed in shows with each request that this page made it.
const session = fetch("/auth/session")
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({}));

async function fetcher(operation, options = {}) {
  const { csrf } = await session;
  return send(operation, csrf ? { ...options, headers: { ...options.headers, "x-ketnoi-csrf": csrf } } : options);
}

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: firstQuery,
    // A link can bring a document along; it is shown and not run.
    query: new URLSearchParams(window.location.search).get("query") ?? undefined,
    shouldPersistHeaders: false,
  }),
);
