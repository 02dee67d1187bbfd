import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Everything lives under /app/: the server answers a file where there is one of that name, and the page everywhere else.
// Names of files carry a hash of their content and may be kept for ever.
export default defineConfig({
  base: '/app/',
  plugins: [react(), shell(), draftDocument(), packed()],
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

/** In the order in which they are needed: the page opens the draft while the desk is still on its way. */
const OPENS_A_DRAFT = ['text-page', 'draft-page', 'desk'];

/**
 * The document of a draft's address (server/http/spa.rs puts the text into it). It names every file that the draft's page needs, so
 * that none has to be read before the next is known; behind the text, so that none of them takes its place on a narrow line.
 */
function draftDocument(): Plugin {
  return {
    name: 'draft-document',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('the document is not built');
      const document = String(page.source);
      const scripts = document.match(/^.*<(?:script type="module"|link rel="modulepreload").*\n/gmu) ?? [];
      const named = scripts.join('');
      const needed = new Set<string>();
      const needs = (name: string) => {
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk' || needed.has(name)) return;
        needed.add(name);
        for (const further of chunk.imports) needs(further);
      };
      for (const part of OPENS_A_DRAFT) {
        const found = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith(`/src/drafting/${part}.tsx`));
        if (found === undefined) throw new Error(`${part} is not built`);
        needs(found.fileName);
      }
      const preloads = Array.from(needed, (name) => `<link rel="modulepreload" crossorigin href="/app/${name}">\n`).filter((link) => !named.includes(link.trim()));
      const bare = scripts.reduce((rest, line) => rest.replace(line, ''), document);
      const source = bare.replace('</body>', () => `${named}${preloads.join('')}</body>`);
      this.emitFile({ type: 'asset', fileName: 'draft.html', source });
    },
  };
}

/** Each file once more, packed as small as it gets: a server has no time for that, and a build does it once. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!/\.(?:js|css|svg)$/u.test(name)) continue;
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes, { params }));
      }
    },
  };
}
