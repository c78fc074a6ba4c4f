import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import 'graphiql/style.css';
import '../look/tokens.css';
import './graphiql.css';
import { Mark } from '../look/Mark.tsx';

// For whoever builds on the API: its documentation, and a place to try it. Served in demo mode only, where anybody may send a document of their own.

const begin = `# Gridwork's API, as whoever this browser is signed in as, or as nobody.
# 接口以本浏览器当前登录的身份调用；未登录则为匿名。
# Every type, field and argument is described: the book at the left. 说明文档见左侧图标。
#
# To be somebody else: open / for the accounts of the demo, and sign in at a page, or with the mutation signIn.

query Districts {
  me { person { name } grants { role region { nameZh nameEn } } }
  regions(parent: "4403") { code nameZh nameEn }
}

# What changes while you look, as a subscription:
#
# subscription Watch {
#   caseChanged { number state category { nameZh nameEn } }
# }
`;

const fetcher = createGraphiQLFetcher({
  url: '/graphql', fetch: (to, how) => fetch(to, { ...how, credentials: 'same-origin' }),
  wsClient: createClient({ url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`, lazy: true }),
});

const root = document.getElementById('root');
if (root) createRoot(root).render(
  <StrictMode>
    <GraphiQL fetcher={fetcher} defaultQuery={begin} isHeadersEditorEnabled={false} shouldPersistHeaders={false}>
      <GraphiQL.Logo><a className="home" href="/"><Mark /> Gridwork API</a></GraphiQL.Logo>
    </GraphiQL>
  </StrictMode>,
);
