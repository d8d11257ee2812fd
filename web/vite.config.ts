// Builds the pages that the API serves, into api/web.
import { defineConfig } from "vite";

export default defineConfig({
  // Addresses are relative to the page, so that a proxy may serve all of it under a prefix.
  base: "./",
  build: {
    outDir: "../api/web",
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: {
      input: ["explorer.html", "openapi.html", "openapi-document.html"],
      // "use client" speaks to servers that render React; nothing is rendered on ours.
      checks: { moduleLevelDirective: false },
    },
    // A data: address would need a wider Content-Security-Policy than 'self'.
    assetsInlineLimit: 0,
    license: { fileName: "licences.md" },
    // Monaco is one chunk of several megabytes, fetched after the page is readable.
    chunkSizeWarningLimit: 4096,
  },
  // One file each: the policy that comes with an asset lets it load nothing further.
  worker: { format: "es", rolldownOptions: { output: { codeSplitting: false } } },
  server: {
    fs: { allow: [".."] },
    proxy: { "/graphql": "http://127.0.0.1:8000" },
  },
});
