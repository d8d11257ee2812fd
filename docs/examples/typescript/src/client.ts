/** The one client of the program. */

import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";

export function clientOf(address: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri: `${address}/graphql` }),
    // A service has the same `id` on every day, but not the same facts. Kept by its id, the
    // answer for one day would change what is shown of another.
    cache: new InMemoryCache({ dataIdFromObject: () => undefined }),
  });
}
