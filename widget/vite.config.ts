import { defineConfig } from 'vitest/config';

/** In the built file templates still have the line breaks of their source, each with an indentation; HTML reads both as one space. */
const narrow = {
  name: 'narrow-templates',
  generateBundle(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
    for (const file of Object.values(bundle)) if (file.code) file.code = file.code.replace(/\n[ \t]+/g, ' ');
  },
};

export default defineConfig({
  plugins: [narrow],
  // Only what the bundle imports belongs in dist/: no public folder, no copied page.
  publicDir: false,
  build: {
    // The oldest browsers we promise: phones that no longer get updates.
    target: ['chrome90', 'safari14.1', 'firefox90'],
    cssTarget: ['chrome90', 'safari14.1', 'firefox90'],
    modulePreload: false,
    lib: {
      entry: 'src/main.ts',
      // A classic script: `document.currentScript` tells it its own address and attributes.
      formats: ['iife'],
      name: 'WhichPlan',
      fileName: () => 'widget.js',
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.ts'],
  },
});
