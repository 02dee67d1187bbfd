// Which address shows which page. Pages load when they are first opened; the editor only where one writes.
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, parseSearchWith, stringifySearchWith } from '@tanstack/react-router';
import { KeptWords } from './drafting/kept-words';
import { servedIsShown } from './parts/served';
import { NotFound } from './parts/states';
import { Failed, Shell } from './shell/shell';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: () => <Shell beside={<KeptWords />} /> });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home-page'), 'HomePage'),
});
const statement = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id',
  component: lazyRouteComponent(() => import('./drafting/text-page'), 'TextPage'),
});
const compare = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/compare',
  component: lazyRouteComponent(() => import('./comparing/compare-page'), 'ComparePage'),
});
const freeze = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/freeze',
  component: lazyRouteComponent(() => import('./statements/freeze-page'), 'FreezePage'),
});
const round = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/round',
  component: lazyRouteComponent(() => import('./signing/round-page'), 'RoundPage'),
});
const publish = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/publish',
  component: lazyRouteComponent(() => import('./statements/publish-page'), 'PublishPage'),
});
const history = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/history',
  component: lazyRouteComponent(() => import('./statements/history-page'), 'HistoryPage'),
});
const versions = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/versions',
  component: lazyRouteComponent(() => import('./versions/versions-page'), 'VersionsPage'),
});
const version = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/versions/$version',
  component: lazyRouteComponent(() => import('./versions/version-page'), 'VersionPage'),
});
const edition = createRoute({
  getParentRoute: () => root,
  path: '/statements/$id/editions/$edition',
  component: lazyRouteComponent(() => import('./versions/version-page'), 'EditionPage'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./organisations/register-page'), 'RegisterPage'),
});
const organisation = createRoute({
  getParentRoute: () => root,
  path: '/organisations/$id',
  component: lazyRouteComponent(() => import('./organisations/organisation-page'), 'OrganisationPage'),
});

const tree = root.addChildren([
	home, statement, compare, freeze, round, publish, history, versions, version, edition, register, organisation,
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/app',
    context: { queries },
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Failed,
    defaultPreload: 'intent',
    // Who reads what the server drew is left where they read; the first page of all has no place to go back to.
    scrollRestoration: () => !servedIsShown(),
    // Addresses are read and passed on by people: words as they are, no JSON.
    parseSearch: parseSearchWith((value) => value),
    stringifySearch: stringifySearchWith(String),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
