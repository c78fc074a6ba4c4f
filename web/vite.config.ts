import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

// One page for each kind of user, so that a phone never loads the console.
const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.html'));

// What only those load who explore the API: no handheld keeps it.
const explorer = /node_modules[/](?:graphiql|@graphiql|codemirror|codemirror-graphql|graphql-language-service|graphql|markdown-it)[/]/;

// Everything that is text is stored compressed beside itself: the server only picks.
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir }) {
    for (const entry of readdirSync(dir ?? 'dist/pages', { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:html|js|css|svg|webmanifest)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const body = readFileSync(path);
      if (body.length < 1024) continue;
      writeFileSync(`${path}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }));
    }
  },
});

// The handheld's page is kept on the device: everything but what other pages alone load.
const handheld = VitePWA({
  strategies: 'injectManifest', srcDir: 'src/field', filename: 'sw.ts', injectRegister: false, registerType: 'prompt',
  injectManifest: {
    globPatterns: ['field.html', 'mark.svg', 'assets/*.{js,css}'], globIgnores: ['**/{tip,desk,dept,wall,admin,codes,graphiql}-*', '**/{Pin,Case,Rows,list}-*'],
    manifestTransforms: [(entries) => ({ manifest: entries.map((e) => ({ ...e, url: e.url === 'field.html' ? '/field' : `/${e.url}` })) })],
  },
  manifest: false, // a file of public/, which this page alone names
});

export default defineConfig({
  plugins: [react(), handheld, compressed()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist/pages', // dist itself stays, with its note, so that the program builds without the pages
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy knows no data: scripts or fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200, // kB: the map, which pages load only when it is opened
    rollupOptions: {
      input: pages,
      output: { chunkFileNames: ({ name, moduleIds }) => (moduleIds.some((id) => explorer.test(id)) ? 'assets/graphiql-[name]-[hash].js' : `assets/${name}-[hash].js`) },
    },
  },
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:8080', ws: true }, '/field/v1': 'http://127.0.0.1:8080', '/export': 'http://127.0.0.1:8080', '/photos': 'http://127.0.0.1:8080' } },
});
