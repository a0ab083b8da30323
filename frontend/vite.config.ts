import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// During development the interface is served by Vite and talks to a running stack.
const gateway = process.env.MILLRACE_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': gateway, '/v3': gateway } },
  build: { outDir: 'dist', chunkSizeWarningLimit: 1500 },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
});
