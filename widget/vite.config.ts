import { defineConfig } from 'vitest/config';

/** In the built file only templates still have line breaks, and HTML reads each as a space. */
const narrow = {
  name: 'narrow-templates',
  generateBundle(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
    for (const file of Object.values(bundle)) if (file.code) file.code = file.code.replace(/\n\s+/g, ' ');
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
