import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Everything lives under /app/: the server answers a file where there is one of that name, and the page everywhere else.
// Names of files carry a hash of their content and may be kept for ever.
export default defineConfig({
  base: '/app/',
  plugins: [react()],
  publicDir: false,
  cacheDir: process.env.VITE_CACHE_DIR ?? 'node_modules/.vite',
  build: {
    outDir: 'dist',
    assetsDir: 'app-assets',
    // Fonts and images stay files: `default-src 'self'` lets no data: font in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      '/api': { target: process.env.UNDERSIGNED_URL ?? 'http://127.0.0.1:8080' },
      '/collab': { target: process.env.UNDERSIGNED_URL ?? 'http://127.0.0.1:8080', ws: true },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
});
