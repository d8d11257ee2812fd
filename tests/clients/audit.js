/** The audits of the GraphQL-over-HTTP specification: node audit.js ADDRESS prints [status, id, name] of each. */
import { serverAudits } from "graphql-http";

const url = process.argv[2];
const judged = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const { status, id, name } = await audit.fn();
  judged.push([status, id, name]);
}
console.log(JSON.stringify(judged));
