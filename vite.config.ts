import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome136',
    // no data: URLs and no inline script, so that the policy can stay strict
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
