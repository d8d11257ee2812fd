/** Asks what Relay's compiler made of docs/clients.md, and prints the services in the store after each question. */
import relay from "relay-runtime";

import { environment } from "./environment.js";
import query from "./src/__generated__/ServicesQuery.graphql.js";
import nextPage from "./src/__generated__/ServicesPageQuery.graphql.js";
import again from "./src/__generated__/ServicesServiceQuery.graphql.js";

const store = environment();

async function ask(operation, variables) {
  await relay.fetchQuery(store, operation, variables).toPromise();
  const records = Object.values(store.getStore().getSource().toJSON());
  const services = records.filter((record) => record.__typename === "Service");
  console.log(JSON.stringify(services.map(({ id, name }) => [id, name])));
}

await ask(query, {});
await ask(nextPage, JSON.parse(process.argv[2]));
await ask(again, JSON.parse(process.argv[3]));
