import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Everything lives under /app/: the server answers a file where there is one of that name, and the page everywhere else.
// Names of files carry a hash of their content and may be kept for ever.
export default defineConfig({
  base: '/app/',
  plugins: [react(), shell()],
  publicDir: false,
  cacheDir: process.env.VITE_CACHE_DIR ?? 'node_modules/.vite',
  build: {
    outDir: 'dist',
    assetsDir: 'app-assets',
    // Fonts and images stay files: `default-src 'self'` lets no data: font in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { index: 'index.html', sw: 'src/worker/sw.ts' },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'app-assets/[name]-[hash].js') },
    },
  },
  server: {
    proxy: {
      '/api': { target: process.env.UNDERSIGNED_URL ?? 'http://127.0.0.1:8080' },
      '/collab': { target: process.env.UNDERSIGNED_URL ?? 'http://127.0.0.1:8080', ws: true },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
});

/** Tells the worker that keeps the program's files which they are: the code, its styles, and the letters of the interface. */
function shell(): Plugin {
  return {
    name: 'shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the worker is not built');
      const names = Object.keys(bundle).filter((name) => /\.(?:js|css|svg)$|-latin-[47]00-\w+-[\w-]+\.woff2$/u.test(name) && name !== 'sw.js');
      const files = names.toSorted().map((name) => `/app/${name}`);
      const page = bundle['index.html'];
      const build = createHash('sha256').update(files.join('\n')).update(page?.type === 'asset' ? page.source : '').digest('hex').slice(0, 16);
      if (!worker.code.includes('__SHELL__')) throw new Error('the worker does not ask for its files');
      worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify({ build, files }));
    },
  };
}
