// @neo4j/graphql on GraphQL Yoga, as its own documentation puts them together; one process, on loopback.
// Yoga's caches of parsed and validated documents are on, as they come; its log is off.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PORT, SCHEMA } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const typeDefs = readFileSync(SCHEMA, "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false });
const server = createServer(yoga);
server.listen(Number(PORT), "127.0.0.1", () => console.log("ready"));

async function stop() {
  server.close();
  server.closeAllConnections();
  await driver.close();
}
process.on("SIGTERM", stop);
