// The work pages: where a coalition writes, freezes, collects names and publishes. Everything a page needs comes from
// the house itself; injected styles carry the nonce the server put into the page. Rooms are folders; which may use which
// stands in `arrows.test.ts`.
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import '@mantine/core/styles/Tooltip.layer.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/components.css';
import './styles/mantine.css';
import './styles/parts.css';
import './styles/pages.css';
import './styles/drafting.css';
import './styles/print.css';
import './styles/forced.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepShell } from './device/here';
import { applyAppearance, theme, variables } from './parts/theme';
import { makeRouter } from './router';
import { loadWords } from './words';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// The modal's scroll lock writes a style of its own and asks for the nonce by this name.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const appearance = localStorageColorSchemeManager({ key: 'undersigned-appearance' });
// Without a network a question fails at once and says so, and an act is not done later, when nobody looks at it any more.
const queries = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' }, mutations: { networkMode: 'always' } } });
const router = makeRouter(queries);

applyAppearance(appearance.get('auto'));
await loadWords(document.documentElement.lang || 'en');

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no element #app');
createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      getStyleNonce={() => nonce}
      defaultColorScheme="auto"
      colorSchemeManager={appearance}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

keepShell();
